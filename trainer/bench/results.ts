/** @file How a model plays and reads, measured: each drill of the academy, and questions of seeds that are never learned. */
import type { Scenario } from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadPrompt, readStyle } from "../../agent/protocol/index.ts";
import {
  ask,
  type EpisodePlan,
  Player,
  Sampler,
  type SamplerOptions,
  type TurnExperience,
} from "../experience/index.ts";
import {
  askedChat,
  drawQuestions,
  judge,
  MomentSource,
  type Named,
  type QuestionKind,
  type Shown,
} from "../question/index.ts";
import { type Rate, wilson } from "../statistics/index.ts";

export interface Conditions {
  /** Model folder. */
  model: string;
  /** 0 takes the likeliest tokens. */
  temperature: number;
  threads: number;
}

export interface Played {
  success: Rate;
  /** Of the places that thoughts are to name, those that are where they say. */
  read: Record<NamedPlace, Rate>;
}

/** What a thought that looks names, in its order. */
export const NAMED_PLACES = ["me", "ball", "keeper", "near"] as const satisfies readonly Named[];
export type NamedPlace = (typeof NAMED_PLACES)[number];

/** Longer than any drill lasts. */
const MAX_TURNS = 400;
const AT_ONCE = 64;

/** Plays seeds 0 to `episodes` - 1 of a drill. Throws what the model's folder throws. */
export async function measurePlay(
  { model, temperature, threads }: Conditions,
  scenario: Scenario,
  { episodes, vary }: { episodes: number; vary: boolean },
): Promise<Played> {
  const sampler = await openSampler(model, { temperature, threads });
  const player = new Player(sampler, {
    scenarios: [scenario],
    style: readStyle(model),
    rewards: { scoring: 1 },
    formatPenalty: 0,
    truthPenalty: 0,
    concurrency: AT_ONCE,
    maxTurns: MAX_TURNS,
  });
  try {
    const plans = Array.from({ length: episodes }, (_, seed): EpisodePlan => ({
      scenario: scenario.id,
      seed,
      vary,
      chance: seed,
    }));
    const outcomes = await player.play(plans);
    const turns: TurnExperience[] = [];
    let won = 0;
    for (const outcome of outcomes) {
      if ("message" in outcome) throw new Error(`seed ${outcome.seed} crashed: ${outcome.message}`);
      if (outcome.success) won++;
      turns.push(...outcome.turns);
    }
    const read = Object.fromEntries(
      NAMED_PLACES.map((name) => [name, readRate(turns, name)]),
    ) as Played["read"];
    return { success: wilson(won, episodes), read };
  } finally {
    player.close();
    await sampler.close();
  }
}

function readRate(turns: readonly TurnExperience[], name: NamedPlace): Rate {
  const told = turns.map(({ places }) => places[name]).filter((right) => right !== undefined);
  return wilson(told.filter(Boolean).length, told.length);
}

/** Answers held-out questions of a kind, in words or of pictures. */
export async function measureQuestions(
  { model, temperature, threads }: Conditions,
  scenarios: readonly Scenario[],
  { kind, shown, count }: { kind: QuestionKind; shown: Shown; count: number },
): Promise<Rate> {
  const style = readStyle(model);
  const decisionSteps = style.decisionSteps === "adaptive" ? 1 : style.decisionSteps;
  const source = await MomentSource.make(scenarios, { frame: style.frame, decisionSteps, heldOut: true });
  const sampler = await openSampler(model, { temperature, threads });
  try {
    const questions = drawQuestions(source, { [kind]: 1 }, 1, count, { heldOut: true });
    const asked = questions.map((question) => ({
      kind,
      chat: askedChat(question, shown),
      gold: question.gold,
      judge: (response: string) => judge(question, response, { shown }),
    }));
    const answers = (await ask(sampler, asked, 1, makeRandom(7))).flat();
    return wilson(answers.filter(({ accuracy }) => accuracy === 1).length, answers.length);
  } finally {
    source.close();
    await sampler.close();
  }
}

async function openSampler(
  model: string,
  { temperature, threads }: Pick<SamplerOptions, "temperature" | "threads">,
): Promise<Sampler> {
  const style = readStyle(model);
  const { answer } = loadPrompt(style.prompt);
  const stop = answer === "think-answer" ? ["</answer>"] : [];
  const { maxTokens } = style;
  const sampler = new Sampler({ threads, batchSize: AT_ONCE, maxTokens, temperature, topP: 1, stop });
  await sampler.load(model, 0);
  return sampler;
}
