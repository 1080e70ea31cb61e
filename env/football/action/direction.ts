/** @file The eight directions, as unit vectors. */

const DIAGONAL = Math.SQRT1_2;
/** Unit vectors of the actions 1 to 8 for a team that attacks to the right; 0 stands still. */
export const DIRECTION_VECTORS: readonly (readonly [number, number])[] = [
  [0, 0],
  [-1, 0],
  [-DIAGONAL, -DIAGONAL],
  [0, -1],
  [DIAGONAL, -DIAGONAL],
  [1, 0],
  [DIAGONAL, DIAGONAL],
  [0, 1],
  [-DIAGONAL, DIAGONAL],
];
