/** @file The record of an episode: its types, its lines, its reader, and playing it again. */
export type * from "./record.ts";
export { EPISODE_FORMAT, EPISODE_VERSION, EPISODE_VERSIONS } from "./record.ts";
export type { EpisodeSink } from "./sink.ts";
export { joinSinks } from "./sink.ts";
export { writeLine } from "./line.ts";
export { addLine, readEpisode } from "./reader.ts";
export type { FootballStep, Recorder } from "./recorder.ts";
export { makeRecorder } from "./recorder.ts";
export type { Difference, Verdict } from "./verify.ts";
export { checkReplayable, verifyEpisode } from "./verify.ts";
