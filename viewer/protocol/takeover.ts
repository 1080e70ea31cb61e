/** @file What a page says when its viewer plays himself, and what everybody hears of it. */

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
