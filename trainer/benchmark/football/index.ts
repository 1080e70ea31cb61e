/** @file Football as a benchmark: suites of scenarios, played by any policy, in runs that are gone on with. */
export type { FootballSummary } from "./conclude.ts";
export { footballPlanOf, type FootballWishes, footballWishesOf } from "./plan.ts";
export { EPISODES, type FootballPlan, type FootballRecord } from "./record.ts";
export { type FootballRunOptions, runFootball } from "./run.ts";
export { FOOTBALL_SUITES, type FootballSuite, footballSuite } from "./suites.ts";
