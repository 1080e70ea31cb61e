/** @file Digs a room as gym-sokoban does: a random walk that leaves one of five small shapes at each step. */
import { chance, integer, type Random } from "../random.ts";
import type { RoomSize } from "./variant.ts";

/** What is free around a place of the walk, as rows and columns from it. */
const SHAPES: readonly (readonly (readonly [row: number, column: number])[])[] = [
  "000 111 000",
  "010 010 010",
  "000 110 010",
  "000 110 110",
  "000 011 010",
].map((rows) =>
  rows
    .split(" ")
    .flatMap((row, y) => row.split("").flatMap((free, x) => (free === "1" ? [[y - 1, x - 1] as const] : []))),
);
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
const TURN = 0.35;

/** Of each cell, 1 for a wall and 0 for floor. The free ones hang together, for every shape holds its middle. */
export function digRoom({ width, height, walk }: Required<RoomSize>, random: Random): Uint8Array {
  const walls = new Uint8Array(width * height).fill(1);
  let direction = STEPS[integer(random, 4)]!;
  let row = 1 + integer(random, height - 1);
  let column = 1 + integer(random, width - 1);
  for (let step = 0; step < walk; step++) {
    if (chance(random, TURN)) direction = STEPS[integer(random, 4)]!;
    row = Math.max(1, Math.min(row + direction[0], height - 2));
    column = Math.max(1, Math.min(column + direction[1], width - 2));
    for (const [down, right] of SHAPES[integer(random, SHAPES.length)]!)
      walls[(row + down) * width + column + right] = 0;
  }
  walls.fill(1, 0, width).fill(1, width * (height - 1));
  for (let edge = 0; edge < walls.length; edge += width) {
    walls[edge] = 1;
    walls[edge + width - 1] = 1;
  }
  return walls;
}
