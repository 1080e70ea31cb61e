/** @file GRF's "super mini map" from raw observations: four planes of bytes, 255 where something is. */
import type { RawObservation } from "./raw.ts";

export const SMM_HEIGHT = 72;
export const SMM_WIDTH = 96;
/** Left team, right team, ball, active player. */
export const SMM_PLANES = 4;
export const SMM_STACK = 4;

const MARK = 255;
/** GRF's map reaches a little over the touchlines. */
const Y_MAX = 1 / 2.25;

/**
 * The maps of these moments, oldest first, side by side in the last dimension: rows of 96 cells, in each cell the
 * planes of all moments (GRF's FrameStack).
 */
export function smm(moments: readonly RawObservation[]): Uint8Array {
  const depth = SMM_PLANES * moments.length;
  const bytes = new Uint8Array(SMM_HEIGHT * SMM_WIDTH * depth);
  moments.forEach((raw, moment) => {
    const mark = (plane: number, x: number, y: number): void => {
      // GRF cuts towards zero and clamps, so a player beyond a line stands on the edge.
      const column = cell((x + 1) / 2, SMM_WIDTH);
      const row = cell((y + Y_MAX) / (2 * Y_MAX), SMM_HEIGHT);
      bytes[(row * SMM_WIDTH + column) * depth + moment * SMM_PLANES + plane] = MARK;
    };
    for (const [x, y] of raw.left_team) if (y !== -1) mark(0, x, y);
    for (const [x, y] of raw.right_team) if (y !== -1) mark(1, x, y);
    const [ballX, ballY] = raw.ball;
    if (ballY !== -1) mark(2, ballX, ballY);
    const active = raw.left_team[raw.active];
    if (active && active[1] !== -1) mark(3, active[0], active[1]);
  });
  return bytes;
}

function cell(share: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.trunc(share * cells)));
}
