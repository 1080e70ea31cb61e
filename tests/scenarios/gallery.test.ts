/** @file The drills that ship: enough of them, each a lesson of its own, valid, and played without an error. */
import { describe, expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import type { PlayerSetup, Point, Scenario } from "../../env/football/scenario.ts";
import { levelOf } from "../../scenarios/index.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { CHAPTERS } from "../../trainer/bench/gallery/page.ts";
import { startProblems } from "../../trainer/trial/index.ts";

const drills = listScenarios().filter(({ suite }) => suite === "drills");
const EPISODES = 2;

/** Where everybody and everything starts, in any order of the players, seen from above or from below. */
function startOf({ pitch, ball, start, left, right, zones, obstacles }: Scenario, sign: 1 | -1): string {
  const turn = ([x, y]: Point) => [x, sign * y + 0];
  const standing = ({ position, velocity = [0, 0] }: PlayerSetup) =>
    JSON.stringify([turn(position), turn(velocity)]);
  const [vx, vy, vz] = start?.ballVelocity ?? [0, 0, 0];
  return JSON.stringify([
    pitch,
    turn(ball),
    [...turn([vx, vy]), vz],
    left.players.map(standing).sort(),
    right.players.map(standing).sort(),
    zones?.map(({ from, to }) => [turn(from), turn(to)].map(String).sort().join()).sort(),
    obstacles?.map(({ at }) => turn(at)).sort(),
  ]);
}

/** The same for a start and its mirror image. */
function canonical(scenario: Scenario): string {
  return [startOf(scenario, 1), startOf(scenario, -1)].sort()[0]!;
}

test("there are at least forty, and each has its place in the gallery", () => {
  expect(drills.length).toBeGreaterThanOrEqual(40);
  for (const drill of drills) expect(CHAPTERS.filter(({ holds }) => holds(drill))).toHaveLength(1);
});

function flip(player: PlayerSetup): PlayerSetup {
  return { ...player, position: [player.position[0], -player.position[1]] };
}

test("a reflected copy would be found", () => {
  const [drill] = drills as [Scenario];
  const copy: Scenario = {
    ...drill,
    ball: [drill.ball[0], -drill.ball[1]],
    left: { ...drill.left, players: drill.left.players.map(flip).reverse() },
    right: { ...drill.right, players: drill.right.players.map(flip) },
  };
  expect(canonical(copy)).toBe(canonical(drill));
});

test("none is a reflected copy of another", () => {
  expect(new Set(drills.map(canonical)).size).toBe(drills.length);
  for (const words of ["title", "teaches", "goal"] as const) {
    expect(new Set(drills.map((drill) => drill[words])).size).toBe(drills.length);
  }
});

describe.each(drills.map((drill) => [drill.id, drill] as const))("%s", (_, drill) => {
  test("says how it is won, varies, and is held against scripted and random", () => {
    expect(drill.ends.some(({ result }) => result === "success")).toBe(true);
    expect(drill.variation?.shifts.length).toBeGreaterThan(0);
    const policies = (drill.checks ?? []).map(({ policy }) => policy);
    expect(policies).toEqual(expect.arrayContaining(["scripted", "random"]));
    expect(startProblems(drill)).toEqual([]);
  });

  test("each of its levels is a scenario", () => {
    for (const level of (drill.levels ?? []).keys()) levelOf(drill, `${level + 1}`);
  });

  test("is played to an end", { timeout: 60_000 }, async () => {
    const runner = await MatchRunner.make({ scenario: drill, left: parsePolicy("scripted"), vary: true });
    for (let seed = 0; seed < EPISODES; seed++) {
      await runner.start(seed);
      while (!runner.over) await runner.advance();
      expect(["success", "failure"]).toContain(runner.info.result);
    }
    await runner.close();
  });
});
