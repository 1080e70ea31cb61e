/** @file From rewards to advantages: one file for each way, with the names of OpenRLHF and CleanRL. */
import { drGrpo } from "./dr-grpo.ts";
import { grpo } from "./grpo.ts";
import { reinforceBaseline } from "./reinforce-baseline.ts";
import { rloo } from "./rloo.ts";

export { branchAdvantages } from "./branches.ts";
export { gae, GAE_DEFAULTS, type GaeOptions, generalisedAdvantages, type ValuedSample } from "./gae.ts";
export { standardised } from "./grpo.ts";
export type { Baseline } from "./group.ts";
export { centred } from "./reinforce-baseline.ts";
export { discountedReturns } from "./returns.ts";
export { leaveOneOut } from "./rloo.ts";
export type { Advantages, Group, Sample } from "./sample.ts";
export { REWARD_SHAPE, type RewardShape, tokenRewards } from "./token-rewards.ts";
export { groupTurnAdvantages, overTokens, turnAdvantages } from "./turns.ts";
export { whiten } from "./whiten.ts";
export { drGrpo, grpo, reinforceBaseline, rloo };

/** Those that compare the samples of a prompt, as recipes name them; `gae` needs values, too. */
export const GROUP_ESTIMATORS = {
  reinforce_baseline: reinforceBaseline,
  rloo,
  grpo,
  dr_grpo: drGrpo,
} as const;
