/**
 * @file How fast a model tries things out, and how much of that time lies in onnxruntime: `npm run bench:rollout`. Play of
 * the academy in one thread, as an actor of a training run does it, by a new model of the sizes that recipes begin with;
 * its answers are all as long as they may be. `-- --model FOLDER` for another. Medians as one JSON document.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadPrompt, readStyle, styleSchema } from "../../agent/protocol/index.ts";
import { makeRandom, nextUint32 } from "../../env/random.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { type EpisodePlan, Player, Sampler } from "../../trainer/experience/index.ts";
import { makeModel, newbornSchema } from "../../trainer/newborn/index.ts";
import { TRAINING_SEEDS_FROM } from "../../trainer/question/index.ts";

const FOLDER = join("runs", "bench", "newborn");
/** Tokens of an answer: a thought of some places and a sentence, as trained models write them. */
const ANSWER_TOKENS = 28;
const CONCURRENCIES = [16, 64, 128];
const TURNS = 3;
/** Of an episode. */
const DECISIONS = 8;
const NEWBORN_STYLE = styleSchema.parse({
  prompt: "nano",
  actions: "semantic",
  decisionSteps: 2,
  frame: { width: 168, height: 112, hud: false, tint: true },
  memory: { answers: 0 },
});

const { values: options } = parseArgs({ options: { model: { type: "string" } } });
const folder = options.model ?? FOLDER;
if (options.model === undefined) makeModel(folder, newbornSchema.parse({}), ["Play. Look. Act."]);
const style = options.model === undefined ? NEWBORN_STYLE : readStyle(folder);
const scenarios = listScenarios().filter(({ suite }) => suite === "academy");
const stop = loadPrompt(style.prompt).answer === "think-answer" ? ["</answer>"] : [];

interface Measured {
  decisionsPerSecond: number;
  tokensPerSecond: number;
  /** Share of the time. */
  inOnnxruntime: number;
}

async function opened(concurrency: number) {
  const sampling = { threads: 1, batchSize: concurrency, temperature: 1, topP: 1, stop };
  const maxTokens = options.model === undefined ? ANSWER_TOKENS : style.maxTokens;
  const sampler = new Sampler({ ...sampling, maxTokens });
  await sampler.load(folder, 0);
  const rewards = { scoring: 1, checkpoints: 0.5 };
  const playing = { scenarios, style, rewards, formatPenalty: 0.5, truthPenalty: 0.1 };
  const player = new Player(sampler, { ...playing, concurrency, maxTurns: DECISIONS });
  return { sampler, player };
}

function plansOf(turn: number, count: number): EpisodePlan[] {
  const random = makeRandom(turn);
  return Array.from({ length: count }, (_, place) => ({
    scenario: scenarios[place % scenarios.length]!.id,
    seed: TRAINING_SEEDS_FROM + turn * count + place,
    vary: true,
    chance: nextUint32(random),
  }));
}

async function measure({ sampler, player }: Awaited<ReturnType<typeof opened>>, plans: EpisodePlan[]) {
  const before = await sampler.seconds();
  const began = performance.now();
  const outcomes = await player.play(plans);
  const seconds = (performance.now() - began) / 1000;
  const turns = outcomes.flatMap((one) => {
    if ("message" in one) throw new Error(one.message);
    return one.turns;
  });
  const tokens = turns.reduce((sum, turn) => sum + turn.tokens.length, 0);
  return {
    decisionsPerSecond: turns.length / seconds,
    tokensPerSecond: tokens / seconds,
    inOnnxruntime: ((await sampler.seconds()) - before) / seconds,
  };
}

const rows: object[] = [];
for (const concurrency of CONCURRENCIES) {
  const acting = await opened(concurrency);
  // Makes the envs, and finds the ways of the network.
  await measure(acting, plansOf(0, concurrency));
  const turns: Measured[] = [];
  for (let turn = 1; turn <= TURNS; turn++) turns.push(await measure(acting, plansOf(turn, 2 * concurrency)));
  const median = (key: keyof Measured): number => {
    const sorted = turns.map((one) => one[key]).toSorted((a, b) => a - b);
    return Number(sorted[TURNS >> 1]!.toPrecision(3));
  };
  rows.push({
    concurrency,
    decisionsPerSecond: median("decisionsPerSecond"),
    tokensPerSecond: median("tokensPerSecond"),
    inOnnxruntime: median("inOnnxruntime"),
  });
  acting.player.close();
  await acting.sampler.close();
}
process.stdout.write(`${JSON.stringify({ bench: "rollout", node: process.version, rows }, null, 2)}\n`);
