/** @file A room as tables for search: its free cells numbered from 0, and the cell beside each on each side. */
import type { Level } from "./level.ts";
import { type Move, MOVES } from "./rules.ts";

export interface Grid {
  /** How many free cells there are. */
  count: number;
  /** `next[cell * 4 + direction]`, the directions as in `MOVES`; -1 is a wall. */
  next: Int16Array;
  /** The level's cell of each cell here, and the other way round (-1: a wall). */
  toLevel: Int16Array;
  fromLevel: Int16Array;
}

export function makeGrid({ width, height, walls }: Pick<Level, "width" | "height" | "walls">): Grid {
  const fromLevel = new Int16Array(width * height).fill(-1);
  const free: number[] = [];
  walls.forEach((wall, cell) => {
    if (!wall) fromLevel[cell] = free.push(cell) - 1;
  });
  const next = new Int16Array(free.length * 4).fill(-1);
  free.forEach((cell, i) => {
    const column = cell % width;
    if (cell >= width) next[i * 4] = fromLevel[cell - width]!;
    if (cell < width * (height - 1)) next[i * 4 + 1] = fromLevel[cell + width]!;
    if (column > 0) next[i * 4 + 2] = fromLevel[cell - 1]!;
    if (column < width - 1) next[i * 4 + 3] = fromLevel[cell + 1]!;
  });
  return { count: free.length, next, toLevel: Int16Array.from(free), fromLevel };
}

/** Up and down change places, and so do left and right. */
export function opposite(direction: number): number {
  return direction ^ 1;
}

export function moveOf(direction: number): Move {
  return MOVES[direction]!;
}
