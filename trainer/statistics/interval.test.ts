import * as fc from "fast-check";
import { expect, test } from "vitest";
import { apart, meanOf, pairedDifference, studentMean, wilson } from "./interval.ts";

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

// Worked out with scipy, apart from this code.
test.each([
  [[0.4, 0.6], 0.5, -0.7706],
  [[0.62, 0.7, 0.55, 0.68, 0.71], 0.652, 0.569],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 3.3341],
])("the mean of few, %j, has the interval of Student's t", (values, mean, low) => {
  const found = studentMean(values);
  expect(found.mean).toBeCloseTo(mean, 4);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high - mean).toBeCloseTo(mean - found.low, 4);
});

test("Student's intervals are for two to ten values", () => {
  expect(studentMean([3])).toEqual({ n: 1, mean: 3, low: -Infinity, high: Infinity });
  expect(studentMean([])).toEqual({ n: 0, mean: 0, low: -Infinity, high: Infinity });
  expect(() => studentMean(Array.from({ length: 11 }, () => 1))).toThrow(RangeError);
});

// Worked out with scipy (ttest_rel), apart from this code.
test("pairs tell a difference that the intervals of both do not", () => {
  const one = [0.8, 0.7, 0.9, 0.75, 0.85];
  const other = [0.7, 0.65, 0.85, 0.6, 0.8];
  const { mean, low, high } = pairedDifference(one, other);
  expect(mean).toBeCloseTo(0.08, 4);
  expect(low).toBeCloseTo(0.0245, 4);
  expect(high).toBeCloseTo(0.1355, 4);
  expect(studentMean(one).low).toBeLessThan(studentMean(other).high);
  expect(() => pairedDifference(one, [0.7])).toThrow(RangeError);
});
