/** @file Where the player can walk while the boxes stand still: a flood over the room, used again for each position. */
import { type Grid, opposite } from "../grid.ts";

export interface Walk {
  /** Floods from this cell around the boxes. */
  from(cell: number): void;
  /** Steps to a cell, or -1 where the player cannot get. */
  steps(cell: number): number;
  /** The directions of a shortest way to a cell that can be reached. */
  way(cell: number): number[];
}

/** `boxAt` is 1 where a box stands. */
export function makeWalk({ count, next }: Grid, boxAt: Uint8Array): Walk {
  const distance = new Int16Array(count);
  // Which flood reached a cell: so nothing needs clearing.
  const flood = new Int32Array(count);
  const came = new Int8Array(count);
  const open = new Int16Array(count);
  let now = 0;
  return {
    from(start) {
      now++;
      let end = 0;
      open[end++] = start;
      flood[start] = now;
      distance[start] = 0;
      for (let i = 0; i < end; i++) {
        const cell = open[i]!;
        for (let direction = 0; direction < 4; direction++) {
          const to = next[cell * 4 + direction]!;
          if (to < 0 || boxAt[to] === 1 || flood[to] === now) continue;
          flood[to] = now;
          distance[to] = distance[cell]! + 1;
          came[to] = direction;
          open[end++] = to;
        }
      }
    },
    steps: (cell) => (flood[cell] === now ? distance[cell]! : -1),
    way(cell) {
      const back: number[] = [];
      for (let at = cell; distance[at]! > 0; at = next[at * 4 + opposite(came[at]!)]!) back.push(came[at]!);
      return back.reverse();
    },
  };
}
