/** @file A league: every policy plays every other, ends changed, and the results are ratings with intervals. */
export type { LeagueRow, LeagueSummary, Standing } from "./conclude.ts";
export { LEAGUE, type LeaguePlan, leaguePlanOf, type LeagueWishes, leagueWishesOf } from "./plan.ts";
export type { LeagueRecord } from "./record.ts";
export { type LeagueRunOptions, runLeague } from "./run.ts";
