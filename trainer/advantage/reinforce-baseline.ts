/** @file REINFORCE with the group's mean as baseline, whitened over the batch: what LMM-R1's scripts ran for FRE. */
import { groupAdvantages, mean } from "./group.ts";
import type { Advantages, Group } from "./sample.ts";
import type { RewardShape } from "./token-rewards.ts";

/** r - mean(r) */
export function centred(rewards: readonly number[]): number[] {
  const middle = mean(rewards);
  return rewards.map((reward) => reward - middle);
}

/** OpenRLHF's `reinforce_baseline` (REINFORCE++-baseline, arXiv 2501.03262). @throws TouchlineError `trainer/advantage`. */
export function reinforceBaseline(groups: readonly Group[], shape?: Partial<RewardShape>): Advantages {
  return groupAdvantages(groups, { baseline: centred, whitens: true }, shape);
}
