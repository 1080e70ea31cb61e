/** @file What questions are made of by chance. */
import { integer, type Random } from "../../env/random.ts";
import { GOAL, type Place } from "./sight.ts";

/** One of a list that has some. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[integer(random, list.length)]!;
}

/** An integer from `low` to `high`, both included. */
export function within(random: Random, low: number, high: number): number {
  return low + integer(random, high - low + 1);
}

/** Half the width of the pitch. */
const SIDE = 34;

/** A place on the pitch. */
export function somewhere(random: Random): Place {
  return { x: within(random, -GOAL.x, GOAL.x), y: within(random, -SIDE, SIDE) };
}

/** A place on the pitch, at most so far from another along and across. */
export function around(random: Random, { x, y }: Place, most: number): Place {
  return {
    x: within(random, Math.max(-GOAL.x, x - most), Math.min(GOAL.x, x + most)),
    y: within(random, Math.max(-SIDE, y - most), Math.min(SIDE, y + most)),
  };
}
