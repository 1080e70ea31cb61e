/** @file Dr. GRPO (arXiv 2503.20783): GRPO without its two biases, towards easy or hard prompts and towards long answers. */
import { groupAdvantages } from "./group.ts";
import { centred } from "./reinforce-baseline.ts";
import type { Advantages, Group } from "./sample.ts";
import type { RewardShape } from "./token-rewards.ts";

/**
 * OpenRLHF's `dr_grpo`: r - mean(r), not divided and not whitened. The loss divides every sample by the same number:
 * constantWeights.
 * @throws TouchlineError `trainer/advantage`.
 */
export function drGrpo(groups: readonly Group[], shape?: Partial<RewardShape>): Advantages {
  return groupAdvantages(groups, { baseline: centred, whitens: false }, shape);
}
