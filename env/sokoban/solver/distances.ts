/** @file How many pushes a box alone in the room needs to each target, and where it needs no more trying. */
import { type Grid, opposite } from "../grid.ts";

export const NEVER = 0x3fff;

export interface Distances {
  /** `toTarget[target][cell]`: pushes of a box there to the target, or `NEVER`. */
  toTarget: readonly Int16Array[];
  /** 1 where a box reaches no target at all. */
  dead: Uint8Array;
}

export function pushDistances(grid: Grid, targets: readonly number[]): Distances {
  const toTarget = targets.map((target) => pullsFrom(grid, target));
  const dead = Uint8Array.from({ length: grid.count }, (_, cell) =>
    toTarget.every((pushes) => pushes[cell] === NEVER) ? 1 : 0,
  );
  return { toTarget, dead };
}

/** A push backwards: the box follows the player, who needs the cell behind as well. */
function pullsFrom({ count, next }: Grid, target: number): Int16Array {
  const pushes = new Int16Array(count).fill(NEVER);
  pushes[target] = 0;
  const open = [target];
  for (const box of open) {
    for (let direction = 0; direction < 4; direction++) {
      const from = next[box * 4 + direction]!;
      if (from < 0 || next[from * 4 + direction]! < 0 || pushes[from] !== NEVER) continue;
      pushes[from] = pushes[box]! + 1;
      open.push(from);
    }
  }
  return pushes;
}

/** The cell that the player pushes a box at `cell` from. */
export function behind({ next }: Grid, cell: number, direction: number): number {
  return next[cell * 4 + opposite(direction)]!;
}
