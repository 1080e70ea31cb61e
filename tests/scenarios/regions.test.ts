/** @file The situations of the regions, held against what they promise, in metres worked out anew. */
import { describe, expect, test } from "vitest";
import type { Point, Scenario } from "../../env/football/scenario.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { KINDS, REGION_IDS, REGION_MINI_IDS } from "../../scenarios/regions/index.ts";

const metres = ([ax, ay]: Point, [bx, by]: Point): number =>
  Math.hypot((ax - bx) * 55, (ay - by) * (36 / 0.42));

const placesOf = ({ left, right }: Scenario): [Point[], Point[]] => [
  left.players.map(({ position }) => position),
  right.players.map(({ position }) => position),
];

const near = (team: readonly Point[], ball: Point): number[] =>
  team.map((place) => metres(place, ball)).sort((a, b) => a - b);

const secondGreatest = (values: readonly number[]): number => values.toSorted((a, b) => b - a)[1]!;

test("there are 108, four for each region and kind, no two alike, and 20 of them from all regions are mini", () => {
  expect(REGION_IDS).toHaveLength(108);
  for (let region = 1; region <= 9; region++) {
    for (const kind of KINDS) {
      expect(REGION_IDS.filter((id) => id.startsWith(`region_${region}_${kind}_`))).toHaveLength(4);
    }
  }
  const starts = REGION_IDS.map((id) => JSON.stringify([loadScenario(id).ball, placesOf(loadScenario(id))]));
  expect(new Set(starts).size).toBe(108);
  expect(REGION_MINI_IDS).toHaveLength(20);
  expect(REGION_MINI_IDS.every((id) => REGION_IDS.includes(id))).toBe(true);
  expect(new Set(REGION_MINI_IDS.map((id) => id.split("_")[1])).size).toBe(9);
  for (const kind of KINDS) {
    expect(REGION_MINI_IDS.filter((id) => id.includes(kind)).length).toBeGreaterThanOrEqual(6);
  }
});

describe.each(REGION_IDS)("%s", (id) => {
  const scenario = loadScenario(id);
  const { ball } = scenario;
  const [left, right] = placesOf(scenario);
  const [, region, kind] = id.split("_");

  test("is a whole scenario with MageBench's rules", () => {
    expect(validateScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
    expect(scenario).toMatchObject({
      id,
      steps: 400,
      decisionSteps: "adaptive",
      control: { left: "ball", right: "none" },
      left: { difficulty: 1 },
      right: { difficulty: 0 },
      rules: { offside: false },
      ends: [{ when: "goal" }, { when: "out-of-play" }, { when: "possession-lost" }],
    });
    expect([left.length, right.length]).toEqual([11, 11]);
  });

  test("has the ball in its region, nobody offside and nobody inside another", () => {
    const column = Math.floor((Number(region) - 1) / 3);
    const row = (Number(region) - 1) % 3;
    expect(Math.min(2, Math.floor(((ball[0] + 0.92) / 1.84) * 3))).toBe(column);
    expect(Math.min(2, Math.floor(((ball[1] + 0.4) / 0.8) * 3))).toBe(row);
    const line = Math.max(0, ball[0], secondGreatest(right.map(([x]) => x)));
    expect(Math.max(...left.map(([x]) => x))).toBeLessThanOrEqual(line);
    const otherLine = Math.max(0, -ball[0], secondGreatest(left.map(([x]) => -x)));
    expect(Math.max(...right.map(([x]) => -x))).toBeLessThanOrEqual(otherLine);
    const all = [...left, ...right];
    const gaps = all.flatMap((one, i) => all.slice(0, i).map((other) => metres(one, other)));
    // An arm's length and more; places are rounded to thousandths.
    expect(Math.min(...gaps)).toBeGreaterThan(1.4);
  });

  test("is of its kind", () => {
    const [[ours, mate], [theirs, other]] = [near(left, ball), near(right, ball)] as [number[], number[]];
    const [from, to] = { free: [7, 99], pressed: [2.4, 3.6], loose: [4.4, 5.6] }[kind!]!;
    expect(theirs).toBeGreaterThan(from! - 0.1);
    expect(theirs).toBeLessThan(to!);
    expect(ours).toBeLessThan(kind === "loose" ? 5.1 : 1.2);
    expect(ours).toBeGreaterThan(kind === "loose" ? 3.9 : 0.8);
    expect(Math.min(mate!, other!)).toBeGreaterThan(kind === "pressed" ? 3.9 : 6.9);
  });
});
