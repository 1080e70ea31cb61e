/** @file Where tokens stand in time, row and column: M-RoPE (arXiv 2409.12191). */
import { TouchlineError } from "../../../env/error.ts";

export interface Positions {
  /** Time, row and column of each token. */
  axes: readonly [time: number[], row: number[], column: number[]];
  /** Where the next token stands, on all three axes. */
  next: number;
}

/**
 * Text goes on by one on all axes. A picture stands still in time; its features have their row and column in the
 * merged grid, counted from where it begins, and text after it goes on beyond the largest of them.
 * @throws TouchlineError `model/picture-count` when placeholders and pictures do not agree.
 */
export function positionsOf(
  ids: readonly number[],
  grids: readonly (readonly [time: number, rows: number, columns: number])[],
  { imageToken, mergeSize }: { imageToken: number; mergeSize: number },
): Positions {
  const axes: [number[], number[], number[]] = [[], [], []];
  let next = 0;
  let picture = 0;
  for (let at = 0; at < ids.length;) {
    if (ids[at] !== imageToken) {
      for (const axis of axes) axis.push(next);
      next++;
      at++;
      continue;
    }
    const grid = grids[picture++];
    if (!grid) break;
    const [time, rows, columns] = [grid[0], grid[1] / mergeSize, grid[2] / mergeSize];
    for (let i = 0; i < time * rows * columns; i++) {
      axes[0].push(next + Math.floor(i / (rows * columns)));
      axes[1].push(next + (Math.floor(i / columns) % rows));
      axes[2].push(next + (i % columns));
    }
    next += Math.max(rows, columns);
    at += time * rows * columns;
  }
  if (picture !== grids.length || axes[0].length !== ids.length) {
    throw new TouchlineError(
      "model/picture-count",
      `The prompt has placeholders for other pictures than the ${grids.length} that came with it.`,
    );
  }
  return { axes, next };
}
