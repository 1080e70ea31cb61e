/** @file What was sampled, as far as its advantage goes. */
import { TouchlineError } from "../../env/error.ts";

/** One answer to a prompt. */
export interface Sample {
  reward: number;
  /** Of each token that was sampled: log p - log p_ref, the estimator k1 of the divergence from a reference; 0 without one. */
  kl: readonly number[];
}

/** All samples of one prompt. Those without a reward are left out, so that groups may differ in size. */
export type Group = readonly Sample[];

/** An advantage for each token of each sample of each group. */
export type Advantages = number[][][];

/** @throws TouchlineError `trainer/advantage` for a group that is no group, or numbers that are none. */
export function checkGroups(groups: readonly Group[]): void {
  for (const [i, group] of groups.entries()) {
    if (group.length < 2) {
      throw new TouchlineError(
        "trainer/advantage",
        `Group ${i} has ${group.length} sample; expected two or more of one prompt, so leave it out or sample more.`,
      );
    }
    for (const sample of group) checkSample(sample);
  }
}

/** @throws TouchlineError `trainer/advantage`. */
export function checkSample({ reward, kl }: Sample): void {
  if (kl.length > 0 && Number.isFinite(reward) && kl.every(Number.isFinite)) return;
  throw new TouchlineError(
    "trainer/advantage",
    `A sample has ${kl.length} tokens and the reward ${reward}; expected finite numbers and at least one token, so leave samples out that could not be judged.`,
  );
}
