/** @file gym-sokoban's rules as a table: a room, a move, the room after it and the reward. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { act, possibleActions } from "./action.ts";
import { generateLevel } from "./generate.ts";
import { type Move, moved, MOVES, rewardTenths } from "./rules.ts";
import { readXsb, writeXsb } from "./xsb.ts";

/** A corridor between walls, written without them. */
function corridor(inside: string): string {
  const wall = "#".repeat(inside.length + 2);
  return `${wall}\n#${inside}#\n${wall}`;
}

describe("a move", () => {
  test.each<[what: string, before: string, move: Move, after: string, reward: number]>([
    ["walks", "@ $.", "right", " @$.", -0.1],
    ["stays before a wall", "@ $.", "left", "@ $.", -0.1],
    ["stays before the wall above", "@ $.", "up", "@ $.", -0.1],
    ["pushes", "@$ .", "right", " @$.", -0.1],
    ["pushes onto a target, with others open", "@$.$.", "right", " @*$.", 0.9],
    ["pushes the last box onto its target", " @$.*", "right", "  @**", 10.9],
    ["pushes off a target", "@* $.", "right", " +$$.", -1.1],
    ["pushes from target to target", "@*. $", "right", " +* $", -0.1],
    ["pulls nothing", " $@ .", "right", " $ @.", -0.1],
    ["stays before a box at a wall", ".. @$$", "right", ".. @$$", -0.1],
    ["stays before two boxes in a row", "@$$ ..", "right", "@$$ ..", -0.1],
    ["stays before a box and a box on its target", "@$* .", "right", "@$* .", -0.1],
    ["walks onto a target", "@.$", "right", " +$", -0.1],
    ["walks off a target", " +$", "left", "@.$", -0.1],
  ])("%s", (_, before, move, after, reward) => {
    const level = readXsb(corridor(before));
    const next = moved(level, level, move);
    expect(writeXsb(level, next)).toBe(corridor(after));
    expect(rewardTenths(level, level, next) / 10).toBe(reward);
    expect(next === level).toBe(before === after);
  });

  test("goes the same way in all four directions", () => {
    const level = readXsb(
      ["#######", "#  .  #", "#  $  #", "#.$@$.#", "#  $  #", "#  .  #", "#######"].join("\n"),
    );
    const ends = MOVES.map((move) => writeXsb(level, moved(level, level, move)).split("\n"));
    expect(ends[0]!.map((row) => row[3])).toEqual(["#", "*", "@", " ", "$", ".", "#"]);
    expect(ends[1]!.map((row) => row[3])).toEqual(["#", ".", "$", " ", "@", "*", "#"]);
    expect(ends[2]![3]).toBe("#*@ $.#");
    expect(ends[3]![3]).toBe("#.$ @*#");
  });

  test("never loses a box, never enters a wall, and leaves what was before as it was", () => {
    const play = fc.record({
      seed: fc.nat(500),
      moves: fc.array(fc.constantFrom(...MOVES), { maxLength: 60 }),
    });
    fc.assert(
      fc.property(play, ({ seed, moves }) => {
        const { level } = generateLevel("small-v1", seed);
        const text = writeXsb(level);
        let position = { player: level.player, boxes: level.boxes };
        for (const move of moves) {
          position = moved(level, position, move);
          const things = [position.player, ...position.boxes];
          expect(new Set(things).size).toBe(level.boxes.length + 1);
          expect(things.filter((cell) => level.walls[cell] !== false)).toEqual([]);
        }
        expect(writeXsb(level)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

describe("an action", () => {
  const level = readXsb(corridor(" @$ ."));

  test.each([
    ["push", "right", "  @$."],
    ["push", 3, "  @$."],
    ["push", 2, "@ $ ."],
    ["gym", "no operation", " @$ ."],
    ["gym", 0, " @$ ."],
    ["gym", "push right", "  @$."],
    ["gym", 4, "  @$."],
    ["gym", "move right", " @$ ."],
    ["gym", 8, " @$ ."],
    ["gym", "move left", "@ $ ."],
    ["gym", 7, "@ $ ."],
  ] as const)("of the set %s: %s", (set, action, after) => {
    expect(writeXsb(level, act(level, level, set, action))).toBe(corridor(after));
  });

  test.each([
    ["push", 4],
    ["push", -1],
    ["push", 1.5],
    ["push", "Right"],
    ["gym", 9],
    ["gym", "right"],
  ] as const)("that there is not is refused: %s %s", (set, action) => {
    expect(() => act(level, level, set, action)).toThrow(
      expect.objectContaining({ code: "action/unknown" }) as Error,
    );
  });

  test("is possible when it moves something", () => {
    expect(possibleActions(level, level, "gym").filter(({ possible }) => possible)).toEqual([
      { action: "no operation", possible: true },
      { action: "push left", possible: true },
      { action: "push right", possible: true },
      { action: "move left", possible: true },
    ]);
    const reasons = possibleActions(level, level, "gym").flatMap(
      ({ action, reason }) => reason && [action, reason],
    );
    expect(reasons).toContain("a box stands there");
    expect(possibleActions(level, level, "push")[0]).toEqual({
      action: "up",
      possible: false,
      reason: "the way is blocked",
    });
  });
});
