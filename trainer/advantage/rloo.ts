/** @file RLOO (arXiv 2402.14740): each sample against the mean of the others of its group, whitened over the batch. */
import { groupAdvantages } from "./group.ts";
import type { Advantages, Group } from "./sample.ts";
import type { RewardShape } from "./token-rewards.ts";

/** r - (sum(r) - r) / (n - 1), which is n / (n - 1) times what centring gives. */
export function leaveOneOut(rewards: readonly number[]): number[] {
  const sum = rewards.reduce((total, reward) => total + reward, 0);
  return rewards.map((reward) => reward - (sum - reward) / (rewards.length - 1));
}

/** OpenRLHF's `rloo`. @throws TouchlineError `trainer/advantage`. */
export function rloo(groups: readonly Group[], shape?: Partial<RewardShape>): Advantages {
  return groupAdvantages(groups, { baseline: leaveOneOut, whitens: true }, shape);
}
