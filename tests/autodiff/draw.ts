/** @file Random inputs of operators: shapes with numbers and names, numbers in a range, and such as never tie. */
import type { Dimension } from "../../agent/graph/index.ts";
import { sizeOf } from "../../agent/graph/index.ts";
import { between, chance, integer, type Random } from "../../env/random.ts";
import { float, type Given } from "../model/evaluate.ts";

/** How long it is, and what the graph calls that: a number or a name. */
export interface Axis {
  length: number;
  dimension: Dimension;
}

export const ONE: Axis = { length: 1, dimension: 1 };

/** An axis whose length the graph may know only by `name`. */
export function drawAxis(random: Random, name: string, most = 3): Axis {
  const length = 1 + integer(random, most);
  return { length, dimension: chance(random, 0.5) ? name : length };
}

export function drawAxes(random: Random, rank: number, stem = "a"): Axis[] {
  return Array.from({ length: rank }, (_, i) => drawAxis(random, `${stem}${i}`));
}

/** An axis whose length the graph knows. */
export function fixedAxis(length: number): Axis {
  return { length, dimension: length };
}

/** Axes that can be stretched to these: some of length 1, leading ones left out. */
export function thinned(random: Random, axes: readonly Axis[]): Axis[] {
  const kept = chance(random, 0.3) ? axes.slice(integer(random, axes.length + 1)) : axes;
  return kept.map((axis) => (chance(random, 0.3) ? ONE : axis));
}

export function lengthsOf(axes: readonly Axis[]): number[] {
  return axes.map(({ length }) => length);
}

export function dimensionsOf(axes: readonly Axis[]): Dimension[] {
  return axes.map(({ dimension }) => dimension);
}

export function given(axes: readonly Axis[], values: readonly number[]): Given {
  return float(lengthsOf(axes), values.map(Math.fround), dimensionsOf(axes));
}

export function drawNumbers(random: Random, axes: readonly Axis[], low = -2, high = 2): Given {
  const values = Array.from({ length: sizeOf(lengthsOf(axes)) }, () => between(random, low, high));
  return given(axes, values);
}

/** Multiples of a quarter around 0, each once: no two are equal or nearly so. */
export function drawDistinct(random: Random, axes: readonly Axis[]): Given {
  const count = sizeOf(lengthsOf(axes));
  return given(
    axes,
    shuffled(
      random,
      Array.from({ length: count }, (_, i) => (i - count / 2) / 4),
    ),
  );
}

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(integer(random, rest.length), 1)[0]!);
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[integer(random, list.length)]!;
}
