/** @file What a page says when its viewer plays himself, and what everybody hears of it. */

export type { EpisodeParent } from "../../env/episode/index.ts";

/** What is pressed; it counts once. */
export const PRESSES = ["short_pass", "long_pass", "high_pass", "shot", "sliding"] as const;
export type Press = (typeof PRESSES)[number];

/** Where each of the 8 directions points, in parts of a turn of 256 as `SceneFigure.facing`; the first is for none. */
export const DIRECTION_TURNS = [0, 128, 160, 192, 224, 0, 32, 64, 96] as const;

/** What is held down, and what has just been pressed. */
export interface HandsMessage {
  /** 1 to 8 clockwise from left, as a player sees it whose team attacks to the right; 0 is none. */
  direction: number;
  sprint: boolean;
  dribble: boolean;
  press?: Press | undefined;
}

export interface TakeRequest {
  match: string;
  /** Lineup index of a player under control; null for any of them whom nobody plays. */
  player: number | null;
}

/** Takes a player over at a past tick: the match is played on from there, beside the one that it was. */
export interface BranchRequest {
  match: string;
  episode: number;
  tick: number;
  /** As in `TakeRequest`; he has to be under control at that tick. */
  player: number | null;
}

/** The branch, whose player is the viewer's: it goes on when he moves, at the latest after three seconds. */
export interface Branched {
  match: string;
  /** Where it leaves the other match: the end of the env step before the tick that was asked for. */
  tick: number;
}

/** A player whom a person plays. */
export interface Taken {
  match: string;
  /** Lineup index. Where control follows the ball it changes. */
  player: number;
  /** Counts those who play, from 1. */
  person: number;
  /** He is played from this page. */
  you: boolean;
}
