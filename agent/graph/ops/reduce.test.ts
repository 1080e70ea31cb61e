/** @file Operators over whole axes against plain loops. */
import { describe, expect, it } from "vitest";
import { evaluate, expectAbout, float, ints } from "../../../tests/model/evaluate.ts";
import { cumulativeSum, reduceMax, reduceMean, reduceSum, rmsNorm, softmax } from "./reduce.ts";

/** [2, 3, 2] */
const X = [1, -2, 3, 4, 0.5, 6, -7, 8, 9, 10, 11, -12];

/** The values that fall together, by the axes that stay. */
function groupsOf(axes: readonly number[]): number[][] {
  const shape = [2, 3, 2];
  const groups: number[][] = [];
  X.forEach((value, place) => {
    const index = [Math.floor(place / 6), Math.floor(place / 2) % 3, place % 2];
    const group = index.reduce((at, i, axis) => (axes.includes(axis) ? at : at * shape[axis]! + i), 0);
    (groups[group] ??= []).push(value);
  });
  return groups;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe("over axes", () => {
  const table: [axes: number[], found: number[], kept: number[]][] = [
    [[0], [3, 2], [1, 3, 2]],
    [[1], [2, 2], [2, 1, 2]],
    [[-1], [2, 3], [2, 3, 1]],
    [[0, 2], [3], [1, 3, 1]],
    [[0, 1, 2], [], [1, 1, 1]],
  ];
  const OPS = [
    ["sum", reduceSum, sum],
    ["mean", reduceMean, (values: number[]) => sum(values) / values.length],
    ["max", reduceMax, (values: number[]) => Math.max(...values)],
  ] as const;
  for (const [name, op, f] of OPS) {
    it.each(table)(`${name} over %j`, async (axes, shape, kept) => {
      const expected = groupsOf(axes.map((axis) => (axis + 3) % 3)).map(f);
      const given = [float([2, 3, 2], X, ["n", 3, 2])];
      expectAbout(await evaluate(given, (g, x) => op(g, x, axes)), shape, expected);
      expectAbout(await evaluate(given, (g, x) => op(g, x, axes, true)), kept, expected);
    });
  }

  it.each([true, false])("none of them is the value itself, keep: %s", async (keep) => {
    for (const [, op] of OPS) {
      expectAbout(await evaluate([float([2, 3, 2], X)], (g, x) => op(g, x, [], keep)), [2, 3, 2], X);
    }
  });

  it("of integers", async () => {
    const given = [ints([2, 2], [1, -2, 3, 4])];
    expect((await evaluate(given, (g, x) => reduceSum(g, x, [1]))).values).toEqual([-1, 7]);
    expect((await evaluate(given, (g, x) => reduceMax(g, x, [0]))).values).toEqual([3, 4]);
  });

  it("the sum over nothing is 0", async () => {
    expectAbout(await evaluate([float([2, 0], [], [2, "n"])], (g, x) => reduceSum(g, x, [1])), [2], [0, 0]);
  });
});

describe("cumulativeSum", () => {
  it.each([
    [0, [1, -2, 4, 2]],
    [-1, [1, -1, 3, 7]],
  ])("along axis %i", async (axis, expected) => {
    const found = await evaluate([ints([2, 2], [1, -2, 3, 4])], (g, x) => cumulativeSum(g, x, axis));
    expect(found).toEqual({ type: "int64", shape: [2, 2], values: expected });
  });
});

describe("softmax", () => {
  it("over the last axis, also of large values and of masked ones", async () => {
    const rows = [
      [1, 2, 3],
      [1000, 1000, 999],
      [0, -1e9, 0],
      [-1e9, -1e9, -1e9],
    ];
    const found = await evaluate([float([4, 3], rows.flat())], (g, x) => softmax(g, x));
    const expected = rows.flatMap((row) => {
      const weights = row.map((value) => Math.exp(value - Math.max(...row)));
      return weights.map((weight) => weight / sum(weights));
    });
    expectAbout(found, [4, 3], expected);
  });
});

describe("rmsNorm", () => {
  it.each([1e-6, 0.5])("with epsilon %f", async (epsilon) => {
    const weight = [0.5, 2, -1];
    const rows = [
      [1, 2, 3],
      [-4, 0, 0.25],
      [0, 0, 0],
    ];
    const found = await evaluate([float([3, 3], rows.flat(), ["n", 3]), float([3], weight)], (g, x, w) =>
      rmsNorm(g, x, w, epsilon),
    );
    const expected = rows.flatMap((row) => {
      const scale = 1 / Math.sqrt(sum(row.map((value) => value * value)) / 3 + epsilon);
      return row.map((value, i) => value * scale * weight[i]!);
    });
    expectAbout(found, [3, 3], expected);
  });
});
