import fc from "fast-check";
import { expect, test } from "vitest";
import { LISTED_MAX, listedAround } from "./listed.ts";

test("a short list is shown as a whole, the newest of a long one when they are current", () => {
  expect(listedAround(-1, 0)).toEqual({ from: 0, to: 0 });
  expect(listedAround(20, 50)).toEqual({ from: 0, to: 50 });
  expect(listedAround(999, 1000)).toEqual({ from: 940, to: 1000 });
  expect(listedAround(-1, 1000)).toEqual({ from: 0, to: 60 });
});

test("what is current is always in the part that is shown, with some of what is around it", () => {
  const list = fc
    .integer({ min: 1, max: 5000 })
    .chain((count) => fc.tuple(fc.nat(count - 1), fc.constant(count)));
  fc.assert(
    fc.property(list, ([current, count]) => {
      const { from, to } = listedAround(current, count);
      expect(to - from).toBe(Math.min(count, LISTED_MAX));
      expect(from).toBeLessThanOrEqual(Math.max(0, current - 15));
      expect(to).toBeGreaterThanOrEqual(Math.min(count, current + 15));
    }),
  );
});
