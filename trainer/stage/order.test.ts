/** @file Which examples a step learns, and in which parts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { microBatches } from "./micro-batches.ts";
import { makeOrder, type Place, START } from "./order.ts";

/** The steps of so many passes. */
function passes(examples: number, batchSize: number, seed: number, epochs: number) {
  const order = makeOrder(examples, batchSize, seed);
  const steps: { members: number[]; from: Place }[] = [];
  for (let place = START; place.epoch < epochs;) {
    const drawn = order.draw(place);
    steps.push({ members: drawn.members, from: place });
    place = drawn.place;
  }
  return steps;
}

describe("order", () => {
  test("has every example once a pass, and is another in the next and for another seed", () => {
    const steps = passes(10, 4, 1, 2);
    expect(steps.map(({ members }) => members.length)).toEqual([4, 4, 2, 4, 4, 2]);
    const [first, second] = [0, 3].map((from) =>
      steps.slice(from, from + 3).flatMap(({ members }) => members),
    );
    const all = Array.from({ length: 10 }, (_, i) => i);
    expect(first!.toSorted((a, b) => a - b)).toEqual(all);
    expect(second!.toSorted((a, b) => a - b)).toEqual(all);
    expect(second).not.toEqual(first);
    expect(passes(10, 4, 2, 1).flatMap(({ members }) => members)).not.toEqual(first);
  });

  test("goes on from any place as if it had never stopped, and knows how many steps are left", () => {
    const steps = passes(13, 5, 7, 3);
    steps.forEach(({ members, from }, done) => {
      const fresh = makeOrder(13, 5, 7);
      expect(fresh.draw(from).members).toEqual(members);
      expect(fresh.stepsLeft(from, 3)).toBe(steps.length - done);
    });
    expect(makeOrder(13, 5, 7).stepsLeft({ epoch: 3, next: 0 }, 3)).toBe(0);
  });
});

describe("micro-batches", () => {
  test("hold what is alike in length, the longest first", () => {
    expect(microBatches([3, 90, 5, 100, 4], 200)).toEqual([
      [3, 1],
      [2, 4, 0],
    ]);
  });

  test("have everything once and keep to the tokens, unless they are a single example", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 120 }), (given, tokens) => {
        const parts = microBatches(given, tokens);
        expect(parts.flat().toSorted((a, b) => a - b)).toEqual([...given.keys()]);
        for (const part of parts) {
          const padded = part.length * Math.max(...part.map((place) => given[place]!));
          expect(part.length === 1 || padded <= tokens).toBe(true);
        }
      }),
    );
  });
});
