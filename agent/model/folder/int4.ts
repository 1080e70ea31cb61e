/** @file Matrices in 4 bits: blocks of a row share a scale, and each number is one of 16 steps of it. */
import { INT4_BLOCK } from "../../graph/ops/index.ts";

export interface Quantised {
  /** Two in a byte, the first in its lower half: integers from -8 to 7 in two's complement. */
  codes: Uint8Array;
  /** [rows, columns / INT4_BLOCK], rounded up. */
  scales: Float32Array;
}

/**
 * `values` [rows, columns], of an even number, rounded to the nearest step. The number of a block that is furthest from
 * 0 becomes exactly -8 steps, whatever its sign: so all 16 are used.
 */
export function quantise(values: Float32Array, columns: number): Quantised {
  const rows = values.length / columns;
  const blocks = Math.ceil(columns / INT4_BLOCK);
  const codes = new Uint8Array(values.length / 2);
  const scales = new Float32Array(rows * blocks);
  for (let block = 0; block < rows * blocks; block++) {
    const row = Math.floor(block / blocks);
    const start = row * columns + (block % blocks) * INT4_BLOCK;
    const end = Math.min(start + INT4_BLOCK, (row + 1) * columns);
    let furthest = 0;
    for (let i = start; i < end; i++) if (Math.abs(values[i]!) > Math.abs(furthest)) furthest = values[i]!;
    if (furthest === 0) continue;
    scales[block] = furthest / -8;
    const scale = scales[block]!;
    for (let i = start; i < end; i++) {
      const step = Math.max(-8, Math.min(7, Math.round(values[i]! / scale)));
      codes[i >> 1]! |= (step & 15) << (4 * (i & 1));
    }
  }
  return { codes, scales };
}
