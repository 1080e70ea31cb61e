/** @file Football as a benchmark: suites of scenarios, played by any policy, in runs that are gone on with. */
export type { FootballSummary } from "./conclude.ts";
export { type EpisodeOptions, playEpisodes, saidTo, shownOn } from "./episodes.ts";
export type { EpisodeDone, EpisodeJob } from "./lane.ts";
export { footballPlanOf, type FootballWishes, footballWishesOf, modelOf } from "./plan.ts";
export {
  EPISODES,
  type EpisodeRecord,
  fileOf,
  type FootballPlan,
  type FootballRecord,
  hashOf,
  playedOf,
} from "./record.ts";
export { type FootballRunOptions, runFootball } from "./run.ts";
export { FOOTBALL_SUITES, type FootballSuite, footballSuite, ONE } from "./suites.ts";
