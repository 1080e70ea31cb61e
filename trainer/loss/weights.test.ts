/** @file What means are taken over. */
import { expect, test } from "vitest";
import { constantWeights, sequenceWeights, tokenWeights, toRows } from "./index.ts";

const LENGTHS = [4, 0, 1, 3];

test("each token of the step counts the same", () => {
  expect(tokenWeights(LENGTHS)).toEqual([1 / 8, 1 / 8, 1 / 8, 1 / 8]);
});

test("each sequence that has tokens counts the same", () => {
  expect(sequenceWeights(LENGTHS)).toEqual([1 / 12, 0, 1 / 3, 1 / 9]);
});

test("each token counts the same whatever the lengths", () => {
  expect(constantWeights(LENGTHS, 10)).toEqual([1 / 40, 1 / 40, 1 / 40, 1 / 40]);
});

test("the weights of all rows add up to 1 where they make a mean", () => {
  for (const weights of [tokenWeights, sequenceWeights]) {
    const rows = toRows(weights(LENGTHS), LENGTHS);
    expect(rows.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
  }
});

test("rows are laid out sequence after sequence", () => {
  expect(toRows([1, 2, 3, 4], LENGTHS)).toEqual(Float32Array.of(1, 1, 1, 1, 3, 4, 4, 4));
});
