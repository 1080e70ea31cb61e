/** @file What says whether an answer is right, whatever it goes by: the same words, or mathematics. */

export type VerdictStatus =
  | "equal"
  | "different"
  /** It could be neither shown nor ruled out. */
  | "undecided"
  | "gold_unparsed"
  | "pred_unparsed"
  /** Too long or too deep to be looked at. */
  | "limit";

export interface Verdict {
  /** 1 for a right answer, 0 for any other. */
  score: number;
  status: VerdictStatus;
}

/** Holds an answer against the right one. It may work in another thread; what it throws is told as `verifier_error`. */
export type Verifier = (answer: string, gold: string) => Verdict | Promise<Verdict>;
