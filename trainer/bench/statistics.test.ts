import * as fc from "fast-check";
import { expect, test } from "vitest";
import { apart, meanOf, wilson } from "./statistics.ts";

// Worked out in Python, apart from this code.
test.each([
  [0, 10, 0, 0.2775],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [190, 200, 0.9104, 0.9726],
  [1, 200, 0.0009, 0.0278],
])("%i of %i has the interval of the formula", (k, n, low, high) => {
  const rate = wilson(k, n);
  expect(rate.low).toBeCloseTo(low, 4);
  expect(rate.high).toBeCloseTo(high, 4);
});

test("any interval holds its mean, lies within 0 and 1 and narrows with more trials", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const k = Math.floor(share * n);
      const { mean, low, high } = wilson(k, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
      expect(high).toBeLessThanOrEqual(1);
      const more = wilson(k * 4, n * 4);
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
  );
});

test("without trials nothing is known", () => {
  expect(wilson(0, 0)).toEqual({ n: 0, k: 0, mean: 0, low: 0, high: 1 });
});

test("intervals are apart when no rate fits both", () => {
  expect(apart(wilson(0, 200), wilson(190, 200))).toBe(true);
  expect(apart(wilson(100, 200), wilson(110, 200))).toBe(false);
});

// Worked out in Python, apart from this code.
test.each([
  [[1, 2, 3, 4], 2.5, 1.2348],
  [[5, 5, 5], 5, 5],
  [[-1, 0, 1, 1, 0, -1], 0, -0.7157],
])("the mean of %j has the interval of the formula", (values, mean, low) => {
  const found = meanOf(values);
  expect(found.mean).toBeCloseTo(mean, 10);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high - mean).toBeCloseTo(mean - found.low, 10);
});

test("one value tells nothing of the mean", () => {
  expect(meanOf([3])).toEqual({ n: 1, mean: 3, low: -Infinity, high: Infinity });
  expect(meanOf([])).toEqual({ n: 0, mean: 0, low: -Infinity, high: Infinity });
});
