/** @file The plan of a run of Sokoban: what is wished, and what stands where nothing is. */
import { DEFAULT_STYLE } from "../../../agent/protocol/index.ts";
import { roomSize } from "../../../env/sokoban/index.ts";
import { sokobanForm } from "../../sokoban/index.ts";
import { type Respondent, respondentOf, type RespondentOptions } from "../question/index.ts";
import { PLAIN } from "./player.ts";
import type { SokobanPlan } from "./record.ts";
import type { SokobanSuite } from "./suites.ts";

/** The sizes of MageBench's short list. */
const SIZES = ["small-v0", "small-v1", "v0", "v1", "large-v0", "huge-v0"];
const EPISODES = 20;

/** What a user may say of a run. */
export interface SokobanWishes {
  policy?: string | undefined;
  sizes?: readonly string[] | undefined;
  episodes?: number | undefined;
  seed?: number | undefined;
  temperature?: number | undefined;
  maxTokens?: number | undefined;
}

/** What a plan says, as if it had been wished: a run is gone on with as it was begun. */
export function sokobanWishesOf({ policy, sizes, episodes, seed, words }: SokobanPlan): SokobanWishes {
  return {
    policy,
    sizes,
    episodes,
    seed,
    ...(words && { temperature: words.temperature, maxTokens: words.maxTokens }),
  };
}

export interface SokobanCast {
  plan: SokobanPlan;
  /** Who has the words; undefined for a policy without. */
  respondent: Respondent | undefined;
}

/** Reads the weights of a folder for their hash. @throws TouchlineError `sokoban/...`, `policy/...`, `model/...`, `bench/...`. */
export async function sokobanCast(
  suite: SokobanSuite,
  wishes: SokobanWishes & { policy: string },
  options: RespondentOptions = {},
): Promise<SokobanCast> {
  const { policy, sizes = SIZES, episodes = EPISODES, seed = 0, temperature = 0 } = wishes;
  for (const size of sizes) roomSize(size);
  const respondent = Object.hasOwn(PLAIN, policy) ? undefined : await respondentOf(policy, options);
  const plan = {
    suite: suite.name,
    policy,
    seed,
    repeats: 1,
    limit: null,
    headline: "micro",
    sizes,
    episodes,
  };
  if (respondent === undefined) return { plan: { ...plan, words: null }, respondent };
  const { maxTokens = respondent.maxTokens } = wishes;
  const { identity: model, style = DEFAULT_STYLE } = respondent;
  const { prompt, memory } = style;
  const words = { temperature, maxTokens, form: sokobanForm(prompt), memory, model };
  return { plan: { ...plan, words }, respondent };
}
