/** @file Levels as text, there and back, and what is no level. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLevel } from "./level.ts";
import { generateLevel } from "./generate.ts";
import { readLevels, readXsb, writeXsb } from "./xsb.ts";

const sizes = fc.constantFrom("small-v0", "small-v1", "v0", "large-v0");

describe("XSB", () => {
  test("names everything that can stand in a cell", () => {
    const text = "######\n#+$*.#\n#  $ #\n######";
    expect(readXsb(text)).toEqual({
      width: 6,
      height: 4,
      walls: text
        .replaceAll("\n", "")
        .split("")
        .map((character) => character === "#"),
      targets: [7, 9, 10],
      boxes: [8, 9, 15],
      player: 7,
    });
    expect(writeXsb(readXsb(text))).toBe(text);
  });

  test("comes back the same from every generated level", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, seed) => {
        const { level } = generateLevel(size, seed);
        expect(readXsb(writeXsb(level))).toEqual(level);
      }),
      { numRuns: 25 },
    );
  });

  test("takes what is written in collections: ragged lines, an outside, marks for floor, other line ends", () => {
    const level = readXsb("  ####\r\n###..#\r\n#@$$-#\r\n#___##\r\n#####\r\n");
    expect(writeXsb(level)).toBe("######\n###..#\n#@$$ #\n#   ##\n######");
  });

  test("holds many levels, with titles and comments between them", () => {
    const file = "; 0\n#####\n#@$.#\n#####\n\nSecond\n\n######\n#@ $.#\n######\nAuthor: nobody\n";
    expect(readLevels(file).map((level) => level.width)).toEqual([5, 6]);
    expect(() => readXsb(file)).toThrow(expect.objectContaining({ code: "sokoban/xsb" }) as Error);
  });

  test.each([
    ["nothing", "", "sokoban/xsb", "no level"],
    ["another character", "#####\n#@$.#\n##x##", "sokoban/xsb", '"##x##"'],
    ["no player", "#####\n# $.#\n#####", "sokoban/xsb", "no player"],
    ["two players", "######\n#@$.@#\n######", "sokoban/xsb", "2 players"],
    ["no box", "#####\n#@  #\n#####", "sokoban/level", "no box"],
    ["a target too many", "######\n#@$..#\n######", "sokoban/level", "1 boxes and 2 targets"],
    ["a hole in the wall", "#####\n#@$. \n#####", "sokoban/level", "walk out"],
  ])("refuses %s", (_, text, code, says) => {
    const refusal = expect.objectContaining({
      code,
      message: expect.stringContaining(says) as string,
    }) as Error;
    expect(() => readXsb(text)).toThrow(refusal);
  });
});

describe("a level given as data", () => {
  const level = readXsb("######\n#@$ .#\n######");

  test.each([
    ["a cell that there is not", { player: 99 }, "no cell 99"],
    ["a box in the wall", { boxes: [0] }, "wall"],
    ["a player in a box", { player: 8 }, "stands in a box"],
    ["two boxes in one", { boxes: [8, 8], targets: [9, 10] }, "share a cell"],
    ["a size that is not that of its walls", { width: 7 }, "expected 7 x 3"],
    ["no size", { width: 0 }, "it is 0 x 3"],
  ])("refuses %s", (_, change, says) => {
    expect(() => checkLevel({ ...level, ...change })).toThrow(
      expect.objectContaining({
        code: "sokoban/level",
        message: expect.stringContaining(says) as string,
      }) as Error,
    );
  });
});
