/** @file The generator: every level can be solved, each seed has its own, and what gym-sokoban promises holds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateLevel } from "./generate.ts";
import { checkLevel, isSolved, type Position } from "./level.ts";
import { moved } from "./rules.ts";
import { playPlan } from "./score.ts";
import { solve } from "./solver/index.ts";
import { roomSize, VARIANTS, type Variant } from "./variant.ts";
import { writeXsb } from "./xsb.ts";

const NAMES = Object.keys(VARIANTS) as Variant[];

test.each(NAMES)("the solution of a level of %s solves it, and each of its moves moves", (size) => {
  for (let seed = 0; seed < 5; seed++) {
    const { level, solution } = generateLevel(size, seed);
    let position: Position = checkLevel(level);
    for (const move of solution) {
      expect(isSolved(level, position.boxes)).toBe(false);
      const next = moved(level, position, move);
      expect(next).not.toBe(position);
      position = next;
    }
    expect(isSolved(level, position.boxes)).toBe(true);
  }
});

test("no box begins on a target, nor does the player, and the size is what was asked for", () => {
  const size = fc.record({
    width: fc.integer({ min: 7, max: 13 }),
    height: fc.integer({ min: 7, max: 13 }),
    boxes: fc.integer({ min: 2, max: 5 }),
  });
  fc.assert(
    fc.property(size, fc.nat(), (size, seed) => {
      const { level } = generateLevel(size, seed);
      expect(level).toMatchObject({ width: size.width, height: size.height });
      expect(level.boxes).toHaveLength(size.boxes);
      const still = [level.player, ...level.boxes].filter((cell) => level.targets.includes(cell));
      expect(still).toEqual([]);
      const { width } = level;
      const edge = level.walls.filter((_, i) => i < width || i % width === 0 || (i + 1) % width === 0);
      expect(edge).not.toContain(false);
    }),
    { numRuns: 25 },
  );
});

test("a seed gives the same level again", () => {
  expect(generateLevel("v0", 7)).toEqual(generateLevel(VARIANTS.v0, 7));
});

// Without care for it some eight of these would come twice: there are not that many rooms of 7 x 7.
test("1,024 seeds in a row give as many levels", () => {
  const levels = Array.from({ length: 1024 }, (_, i) => writeXsb(generateLevel("small-v0", 5000 + i).level));
  expect(new Set(levels).size).toBe(1024);
});

test("very small rooms are found as well", () => {
  for (let seed = 0; seed < 5; seed++) {
    const { level, solution } = generateLevel({ width: 5, height: 5, boxes: 1 }, seed);
    expect(playPlan(level, solution, 300).solved).toBe(true);
  }
});

test("the levels of a few seeds are those that they always were", () => {
  const levels = (["small-v0", "v1"] as const).map((size) => writeXsb(generateLevel(size, 1).level));
  expect(`\n${levels.join("\n\n")}\n`).toMatchInlineSnapshot(`
    "
    #######
    ####  #
    ####. #
    ####$ #
    ####@ #
    # . $ #
    #######

    ##########
    #   .$   #
    # $ .   ##
    # $##   ##
    #  ##  ###
    #   #   ##
    #    ..###
    # $    ###
    # @  #####
    ##########
    "
  `);
});

test("the shortest plan is no longer than the generator's own", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { level, solution } = generateLevel("v0", seed);
    const best = solve(level);
    expect(best.status === "solved" && best.plan.length).toBeLessThanOrEqual(solution.length);
  }
});

test.each([
  ["tiny", "sokoban/variant"],
  [{ width: 4, height: 7, boxes: 2 }, "sokoban/size"],
  [{ width: 7, height: 7.5, boxes: 2 }, "sokoban/size"],
  [{ width: 7, height: 7, boxes: 0 }, "sokoban/size"],
  [{ width: 7, height: 7, boxes: 2, walk: 0 }, "sokoban/size"],
])("refuses the size %j", (size, code) => {
  expect(() => roomSize(size as Variant)).toThrow(expect.objectContaining({ code }) as Error);
});

test("says so when no room has place for its boxes", () => {
  expect(() => generateLevel({ width: 5, height: 5, boxes: 8, walk: 1 }, 0)).toThrow(
    expect.objectContaining({ code: "sokoban/no-level" }) as Error,
  );
});
