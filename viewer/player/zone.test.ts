/** @file The pitch in words: as each team sees it. */
import { expect, test } from "vitest";
import { metresToGoal, zoneOf } from "./index.ts";

const PITCH = { halfLength: 5250, halfWidth: 3400, goalHalfWidth: 366, goalHeight: 244, goalDepth: 200 };

test.each([
  [0, 0, 0, "midfield, centre"],
  [5000, 100, 0, "opponents' box"],
  [5000, 100, 1, "own box"],
  [-5000, 100, 0, "own box"],
  [4800, -3000, 0, "final third, left wing"],
  [4800, -3000, 1, "own third, right wing"],
  [-2500, 3000, 0, "own third, right wing"],
] as const)("%i, %i is for team %i: %s", (x, y, team, zone) => {
  expect(zoneOf({ x, y }, PITCH, team)).toBe(zone);
});

test("the goal that a team attacks is on the left team's right", () => {
  expect(metresToGoal({ x: 5250, y: 0 }, PITCH, 0)).toBe(0);
  expect(metresToGoal({ x: 5250, y: 0 }, PITCH, 1)).toBe(105);
});
