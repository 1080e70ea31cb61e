/** @file The solver against breadth-first search over single moves, which knows nothing of pushes, bounds and freezing. */
import { describe, expect, test } from "vitest";
import { integer, makeRandom } from "../../random.ts";
import { generateLevel } from "../generate.ts";
import { isSolved, type Level, type Position } from "../level.ts";
import { digRoom } from "../room.ts";
import { moved, MOVES } from "../rules.ts";
import { readXsb, writeXsb } from "../xsb.ts";
import { solve } from "./solve.ts";

function key({ player, boxes }: Position): string {
  return String.fromCharCode(player, ...boxes.toSorted((a, b) => a - b));
}

/** The fewest moves, or undefined when there is no solution. */
function fewestMoves(level: Level): number | undefined {
  const seen = new Set([key(level)]);
  let now: Position[] = [{ player: level.player, boxes: level.boxes }];
  for (let moves = 0; now.length > 0; moves++) {
    if (now.some(({ boxes }) => isSolved(level, boxes))) return moves;
    const later: Position[] = [];
    for (const position of now) {
      for (const move of MOVES) {
        const next = moved(level, position, move);
        const name = next === position ? "" : key(next);
        if (name === "" || seen.has(name)) continue;
        seen.add(name);
        later.push(next);
      }
    }
    now = later;
  }
  return undefined;
}

/** Targets anywhere in a room, and boxes where something can be done with them: often they cannot be brought together. */
function strewn(seed: number): Level | undefined {
  const size = { width: 7, height: 7, boxes: 2, walk: 30 };
  const random = makeRandom(seed, 9);
  const walls = Array.from(digRoom(size, random), (wall) => wall === 1);
  const free = walls.flatMap((wall, cell) => (wall ? [] : [cell]));
  const draw = (cells: number[]): number => cells.splice(integer(random, cells.length), 1)[0]!;
  const loose = free.filter(
    (cell) => [-7, 7, -1, 1].filter((step) => walls[cell + step] === false).length > 2,
  );
  if (loose.length < 3) return undefined;
  const boxes = [draw(loose), draw(loose)].sort((a, b) => a - b);
  const targets = [draw(free), draw(free)].sort((a, b) => a - b);
  const player = draw(free.filter((cell) => !boxes.includes(cell)));
  return { width: 7, height: 7, walls, targets, boxes, player };
}

function expectSolved(level: Level): number {
  const solution = solve(level);
  if (solution.status !== "solved") throw new Error(`${solution.status}:\n${writeXsb(level)}`);
  let position: Position = level;
  let pushes = 0;
  for (const move of solution.plan) {
    const next = moved(level, position, move);
    if (next.boxes !== position.boxes) pushes++;
    position = next;
  }
  expect(isSolved(level, position.boxes)).toBe(true);
  expect(solution.pushes).toBe(pushes);
  return solution.plan.length;
}

describe("the plan has the fewest moves", () => {
  test("of 250 generated levels of 7 x 7 with 2 boxes and 50 with 3", () => {
    for (let seed = 0; seed < 300; seed++) {
      const { level } = generateLevel(seed < 250 ? "small-v0" : "small-v1", seed);
      expect([seed, expectSolved(level)]).toEqual([seed, fewestMoves(level)]);
    }
  });

  test("of 200 levels with everything strewn about, or there is none", () => {
    let unsolvable = 0;
    let seed = 0;
    for (let levels = 0; levels < 200; seed++) {
      const level = strewn(seed);
      if (level === undefined) continue;
      levels++;
      const fewest = fewestMoves(level);
      if (fewest !== undefined) expect([seed, expectSolved(level)]).toEqual([seed, fewest]);
      else {
        unsolvable++;
        expect([seed, solve(level).status]).toEqual([seed, "unsolvable"]);
      }
    }
    expect(unsolvable).toBeGreaterThan(20);
    expect(unsolvable).toBeLessThan(180);
  });
});

test("nothing is left to do when all boxes are on targets", () => {
  const level = readXsb("#####\n#@ *#\n#####");
  expect(solve(level)).toEqual({ status: "solved", plan: [], pushes: 0, nodes: 0 });
});

describe("a level by hand", () => {
  test.each([
    ["one push", "#####\n#@$.#\n#####", 1],
    ["around the box", "#####\n#   #\n#.$@#\n#####", 1],
    ["to the other side of the box", "#####\n#   #\n#@$.#\n#   #\n#####", 1],
    ["around it, then push", "######\n#    #\n# @$ #\n# .  #\n#    #\n######", 6],
    ["a box that is on a target must make way", "#######\n#@*$. #\n#     #\n#######", undefined],
  ])("%s", (_, text, moves) => {
    const level = readXsb(text);
    expect(fewestMoves(level)).toBe(moves);
    const solution = solve(level);
    expect(solution.status === "solved" ? solution.plan.length : undefined).toBe(moves);
  });

  test("with more boxes than sets of targets can be kept for", () => {
    const row = "$".repeat(11);
    const level = readXsb(
      ["#############", `#${" ".repeat(11)}#`, `#${row}#`, `#${".".repeat(11)}#`, "#############"]
        .join("\n")
        .replace("#  ", "#@ "),
    );
    expect(expectSolved(level)).toBe(11 + 10 * 2);
  });
});

describe("a search that is given up", () => {
  const { level } = generateLevel("v1", 3);
  const full = solve(level);

  test("says so after the nodes that it may expand, with moves that a solution has at least", () => {
    const short = solve(level, { nodes: 100 });
    expect(short).toMatchObject({ status: "unproven", nodes: 100 });
    const atLeast = short.status === "unproven" ? short.atLeast : 0;
    expect(atLeast).toBeGreaterThan(0);
    expect(full.status === "solved" && atLeast <= full.plan.length).toBe(true);
  });

  test("finds the same plan when the bound is as high as needed", () => {
    expect(solve(level, { nodes: full.nodes })).toEqual(full);
  });
});

test("solves from any position on the way", () => {
  const { level } = generateLevel("small-v1", 5);
  const whole = solve(level);
  if (whole.status !== "solved") throw new Error("unsolved");
  let position: Position = level;
  whole.plan.slice(0, -1).forEach((move, i) => {
    position = moved(level, position, move);
    const rest = solve({ ...level, ...position });
    expect(rest.status === "solved" && rest.plan.length).toBe(whole.plan.length - i - 1);
  });
});
