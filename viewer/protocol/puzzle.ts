/** @file Sokoban on the page: levels that are played elsewhere, small enough to be sent whole whenever they go on. */

export interface Puzzle {
  /** Of the playing of a level; a later message with it takes the place of an earlier one. */
  id: string;
  /** What plays it elsewhere, as "bench", and who decides. */
  by: string;
  policy: string;
  size: string;
  seed: number;
  /** As it began, in XSB. */
  level: string;
  /** The return of a shortest solution. */
  bound: number;
  /** The moves so far, as u, d, l and r. */
  moves: string;
  said: readonly PuzzleAnswer[];
  /** Null while it goes on. */
  over: { solved: boolean; score: number } | null;
}

export interface PuzzleAnswer {
  /** How many moves had been made when it came. */
  at: number;
  text: string;
}

export interface PuzzlesRequest {
  look: boolean;
}

/** The last ones, oldest first. */
export interface PuzzleList {
  puzzles: readonly Puzzle[];
}

/** So many are kept; who looks has all of them. */
export const PUZZLES_MAX = 60;
export const PUZZLE_BYTES_MAX = 128 * 1024;
