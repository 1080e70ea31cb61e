/** @file Matches of built-in players: played, counted, kept. */
export type { Crash, Fixture, Played } from "./play.ts";
export { playMatch } from "./play.ts";
export { playSeason, type SeasonOptions } from "./season.ts";
export { gameHash } from "./store.ts";
export { makeTally, type MatchCounts, type SideCounts, type Tally } from "./tally.ts";
