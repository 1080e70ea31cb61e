/** @file GRPO (arXiv 2402.03300): each sample against its group's mean, in its group's standard deviations. */
import { groupAdvantages, mean } from "./group.ts";
import { centred } from "./reinforce-baseline.ts";
import type { Advantages, Group } from "./sample.ts";
import type { RewardShape } from "./token-rewards.ts";

/** (r - mean(r)) / (std(r) + 1e-9), with torch's std, which divides by n - 1. */
export function standardised(rewards: readonly number[]): number[] {
  const away = centred(rewards);
  const variance = (mean(away.map((one) => one * one)) * rewards.length) / (rewards.length - 1);
  return away.map((one) => one / (Math.sqrt(variance) + 1e-9));
}

/** OpenRLHF's `group_norm`; not whitened. The loss weighs samples alike: sequenceWeights. @throws TouchlineError `trainer/advantage`. */
export function grpo(groups: readonly Group[], shape?: Partial<RewardShape>): Advantages {
  return groupAdvantages(groups, { baseline: standardised, whitens: false }, shape);
}
