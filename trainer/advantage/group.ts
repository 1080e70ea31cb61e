/** @file From groups of samples to advantages of tokens, by whatever a group's rewards are compared with. */
import { discountedReturns } from "./returns.ts";
import { type Advantages, checkGroups, type Group } from "./sample.ts";
import { type RewardShape, tokenRewards } from "./token-rewards.ts";
import { whiten } from "./whiten.ts";

/** What each reward of a group is worth beside the others. */
export type Baseline = (rewards: readonly number[]) => number[];

export interface GroupMethod {
  baseline: Baseline;
  whitens: boolean;
}

/**
 * A token's advantage is the sum, without discount, of what comes from it on: prices of divergence, and the reward
 * against its group (OpenRLHF's experience_maker.py). Whitening is over all tokens of all groups.
 */
export function groupAdvantages(
  groups: readonly Group[],
  { baseline, whitens }: GroupMethod,
  shape: Partial<RewardShape> = {},
): Advantages {
  checkGroups(groups);
  const returns = groups.map((group) => {
    const rewards = baseline(group.map(({ reward }) => reward));
    return group.map(({ kl }, i) => discountedReturns(tokenRewards({ reward: rewards[i]!, kl }, shape)));
  });
  if (!whitens) return returns;
  const white = whiten(returns.flat()).values();
  return returns.map((group) => group.map(() => white.next().value!));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
