/** @file Digs a room as gym-sokoban does: a random walk that leaves one of five small shapes at each step. */
import { chance, integer, type Random } from "../random.ts";
import type { RoomSize } from "./variant.ts";

/** What is free around a place of the walk, three rows of three. */
const SHAPES = ["000 111 000", "010 010 010", "000 110 010", "000 110 110", "000 011 010"].map((rows) =>
  rows.split(" ").map((row) => row.split("").map(Number)),
);
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
const TURN = 0.35;

/** Of each cell, whether it is a wall. The free ones hang together, for every shape holds its middle. */
export function digRoom({ width, height, walk }: Required<RoomSize>, random: Random): boolean[] {
  const walls = Array.from({ length: width * height }, () => true);
  let direction = STEPS[integer(random, 4)]!;
  let row = 1 + integer(random, height - 1);
  let column = 1 + integer(random, width - 1);
  for (let step = 0; step < walk; step++) {
    if (chance(random, TURN)) direction = STEPS[integer(random, 4)]!;
    row = Math.max(1, Math.min(row + direction[0], height - 2));
    column = Math.max(1, Math.min(column + direction[1], width - 2));
    const shape = SHAPES[integer(random, SHAPES.length)]!;
    for (let y = Math.max(1, row - 1); y <= Math.min(row + 1, height - 2); y++) {
      for (let x = Math.max(1, column - 1); x <= Math.min(column + 1, width - 2); x++) {
        if (shape[y - row + 1]![x - column + 1] === 1) walls[y * width + x] = false;
      }
    }
  }
  return walls;
}
