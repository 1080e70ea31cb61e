/** @file Where several are the least or the largest, they share the gradient as in torch, which gave these numbers. */
import { expect, it } from "vitest";
import { float } from "../model/evaluate.ts";
import { maximum, minimum, mul, reduceMax, reduceSum } from "../../agent/graph/ops/index.ts";
import { gradientsOf } from "./gradients-of.ts";

const ROW = float([1, 3], [1, 2, 3]);
const COLUMN = float([3, 1], [1, 2.5, 3]);
const WEIGHTS = float([3, 3], [1, 2, 4, 8, 16, 32, 64, 128, 256]);

it.each([
  ["minimum", minimum, [72.5, 144, 128], [6.5, 32, 128]],
  ["maximum", maximum, [0.5, 2, 164], [0.5, 24, 320]],
] as const)("%s of a row and a column", async (_name, op, row, column) => {
  const found = await gradientsOf([ROW, COLUMN], [WEIGHTS], (g, a, b, weights) =>
    reduceSum(g, mul(g, op(g, a, b), weights), [0, 1]),
  );
  expect(found.map(({ values }) => values)).toEqual([row, column]);
});

it.each([minimum, maximum])("a value and itself", async (op) => {
  const [found] = await gradientsOf([float([], [2])], [], (g, a) => mul(g, op(g, a, a), g.scalar(3)));
  expect(found!.values).toEqual([3]);
});

it.each([
  [[0], [12, 24, 0, 0, 0, 0, 0, 0, 0, 0, 36, 48]],
  [[1], [4, 4, 0, 4, 6, 6, 6, 6, 0, 0, 18, 18]],
  [
    [0, 1],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 6],
  ],
])("the largest over axes %j", async (axes, expected) => {
  const x = float([3, 4], [5, 5, 1, 5, 2, 2, 2, 2, 0, -1, 7, 7]);
  const count = axes.length === 2 ? 1 : axes[0] === 0 ? 4 : 3;
  const weights = float(
    axes.length === 2 ? [] : [count],
    Array.from({ length: count }, (_, i) => 12 * (i + 1)),
  );
  const [found] = await gradientsOf([x], [weights], (g, x, weights) => {
    const weighed = mul(g, reduceMax(g, x, axes), weights);
    return reduceSum(g, weighed, [...weighed.shape.keys()]);
  });
  expect(found!.values).toEqual(expected);
});
