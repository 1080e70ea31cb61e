import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsIn, judgeClaims } from "./claim.ts";
import type { Place, Sight } from "./sight.ts";
import { seenWords } from "./thought.ts";

const metres = (most: number): fc.Arbitrary<number> => fc.integer({ min: -most, max: most });
const place: fc.Arbitrary<Place> = fc.record({ x: metres(52), y: metres(34) });
const sight: fc.Arbitrary<Sight> = fc.record(
  {
    me: place,
    ball: place,
    keeper: place,
    opponents: fc.array(place, { maxLength: 4 }),
    mates: fc.array(fc.record({ number: fc.integer({ min: 1, max: 11 }), x: metres(52), y: metres(34) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ["me", "ball", "opponents", "mates"] },
);

const SIGHT: Sight = {
  me: { x: 48, y: 6 },
  ball: { x: 45, y: 6 },
  keeper: { x: 30, y: 0 },
  opponents: [],
  mates: [],
};

test("all is right that a thought says which is made from what is seen", () => {
  fc.assert(
    fc.property(sight, (seen) => {
      const judged = judgeClaims(`<think>${seenWords(seen)} Shoot</think>`, seen);
      expect(Object.values(judged).every(Boolean)).toBe(true);
      expect(Object.keys(judged)).toContain("has");
    }),
  );
});

describe("of a ball three metres off", () => {
  test.each([
    ["Me 48 6, ball 45 6, keeper 30 0, near 30 0. Ball free 3, goal 6 top right open", []],
    ["Me 48 6, ball 48 6, keeper 30 0, near 30 0. Ball mine 1, goal 6 top right open", ["has"]],
    ["Me 48 6, ball 48 6, keeper 30 0, near 30 0. Ball free 5, goal 6 top right shut", ["has", "way"]],
    ["Me 48 6, ball 38 6, keeper 30 0, near 30 6. Ball free 3, goal 6 top right open", ["ball", "near"]],
    ["Ball free 3, goal 6 top right open", ["me", "ball", "keeper", "near"]],
    ["I shoot.", ["me", "ball", "keeper", "near", "has", "way"]],
  ])("%s", (thought, wrong) => {
    const judged = Object.entries(judgeClaims(thought, SIGHT));
    expect(judged.filter(([, isRight]) => !isRight).map(([claim]) => claim)).toEqual(wrong);
  });
});

test("the first words that make a claim count, and are told by their place", () => {
  const text = "Me 3 -6, ball 9 9. Ball free 13, goal 51 right open, near 16. me 1 1, ball mine 1";
  const told = Object.entries(claimsIn(text)).map(([claim, { from, to }]) => [claim, text.slice(from, to)]);
  expect(Object.fromEntries(told)).toEqual({ me: " 3 -6", ball: " 9 9", has: " free 13", way: "open" });
});
