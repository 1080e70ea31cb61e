/** @file Sokoban as a benchmark: levels that are never trained on, played by any policy, with MageBench's score. */
export type { SokobanSummary } from "./conclude.ts";
export { sokobanCast, type SokobanWishes, sokobanWishesOf } from "./plan.ts";
export type { SokobanPlan, SokobanRecord } from "./record.ts";
export { runSokoban, type SokobanRunOptions } from "./run.ts";
export { SOKOBAN_SUITES, type SokobanSuite, sokobanSuite } from "./suites.ts";
