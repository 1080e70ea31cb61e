/** @file Rewards as named terms: what a step was worth to each controlled player. docs/REWARDS.md has the table. */
export { checkpointDistance } from "./checkpoints.ts";
export { type Asked, beforeStep, judgeStep } from "./judge.ts";
export {
  MAGEBENCH_SCALE,
  type MagebenchParts,
  magebenchParts,
  magebenchScore,
  startMagebench,
} from "./magebench.ts";
export { type TeamView, teamView } from "./view.ts";
export { noTerms, type RewardTerms, rewardWeights, weigh } from "./weights.ts";
