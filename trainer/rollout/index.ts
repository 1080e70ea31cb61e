/** @file Many episodes of one scenario, and what they come to. */
export { type Lane, makeThread, spread } from "./lanes.ts";
export { makeProgress } from "./progress.ts";
export type { Rollout, RolloutOptions } from "./rollout.ts";
export { rollout } from "./rollout.ts";
export type { PlaySummary } from "./summary.ts";
export { summarise } from "./summary.ts";
export type { Failure, Outcome, RolloutTask } from "./task.ts";
