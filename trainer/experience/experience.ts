/** @file What was sampled, kept as an update needs it. */
import type { Action } from "../../env/football/index.ts";
import type { ChatInput } from "../../agent/model/index.ts";
import type { Named } from "../question/index.ts";

/** One answer to one prompt. */
export interface Experience {
  chat: ChatInput;
  text: string;
  /** The tokens that were sampled, and of each the natural logarithm of its probability then, at the temperature of the sampling. */
  tokens: readonly number[];
  logProbabilities: readonly number[];
  /** How many characters of the text there are up to the end of each token. */
  ends: readonly number[];
  /** The first token of what the thought comes to, its last word, and of the answer; see `conclusionOf`. */
  conclusionFrom: number;
  /** Steps of the optimiser that the weights had seen which sampled it: how stale it is. */
  policyStep: number;
}

/** A decision of play, from the words to the next time it was asked. */
export interface TurnExperience extends Experience {
  /** Weighed reward terms, `format` among them; they add up to `reward`. */
  terms: Readonly<Record<string, number>>;
  reward: number;
  /** The action that was played, and whether it stands in for one that could not be read. */
  action: Action;
  unparsed: boolean;
  /** Of each place that its thought is to name, whether it is where it says, within a twentieth of the pitch's length. */
  places: Readonly<Partial<Record<Named, boolean>>>;
}

export interface EpisodeExperience {
  scenario: string;
  seed: number;
  /** Decisions of an earlier episode that were played before the first turn here. */
  prefix: number;
  turns: readonly TurnExperience[];
  /** Left after so many decisions that it was not waited for its end. */
  cut: boolean;
  success: boolean;
  score: readonly [number, number];
  steps: number;
}

/** An answer to a question, with what the rule gave for it; null where it could not be judged. */
export interface AnswerExperience extends Experience {
  kind: string;
  /** What its picture shows, in words, where somebody knows. */
  told?: string | undefined;
  gold: string;
  format: number;
  accuracy: number | null;
  reward: number | null;
}
