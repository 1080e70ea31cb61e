/** @file The rules of gym-sokoban (Schrader 2018): how the player moves and pushes, and what a step is worth. */
import { boxesOnTarget, isSolved, type Level, type Position } from "./level.ts";

/** In gym-sokoban's order. */
export const MOVES = ["up", "down", "left", "right"] as const;

export type Move = (typeof MOVES)[number];

export const MAX_STEPS = 120;

/** Rewards are counted in tenths, so that sums of them are exact. */
const STEP = -1;
const BOX_ON_TARGET = 10;
const ALL_ON_TARGET = 100;

/** How far the next cell in this direction is. */
export function offset(width: number, move: Move): number {
  if (move === "up") return -width;
  if (move === "down") return width;
  return move === "left" ? -1 : 1;
}

/**
 * The position after a move, which pushes the box that stands in the way unless `push` is false. The same object when
 * the player stays: before a wall, before two boxes in a row or one at a wall.
 */
export function moved(level: Level, position: Position, move: Move, push = true): Position {
  const step = offset(level.width, move);
  const to = position.player + step;
  if (level.walls[to] !== false) return position;
  const box = position.boxes.indexOf(to);
  if (box < 0) return { player: to, boxes: position.boxes };
  const behind = to + step;
  if (!push || level.walls[behind] !== false || position.boxes.includes(behind)) return position;
  return { player: to, boxes: position.boxes.with(box, behind) };
}

/** The reward of a step between these positions, in tenths: -1, a box on its target +10, off it -10, all there +100. */
export function rewardTenths(level: Level, before: Position, after: Position): number {
  if (before.boxes === after.boxes) return STEP;
  const gain = boxesOnTarget(level, after.boxes) - boxesOnTarget(level, before.boxes);
  return STEP + BOX_ON_TARGET * gain + (isSolved(level, after.boxes) ? ALL_ON_TARGET : 0);
}

/** The return of a solution of that many moves, in tenths. */
export function solvedTenths(level: Level, moves: number): number {
  const missing = level.boxes.length - boxesOnTarget(level, level.boxes);
  return ALL_ON_TARGET + BOX_ON_TARGET * missing + STEP * moves;
}
