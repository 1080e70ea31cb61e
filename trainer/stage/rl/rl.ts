/**
 * @file Reinforcement learning by rule-based rewards: FRE on questions in words, MGT on pictures and in play. Each step
 * tries things out with the weights as they are and learns once from what came of it. A run is a function of its recipe:
 * interrupted anywhere and gone on with, it ends with the same bits.
 */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import { type ChatReader, openChatReader } from "../../../agent/model/index.ts";
import { loadPrompt, readStyle } from "../../../agent/protocol/index.ts";
import type { QuestionRow } from "../../data/index.ts";
import { Actors, type ActorPlan, type Experience } from "../../experience/index.ts";
import { Learner, type Loss, saveModel } from "../../learner/index.ts";
import { combine, policyLoss, valueLoss } from "../../loss/index.ts";
import type { Metrics } from "../../log/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import type { TrainingSummary, Watcher } from "../event.ts";
import { askedScenarios, sokobanOf } from "../asked.ts";
import { checkData, checkNamed, footballOf } from "../check.ts";
import { openLearner, ratesOf } from "../learning.ts";
import { runLoop, type StepReport } from "../loop.ts";
import { lastCheckpoint, removeUnfinished } from "../run-folder.ts";
import { answerLessons, episodeLessons } from "./advantages.ts";
import { episodesFolder, evaluatePlay, removeEpisodesAfter } from "./evaluate.ts";
import { standingOf } from "./floors.ts";
import type { Lesson } from "./lesson.ts";
import { mean, rolloutMetrics, sum } from "./metrics.ts";
import { checkNeeds, needsOf } from "./needs.ts";
import { rolloutRandom } from "./plans.ts";
import { type Rollout, rollOut } from "./rollout.ts";
import { readRows, rowsOf } from "./rows.ts";
import { writeSamples } from "./samples.ts";
import { makeScratch } from "./scratch.ts";
import { logProbabilitiesOf, valuesOf } from "./score.ts";
import { update } from "./update.ts";
import { nextUint32, integer } from "../../../env/random.ts";

/** What a checkpoint says of the run, beside the learner's own state. */
const extraSchema = z.object({
  stage: z.enum(["fre", "mgt"], '"fre" or "mgt"'),
  rollouts: z.int("an integer"),
  tokens: z.int("an integer"),
  /** Rollouts in a row that were below a floor. */
  low: z.int("an integer"),
  /** Of the data; checkpoints from before it was kept have none. */
  fingerprint: z.exactOptional(z.string("a text")),
});
type Extra = z.infer<typeof extraSchema>;

export interface RlOptions {
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /** Also where memory, disk or time do not suffice by what is known before. */
  anyway?: boolean;
  /** The address of a page that shows episodes of evaluations. */
  watch?: string | undefined;
}

/**
 * Trains as the recipe says, in the folder of a run that `makeRunFolder` made; goes on from its last checkpoint when it
 * has one.
 * @throws TouchlineError `data/...`, `model/...`, `scenario/...`, `trainer/...`, `train/memory`, `train/disk`, `train/time`,
 * `train/data-changed`, `train/collapsed`, `train/write`. Of a step
 * that failed nothing is kept, of those before everything.
 */
