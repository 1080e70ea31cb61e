/** @file What an answer, or a turn of play, is worth. */
export { exactMatch, normalAnswer } from "./exact.ts";
export { type ProfileName, PROFILES } from "./profile.ts";
export { FORMAT_WEIGHT, type Response, type Reward, type RewardOptions, ruleReward } from "./reward.ts";
export { type Turn, turnReward, type TurnReward, type TurnWeights } from "./turn.ts";
export { VERIFIER_NAMES, type VerifierName, VERIFIERS } from "./verifier.ts";
export type { Verdict, VerdictStatus, Verifier } from "../mathematics/index.ts";
