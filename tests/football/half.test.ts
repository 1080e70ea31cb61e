/** @file Laws 7, 8 and 14 in play: halves, added time, penalties, direct goals, sending-off. */
import { afterEach, describe, expect, test } from "vitest";
import { type FootballEnv, makeEnv, type Scenario } from "../../env/football/index.ts";
import { exitOf } from "../../env/football/laws/boundary.ts";
import { beginRestart, makeReady } from "../../env/football/laws/restart.ts";
import { loadPhysics, PhysicsWorld } from "../../env/football/physics/world.ts";
import { isFullTime } from "../../env/football/laws/half.ts";
import { eleven, matchOf } from "./situation.ts";

await loadPhysics();
const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

async function play(rules: Partial<Scenario["rules"]>, steps: number): Promise<FootballEnv> {
  const scenario = { ...eleven, steps, rules: { ...eleven.rules, ...rules } };
  const env = await makeEnv(scenario, { control: { left: "none", right: "none" } });
  open.push(env);
  env.reset({ seed: 4 });
  return env;
}

describe("half-time", () => {
  test("comes at the scenario's step, with a kick-off by the other team and everybody in his own half", async () => {
    const env = await play({ secondHalf: 30 }, 100);
    const first = env.scene().restartTeam;
    for (let i = 0; i < 29; i++) env.step([]);
    expect(env.scene().half).toBe(1);
    const { info } = env.step([]);
    expect(info.events.at(-1)?.kind).toBe("half-time");
    const scene = env.scene();
    expect(scene).toMatchObject({ half: 2, mode: "kick-off", restartTeam: 1 - first });
    scene.figures.forEach(({ x }, i) => {
      if (i < 11) expect(x).toBeLessThanOrEqual(70);
      else expect(x).toBeGreaterThanOrEqual(-70);
    });
  });

  test("is not where the scenario has one half", async () => {
    const env = await play({ secondHalf: null }, 60);
    for (let i = 0; i < 60; i++) env.step([]);
    expect(env.scene().half).toBe(1);
  });

  test("and full time wait for the time that was added", () => {
    const match = matchOf();
    match.step = eleven.steps;
    expect(isFullTime(match, eleven)).toBe(true);
    match.addedSteps = 17;
    expect(isFullTime(match, eleven)).toBe(false);
    match.step += 17;
    expect(isFullTime(match, eleven)).toBe(true);
  });
});

describe("a penalty", () => {
  test("has the ball on the spot, the keeper on his line, and nobody else near (Law 14)", () => {
    for (const team of [0, 1] as const) {
      const match = matchOf();
      const end = team === 0 ? 1 : -1;
      for (const player of match.players) {
        if (player.keeper) continue;
        player.x = end * (50 - (player.id % 7));
        player.y = (player.id - 11) * 1.5;
      }
      const world = new PhysicsWorld(match);
      beginRestart(match, "penalty", team, end * 44, 0);
      makeReady(match, match.restart!, world);
      world.free();
      const { taker } = match.restart!;
      expect([match.ball.x, match.ball.y, match.ball.owner]).toEqual([end * 44, 0, taker]);
      for (const player of match.players) {
        if (player.id === taker) continue;
        if (player.keeper && player.team !== team) {
          expect([player.x, player.y]).toEqual([end * 55, 0]);
          continue;
        }
        const inside = end * player.x > 55 - 16.5 && Math.abs(player.y) < 20.16;
        expect(inside).toBe(false);
        expect(Math.hypot(player.x - end * 44, player.y)).toBeGreaterThanOrEqual(9.15);
        expect(end * player.x).toBeLessThan(44);
      }
    }
  });
});

describe("a goal straight from a restart", () => {
  test.each([
    ["kick-off", 0, "goal"],
    ["free-kick", 0, "goal"],
    ["penalty", 0, "goal"],
    ["corner", 0, "goal"],
    ["goal-kick", 0, "goal"],
    ["throw-in", 0, "goal-kick"],
    ["indirect-free-kick", 0, "goal-kick"],
    ["free-kick", 1, "corner"],
    ["throw-in", 1, "corner"],
    ["goal-kick", 1, "corner"],
    ["kick-off", 1, "corner"],
  ] as const)("%s, last touched by team %d, at the right goal: %s", (from, team, kind) => {
    const match = matchOf();
    match.ball.lastTouch = match.players.find((player) => player.team === team && !player.keeper)!.id;
    match.ball.from = from;
    match.ball.x = 55.5;
    const exit = exitOf(match, { x: 54.9, y: 0, z: 0, vx: 0, vy: 0 });
    expect(exit?.kind).toBe(kind);
  });
});

test("a player who is sent off takes no part, and the match goes on without him", async () => {
  const env = await play({}, 300);
  const snapshot = env.snapshot();
  for (const id of [4, 15, 11]) {
    snapshot.match.players[id]!.sentOff = true;
    snapshot.match.players[id]!.keeper = false;
  }
  snapshot.match.players[21]!.keeper = true;
  env.restore(snapshot);
  for (let i = 0; i < 300; i++) {
    const { info } = env.step([]);
    for (const { player } of info.events) expect([4, 15, 11]).not.toContain(player);
  }
  for (const id of [4, 15, 11]) {
    expect(env.scene().figures[id]!.sentOff).toBe(true);
    expect(Math.abs(env.scene().figures[id]!.y)).toBeGreaterThan(10_000);
  }
});
