/** @file A match between policies: step by step, or a whole episode at once; kept in files when asked. */
export { chooseActions } from "./actions.ts";
export { chooseControl, opponentOf, parsePlayers } from "./control.ts";
export { Drill, type DrillOptions, type DrillSnapshot, type DrillTurn } from "./drill.ts";
export type { EpisodeResult, PlayEpisode } from "./episode.ts";
export { makePlayer, playEpisode } from "./episode.ts";
export { checkFeed, feedHeaders } from "./feed-address.ts";
export { type FeedOptions, FeedSink } from "./feed-sink.ts";
export { FileSink } from "./file-sink.ts";
export { type Clock, CLOCKS } from "./pilot.ts";
export { ReplayRunner } from "./replay.ts";
export { parseRewards } from "./rewards.ts";
export type { Advance, Decider, MatchSetup, PlacedDecision } from "./runner.ts";
export { ownFrames } from "./own-frame.ts";
export { MatchRunner } from "./runner.ts";
export { Stepper } from "./stepping.ts";
