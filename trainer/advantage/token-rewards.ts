/** @file A sample's reward spread over its tokens, and the price of moving away from the reference. */
import type { Sample } from "./sample.ts";

export interface RewardShape {
  /** Price of one nat of divergence (OpenRLHF's init_kl_coef; LMM-R1: 1e-3). */
  klCoefficient: number;
  /** The reward is kept within plus and minus this (OpenRLHF's reward_clip_range). */
  rewardClip: number;
}

export const REWARD_SHAPE: RewardShape = { klCoefficient: 0, rewardClip: 10 };

/**
 * r_t = -beta kl_t, and for the last token also the clipped reward of the whole (openrlhf/models/utils.py,
 * compute_reward). What is clipped is the reward after the baseline has been taken off.
 */
export function tokenRewards({ reward, kl }: Sample, given: Partial<RewardShape> = {}): number[] {
  const { klCoefficient, rewardClip } = { ...REWARD_SHAPE, ...given };
  const clipped = Math.min(Math.max(reward, -rewardClip), rewardClip);
  // 0 - x, for -x would make a negative zero.
  return kl.map((nats, t) => 0 - klCoefficient * nats + (t === kl.length - 1 ? clipped : 0));
}
