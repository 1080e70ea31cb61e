/** @file What a suite of questions is: where its data come from, what is asked, and what an answer is worth by whose rule. */
import type { ChatInput } from "../../agent/model/index.ts";

/** By whose rule answers are scored, where rules differ. */
export const SCORING = ["official", "vlmevalkit", "lmm-r1", "strict"] as const;
export type Scoring = (typeof SCORING)[number];

/** One question of a suite. */
export interface Sample {
  /** Unique in its suite. */
  id: string;
  /** Samples of a cluster stand or fall together: versions of one problem, questions of one picture. */
  cluster: string;
  /** By what results are broken down, `{subject: "Algebra", level: "3"}`. */
  categories: Readonly<Record<string, string>>;
  /** What is asked; the pictures are files' bytes as they stand in the data set. */
  messages: ChatInput["messages"];
  pictures: readonly Uint8Array[];
  /** The right answer as it stands in the data set, after any permutation of the options. */
  gold: string;
  /** Texts of the options, A first; none for an open question. */
  options?: readonly string[];
  /** Whatever else the scoring needs: units, tolerances, kinds of answers. */
  details?: Readonly<Record<string, unknown>>;
}

export const OUTCOMES = [
  "right",
  "wrong",
  /** No answer was found in the response. */
  "unparsed",
  /** There was no room to end it, and no answer in what there is. */
  "truncated",
  "refused",
  /** Nobody answered: a server failed. */
  "infra_error",
  "judge_error",
  /** The right answer cannot be read: it counts for and against nobody. */
  "gold_error",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Scored {
  outcome: Outcome;
  /** 0 to 1. */
  score: number;
  /** The part of the response that was held against the gold; null where none was found. */
  extracted: string | null;
  /** Why, in a sentence that a reader of the report understands. */
  reason: string;
}

/** A stored answer of a model. */
export interface Answered {
  text: string;
  /** It ended for want of room. */
  truncated: boolean;
  /** Whoever sent it says that the model, or a filter, would not answer. */
  refused?: boolean;
}

/** A second opinion where rules do not suffice: a model behind a server. It throws when it cannot say. */
export type Judge = (question: string, limits: { maxTokens: number; seed: number }) => Promise<string>;

export interface ScoreOptions {
  scoring: Scoring;
  judge?: Judge;
  /** Of whatever is drawn: a judge, a guess that an official rule makes. */
  seed: number;
}

/** A sample, or what is wrong with a row and where; the others are still asked. */
export type Read = Sample | { error: string; id?: string };

export interface Suite {
  name: string;
  /** One sentence. */
  about: string;
  /** Where the data are to be had, and which files `--data` takes; undefined for questions of our own. */
  source?: string;
  /** Rules that it knows, the default first. */
  scorings: readonly Scoring[];
  /** `micro`, or the category by which the headline is a macro mean. */
  headline: string;
  /**
   * Its samples, in the order of the file, streamed: pictures of only a few are in memory at the same time.
   * @throws TouchlineError `suite/...` for a file that is no such data set, naming file, row and column.
   */
  read: (source: { path?: string; seed: number; limit?: number }) => AsyncIterable<Read>;
  score: (sample: Sample, answered: Answered, options: ScoreOptions) => Promise<Scored>;
}
