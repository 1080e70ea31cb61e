/** @file Boxes that can never be moved again, because walls and each other hold them in both directions. */
import type { Grid } from "../grid.ts";

/**
 * A function that tells whether the box at a cell is frozen. `boxAt` is 1 where a box stands; `dead` is 1 where a box
 * is lost: one between two such cells may as well stay.
 */
export function makeFreeze(
  { count, next }: Grid,
  boxAt: Uint8Array,
  dead: Uint8Array,
): (cell: number) => boolean {
  /** Boxes that are being asked about; for those beside them they stand like walls. */
  const asked = new Uint8Array(count);

  /** `axis` is 0 for up and down, 2 for left and right. */
  const held = (cell: number, axis: number): boolean => {
    const one = next[cell * 4 + axis]!;
    const other = next[cell * 4 + axis + 1]!;
    if (one < 0 || other < 0) return true;
    if (asked[one] === 1 || asked[other] === 1) return true;
    if (dead[one] === 1 && dead[other] === 1) return true;
    asked[cell] = 1;
    const stuck = (boxAt[one] === 1 && held(one, 2 - axis)) || (boxAt[other] === 1 && held(other, 2 - axis));
    asked[cell] = 0;
    return stuck;
  };
  return (cell) => held(cell, 0) && held(cell, 2);
}
