/** @file One line of a run: what came of one sample, asked or played once. It knows nothing of questions. */

export interface RunRecord {
  sample: string;
  /** From 0; a sample is tried as often as the run has repeats. */
  repeat: number;
  /** Samples of a cluster stand or fall together. */
  cluster: string;
  /** By what results are broken down. */
  categories: Readonly<Record<string, string>>;
  outcome: string;
  score: number;
  /** Why, in a sentence. */
  reason: string;
  milliseconds: number;
}

/** The outcome that is a success. */
export const SUCCESS = "right";

/** Outcomes that say nothing of the policy. They are counted beside the results, and not among them. */
const UNCOUNTED: ReadonlySet<string> = new Set(["infra_error", "judge_error", "gold_error"]);

/** Those of them that another try may mend. */
export const FAILURES = ["infra_error", "judge_error"] as const;

export function counts({ outcome }: RunRecord): boolean {
  return !UNCOUNTED.has(outcome);
}

export function keyOf(sample: string, repeat: number): string {
  return `${repeat}\n${sample}`;
}

/** The same records in the same order, whichever ended first. */
export function inOrder<T extends RunRecord>(records: Iterable<T>): T[] {
  return [...records].sort((a, b) =>
    a.sample === b.sample ? a.repeat - b.repeat : a.sample < b.sample ? -1 : 1,
  );
}
