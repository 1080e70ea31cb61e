/** @file Who had the ball, and where a team was, counted over scenes. */
import type { Lineup, PitchSize, Scene } from "../../../env/frame/scene.ts";

/** Each team's share of the time in which somebody had the ball; half each while nobody had. */
export function possessionOf(scenes: readonly Scene[], { players }: Lineup): readonly [number, number] {
  const counts = [0, 0];
  for (const { owner } of scenes) {
    const team = players[owner]?.team;
    if (team !== undefined) counts[team]!++;
  }
  const all = counts[0]! + counts[1]!;
  return all === 0 ? [0.5, 0.5] : [counts[0]! / all, counts[1]! / all];
}

export interface HeatMap {
  columns: number;
  rows: number;
  /** Row by row from the top left, 0 to 1 of the cell with most. */
  cells: readonly number[];
}

const COLUMNS = 24;
const ROWS = 16;

/** Where these players were, on the whole pitch; keepers stand still and are left out. */
export function heatMap(
  scenes: readonly Scene[],
  lineup: Lineup,
  wanted: (player: number) => boolean,
): HeatMap {
  const counts = Array.from({ length: COLUMNS * ROWS }, () => 0);
  const chosen = lineup.players.flatMap((sheet, i) => (wanted(i) && !sheet.keeper ? [i] : []));
  for (const { figures } of scenes) {
    for (const player of chosen) {
      const figure = figures[player];
      if (figure !== undefined && !figure.sentOff) counts[cellOf(figure, lineup.pitch)]!++;
    }
  }
  const smooth = counts.map((_, i) => around(counts, i));
  const most = Math.max(1e-9, ...smooth);
  return { columns: COLUMNS, rows: ROWS, cells: smooth.map((count) => count / most) };
}

/** Which of so many strips from `-half` to `half` a value lies in. */
function strip(value: number, half: number, strips: number): number {
  return Math.min(strips - 1, Math.max(0, Math.floor(((value + half) / (2 * half)) * strips)));
}

function cellOf({ x, y }: { x: number; y: number }, { halfLength, halfWidth }: PitchSize): number {
  return strip(y, halfWidth, ROWS) * COLUMNS + strip(x, halfLength, COLUMNS);
}

/** A cell and, at half the weight, those beside it. */
function around(counts: readonly number[], at: number): number {
  const column = at % COLUMNS;
  const row = Math.floor(at / COLUMNS);
  let sum = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [x, y] = [column + dx, row + dy];
      if (x < 0 || x >= COLUMNS || y < 0 || y >= ROWS) continue;
      sum += counts[y * COLUMNS + x]! * (dx === 0 ? 1 : 0.5) * (dy === 0 ? 1 : 0.5);
    }
  }
  return sum;
}
