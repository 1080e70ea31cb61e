/** @file A match in numbers, up to the cursor: shots and their chances, passes, places, the ball, rewards by their terms. */
export { expectedGoal } from "./expected-goal.ts";
export { passNetwork, type PassNetwork } from "./pass.ts";
export { heatMap, possessionOf, type HeatMap } from "./possession.ts";
export {
  payments,
  rewardLane,
  rewardNotes,
  rewardSums,
  stack,
  termsOf,
  type Payment,
  type RewardLane,
} from "./reward.ts";
export { sampleScenes } from "./sample.ts";
export { shotsOf, type Shot, type ShotResult } from "./shot.ts";