export async function trainRl(
  recipe: RlRecipe,
  directory: string,
  watcher: Watcher,
  { threads = 0, anyway = false, watch }: RlOptions = {},
): Promise<TrainingSummary> {
  checkNamed(recipe);
  removeUnfinished(directory);
  const scratch = makeScratch();
  const opened: { close(): Promise<void> }[] = [];
  try {
    const { learner, extra } = openLearner(recipe, {
      model: recipe.model,
      directory,
      threads,
      loss: lossOf(recipe),
      extra: extraSchema,
    });
    opened.push(learner);
    const reference = recipe.klCoefficient > 0 ? openReference(recipe, threads) : undefined;
    if (reference) opened.push(reference);
    const actors = new Actors(actorPlan(recipe), actorsOf(recipe, threads));
    opened.push(actors);
    const reader = openChatReader(recipe.model);
    const { rows, unparseable, fingerprint } = await readRows(recipe);
    if (extra) checkData(directory, fingerprint, extra.fingerprint);
    const run = {
      recipe,
      directory,
      watcher,
      learner,
      reference,
      actors,
      reader,
      rows,
      unparseable,
      scratch,
      threads,
      anyway,
      watch,
    };
    const begun = extra ?? { stage: recipe.stage, rollouts: 0, tokens: 0, low: 0 };
    removeEpisodesAfter(directory, begun.rollouts);
    return await learn(run, { ...begun, fingerprint });
  } finally {
    for (const one of opened.toReversed()) await one.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function lossOf(recipe: RlRecipe): Loss {
  const { algorithm, clipLow, clipHigh, temperature, entropyCoefficient, valueCoefficient } = recipe;
  const policy = policyLoss({ clipLow, clipHigh, temperature, entropyCoefficient });
  return algorithm === "ppo"
    ? combine([
        [policy, 1],
        [valueLoss({ weights: "value_weights" }), valueCoefficient],
      ])
    : policy;
}

/**
 * The model that the run begins with, which nothing is learned into; something must count as trained all the same. Beside
 * an adapter it is one that adds nothing, and so its weights keep their bits, too.
 */
function openReference({ model, device, lora }: RlRecipe, threads: number): Learner {
  const nothing = lora ? { lora: { ...lora, rank: 1 } } : { train: ["model.language_model.norm."] };
  return Learner.open(model, { loss: policyLoss(), device, threads, ...nothing });
}

/** On a GPU one of them, which is enough to keep it busy. */
function actorsOf({ actors, device }: RlRecipe, threads: number): number {
  return actors || (device === "cpu" ? threads || availableParallelism() : 1);
}

function actorPlan(recipe: RlRecipe): ActorPlan {
  const { episodes, questions, profile, temperature, topP, maxTokens, decodeBatchSize, model, device } =
    recipe;
  const style = readStyle(model);
  const { answer } = loadPrompt(style.prompt);
  return {
    profile,
    sampler: {
      device,
      threads: 1,
      batchSize: decodeBatchSize,
      maxTokens,
      temperature,
      topP,
      stop: answer === "think-answer" ? ["</answer>"] : [],
    },
    ...(episodes && {
      play: { ...episodes, scenarios: footballOf(episodes.scenarios), style },
    }),
    ...(questions && {
      questions: {
        mix: questions.mix,
        shown: questions.shown,
        scenarios: askedScenarios(questions),
        branches: questions.branches,
        sokoban: sokobanOf(questions, style),
        style,
      },
    }),
  };
}

interface Run {
  recipe: RlRecipe;
  directory: string;
  watcher: Watcher;
  learner: Learner;
  reference: Learner | undefined;
  actors: Actors;
  reader: ChatReader;
  rows: readonly QuestionRow[];
  /** Lines of the data that were left out, for their answers cannot be read. */
  unparseable: number;
  /** For the weights that actors act by. */
  scratch: string;
  threads: number;
  /** Also where it does not fit. */
  anyway: boolean;
  watch: string | undefined;
}

async function learn(run: Run, begun: Extra): Promise<TrainingSummary> {
  const { recipe, directory, watcher, learner, rows, unparseable } = run;
  const { steps } = recipe;
  let state = begun;
  const examples = rows.length || samplesOf(recipe);
  const stepsLeft = steps - state.rollouts;
  const needs = await needsOf({ ...run, stepsLeft, actors: actorsOf(recipe, run.threads) });
  watcher.onEvent({
    kind: "data",
    examples,
    leftOut: unparseable,
    steps,
    stepsDone: state.rollouts,
    memoryBytes: needs.memory.total,
    diskBytes: needs.diskBytes.run,
    seconds: needs.seconds,
  });
  if (stepsLeft > 0 && !run.anyway) checkNeeds(needs, recipe, directory);
  const step = async (): Promise<StepReport> => {
    const done = await oneStep(run, state);
    state = done.state;
    return done.report;
  };
  const end = watcher.isStopped()
    ? { interrupted: true, loss: null }
    : await runLoop({
        directory,
        recipe,
        watcher,
        learner,
        steps,
        stepsDone: () => state.rollouts,
        step,
        evaluate: (done) => evaluateAt(run, done),
        extra: () => state,
      });
  return {
    directory,
    checkpoint: lastCheckpoint(directory) ?? null,
    ...end,
    stepsDone: state.rollouts,
    steps,
    examples,
    leftOut: unparseable,
    tokens: state.tokens,
    evaluation: null,
  };
}

async function evaluateAt(
  { recipe, directory, learner, scratch, watch }: Run,
  done: number,
): Promise<Metrics> {
  const { evaluate, steps } = recipe;
  if (!evaluate || (done % evaluate.every !== 0 && done !== steps)) return {};
  const policy = join(scratch, `evaluated-${done}`);
  await saveModel(learner, policy);
  try {
    return await evaluatePlay(policy, evaluate, episodesFolder(directory, done), watch);
  } finally {
    rmSync(policy, { recursive: true, force: true });
  }
}

/** Whether what is tried in this rollout is kept to be looked at; the first, since nobody wants to wait for the others. */
function isKept({ evaluate, steps, saveEvery }: RlRecipe, rollout: number): boolean {
  return rollout === 1 || rollout % (evaluate?.every ?? saveEvery) === 0 || rollout === steps;
}

/** Samples of a rollout, about. */
function samplesOf({ episodes, questions }: RlRecipe): number {
  return (episodes?.episodes ?? 0) + (questions ? questions.prompts * questions.samples : 0);
}

async function oneStep(run: Run, state: Extra): Promise<{ state: Extra; report: StepReport }> {
  const { recipe, learner, reader, actors, rows, scratch } = run;
  const random = rolloutRandom(recipe.seed, state.rollouts);
  const rate = ratesOf(recipe, recipe.steps)(state.rollouts + 1);
  // Two folders by turns: what an actor has opened is not written over.
  const policy = { directory: join(scratch, String(state.rollouts % 2)), step: learner.stepsDone };
  await saveModel(learner, policy.directory);
  const rollout = await rollOut(actors, policy, recipe, rowsOf(rows, recipe, state.rollouts), random);
  const number = state.rollouts + 1;
  const { low, collapse } = standingOf(recipe, rollout, state, run.directory);
  if (collapse || isKept(recipe, number)) writeSamples(episodesFolder(run.directory, number), rollout);
  if (collapse) throw collapse;
  const began = performance.now();
  const { lessons, kl } = await lessonsOf(run, rollout);
  const chosen = choose(lessons, recipe.episodes?.learned, random);
  if (chosen.length === 0) throw nothing(rollout);
  const done = await update(learner, reader, chosen, recipe, {
    seed: nextUint32(random),
    learningRate: rate,
  });
  const seconds = (performance.now() - began) / 1000;
  const tokens = sum(chosen.map(({ experience }) => experience.tokens.length));
  const { acted, crashed } = rollout;
  return {
    state: { ...state, rollouts: state.rollouts + 1, tokens: state.tokens + tokens, low },
    report: {
      loss: done.loss,
      tokens,
      metrics: {
        ...rolloutMetrics(rollout.episodes.flat(), rollout.answers, {
          acted,
          seconds: rollout.seconds,
          crashed: crashed.length,
          maxTokens: recipe.maxTokens,
        }),
        ...(kl !== undefined && { "charts/kl": kl }),
        "losses/loss": done.loss,
        "losses/gradient_norm": done.gradientNorm,
        ...Object.fromEntries(Object.entries(done.metrics).map(([name, value]) => [`losses/${name}`, value])),
        "charts/learning_rate": rate,
        "charts/optimiser_steps": learner.stepsDone,
        "charts/lessons": chosen.length,
        "charts/lessons_per_second": chosen.length / seconds,
        "time/rollout": rollout.seconds,
        "time/update": seconds,
      },
    },
  };
}

/** With `kl`, where there is a price on it: nats a token by which the policy has moved away from the reference. */
async function lessonsOf(
  run: Run,
  { episodes, answers }: Rollout,
): Promise<{ lessons: Lesson[]; kl: number | undefined }> {
  const { recipe, learner, reference, reader } = run;
  const { tokensPerMicroBatch: tokens } = recipe;
  const turns = episodes.flatMap((group) => group.flatMap((episode) => episode.turns));
  const said = answers.flat();
  const kl = new Map<Experience, readonly number[]>();
  if (reference) {
    const all = [...turns, ...said].filter((one) => one.tokens.length > 0);
    const theirs = await logProbabilitiesOf(reference, reader, all, tokens, recipe.temperature);
    all.forEach((one, i) =>
      kl.set(
        one,
        one.logProbabilities.map((own, t) => own - theirs[i]![t]!),
      ),
    );
  }
  const values = new Map<Experience, readonly number[]>();
  if (recipe.algorithm === "ppo") {
    const decided = turns.filter((one) => one.tokens.length > 0);
    for (const [some, kept] of [
      [decided, 1],
      [said, undefined],
    ] as const) {
      const found = await valuesOf(learner, reader, some, tokens, kept);
      some.forEach((one, i) => values.set(one, found[i]!));
    }
  }
  const scores = {
    kl: (one: Experience) => kl.get(one) ?? one.tokens.map(() => 0),
    values: (one: Experience) => values.get(one) ?? [0],
  };
  const lessons = [
    ...(recipe.episodes ? episodeLessons(episodes, recipe, scores) : []),
    ...answerLessons(answers, recipe, scores),
  ];
  return { lessons, kl: reference && mean([...kl.values()].flat()) };
}

/** All lessons, or `count` of them by chance. */
function choose(lessons: readonly Lesson[], count: number | undefined, random: Uint32Array): Lesson[] {
  const chosen = [...lessons];
  if (count === undefined || count >= chosen.length) return chosen;
  for (let i = 0; i < count; i++) {
    const j = i + integer(random, chosen.length - i);
    [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
  }
  return chosen.slice(0, count);
}

function nothing({ crashed }: Rollout): TouchlineError {
  const why = crashed[0]
    ? `; the first of ${crashed.length} episodes that crashed said: ${crashed[0].message}`
    : "";
  return new TouchlineError(
    "train/nothing",
    `A rollout gave nothing to learn from${why}. Expected answers that can be judged; look at the data and the scenarios of the recipe.`,
  );
}
