/** @file Many episodes of one scenario, and what they come to. */
export { type Lane, makeThread, spread } from "./lanes.ts";
export { makeProgress } from "./progress.ts";
export type { Rollout, RolloutOptions } from "./rollout.ts";
export { playsHere, rollout, WATCHED_MAX } from "./rollout.ts";
export type { PlaySummary } from "./summary.ts";
export { summarise } from "./summary.ts";
export type { Failure, Outcome, RolloutTask, Watch } from "./task.ts";
export { makeTaskPlayer } from "./task.ts";
