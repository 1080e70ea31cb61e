/** @file A level as plain data, and the check of one that comes from elsewhere. */
import { TouchlineError } from "../error.ts";

/** Where the player and the boxes are. */
export interface Position {
  player: number;
  boxes: readonly number[];
}

/**
 * A room and how play begins in it. A cell is `row * width + column`, from the upper left. The lists are sorted, as the
 * functions here give them; only a box keeps its place in `boxes` when it is pushed.
 */
export interface Level extends Position {
  width: number;
  height: number;
  /** One for each cell. */
  walls: readonly boolean[];
  /** As many as there are boxes. */
  targets: readonly number[];
}

/** Room enough for any published level; the numbers of cells fit 16 bits. */
const MOST_CELLS = 4096;

/** How many boxes stand on targets. */
export function boxesOnTarget({ targets }: Pick<Level, "targets">, boxes: readonly number[]): number {
  let count = 0;
  for (const box of boxes) if (targets.includes(box)) count++;
  return count;
}

export function isSolved({ targets }: Pick<Level, "targets">, boxes: readonly number[]): boolean {
  return targets.every((target) => boxes.includes(target));
}

/** The level itself. Throws `sokoban/level` with what is wrong with it. */
export function checkLevel(level: Level): Level {
  const why = whyNoLevel(level);
  if (why === undefined) return level;
  throw new TouchlineError("sokoban/level", `This is no level that can be played: ${why}.`);
}

function whyNoLevel(level: Level): string | undefined {
  const { width, height, walls, targets, boxes, player } = level;
  const size = width * height;
  if (!isCount(width) || !isCount(height) || size > MOST_CELLS)
    return `it is ${width} x ${height}; expected at most ${MOST_CELLS} cells`;
  if (walls.length !== size) return `it has ${walls.length} cells; expected ${width} x ${height}`;
  if (boxes.length === 0) return "it has no box";
  if (boxes.length !== targets.length) return `it has ${boxes.length} boxes and ${targets.length} targets`;
  for (const cell of [player, ...boxes, ...targets]) {
    if (!Number.isInteger(cell) || cell < 0 || cell >= size) return `there is no cell ${cell}`;
    if (walls[cell] !== false) return `something stands in the wall of cell ${cell}`;
  }
  if (new Set(boxes).size < boxes.length || new Set(targets).size < targets.length)
    return "two boxes or two targets share a cell";
  if (boxes.includes(player)) return "the player stands in a box";
  return reach(level).some((inside, cell) => inside && isEdge(level, cell))
    ? "the player can walk out of it; close its walls"
    : undefined;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function isEdge({ width, height }: Level, cell: number): boolean {
  const column = cell % width;
  return cell < width || cell >= width * (height - 1) || column === 0 || column === width - 1;
}

/** Of each cell, whether the player could walk there if no box stood in the way. */
export function reach({ width, walls, player }: Omit<Level, "targets" | "boxes">): boolean[] {
  const inside = walls.map(() => false);
  inside[player] = true;
  const open = [player];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const column = cell % width;
    const beside = [cell - width, cell + width];
    if (column > 0) beside.push(cell - 1);
    if (column < width - 1) beside.push(cell + 1);
    for (const next of beside) {
      if (walls[next] !== false || inside[next]) continue;
      inside[next] = true;
      open.push(next);
    }
  }
  return inside;
}
