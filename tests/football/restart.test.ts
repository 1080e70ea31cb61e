import { afterEach, describe, expect, test } from "vitest";
import { type FootballEnv, makeEnv } from "../../env/football/index.ts";
import { loadPhysics, PhysicsWorld } from "../../env/football/physics/world.ts";
import { advanceDeadBall, beginRestart, distanceFor, STALL_STEPS } from "../../env/football/laws/restart.ts";
import type { Match, RestartKind, Team } from "../../env/football/state/match.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { eleven, matchOf } from "./situation.ts";

await loadPhysics();
const open: FootballEnv[] = [];
const worlds: PhysicsWorld[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
  for (const world of worlds.splice(0)) world.free();
});

/** The restart as it stands when play waits for the kick. */
function readyRestart(kind: RestartKind, team: Team, x: number, y: number): Match {
  const match = matchOf();
  const world = new PhysicsWorld(match);
  worlds.push(world);
  beginRestart(match, kind, team, x, y);
  const restart = match.restart!;
  for (let i = 0; i < 60 && !restart.ready; i++) advanceDeadBall(match, restart, world);
  return match;
}

const RESTARTS = [
  ["throw-in", 0, 5, 36],
  ["throw-in", 1, -54, -36],
  ["goal-kick", 1, 50.6, 5],
  ["goal-kick", 0, -50.6, -5],
  ["corner", 0, 54.6, 35.6],
  ["corner", 1, -54.6, -35.6],
  ["kick-off", 0, 0, 0],
  ["kick-off", 1, 0, 0],
] as const;

describe.each(RESTARTS)("a %s of team %d at (%d, %d)", (kind, team, x, y) => {
  test("puts the ball on its spot at the taker's feet, and the others at their distance", () => {
    const match = readyRestart(kind, team, x, y);
    const { restart, ball } = match;
    expect(restart?.ready).toBe(true);
    expect([ball.x, ball.y, ball.z, ball.vx, ball.vy]).toEqual([x, y, 0, 0, 0]);
    const taker = match.players[restart!.taker]!;
    expect(taker.team).toBe(team);
    expect(ball.owner).toBe(taker.id);
    expect(taker.keeper).toBe(kind === "goal-kick");
    expect(Math.hypot(taker.x - x, taker.y - y)).toBeLessThan(0.7);
    for (const player of match.players) {
      if (player.team === team) continue;
      expect(Math.hypot(player.x - x, player.y - y)).toBeGreaterThanOrEqual(distanceFor(match.pitch, kind));
      expect(Math.abs(player.x)).toBeLessThanOrEqual(55);
      expect(Math.abs(player.y)).toBeLessThanOrEqual(36);
    }
  });
});

test("at a kick-off everybody is in his own half but the takers (Law 8)", () => {
  const match = readyRestart("kick-off", 0, 0, 0);
  for (const player of match.players) {
    if (player.team === 0) expect(player.x).toBeLessThanOrEqual(0.7);
    else expect(player.x).toBeGreaterThanOrEqual(0);
  }
});

test("the sides kick off in turn by the parity of the seed", async () => {
  const env = await makeEnv(eleven);
  open.push(env);
  for (const seed of [1, 2, 3, 4]) {
    env.reset({ seed });
    expect(env.scene().restartTeam).toBe(seed & 1);
    expect(env.scene().mode).toBe("kick-off");
  }
});

test("an agent that never restarts is helped after 20 steps with a short pass (GRF)", async () => {
  const env = await makeEnv(eleven);
  open.push(env);
  env.reset({ seed: 2 });
  for (let step = 0; step < STALL_STEPS; step++) expect(env.step("idle").info.mode).toBe("kick-off");
  const { info } = env.step("idle");
  expect(info.mode).toBe("normal");
  expect(info.events.map((event) => event.kind)).toEqual(expect.arrayContaining(["pass", "kick-off"]));
});

test("the taker does not play the ball twice (Laws 8, 13 to 17)", async () => {
  const env = await makeEnv(eleven);
  open.push(env);
  env.reset({ seed: 2 });
  const taker = env.scene().owner;
  env.step("short_pass");
  for (let step = 0; step < 60; step++) {
    const { owner } = env.scene();
    if (owner >= 0 && owner !== taker) return;
    expect(owner).not.toBe(taker);
    env.step("idle");
  }
});

test("the agent never sees dead time: after every step the ball is in play or waits for a kick", async () => {
  const env = await makeEnv(eleven);
  open.push(env);
  const random = makeRandom(5);
  const modes = new Set<string>();
  let watched = 0;
  env.onScene = () => {
    watched++;
  };
  let steps = 0;
  for (const seed of [1, 2, 3]) {
    env.reset({ seed });
    for (let step = 0; step < 1500; step++) {
      const { info } = env.step(integer(random, 19));
      steps++;
      modes.add(info.mode);
      if (info.mode === "normal") continue;
      const { ball, figures, owner } = env.scene();
      expect(owner).toBeGreaterThanOrEqual(0);
      expect(Math.hypot(figures[owner]!.x - ball.x, figures[owner]!.y - ball.y)).toBeLessThan(150);
    }
  }
  expect([...modes]).toEqual(expect.arrayContaining(["goal-kick", "kick-off", "normal", "throw-in"]));
  // Those who watch see the dead time.
  expect(watched).toBeGreaterThan(steps);
});

test("after a goal the side that conceded kicks off", async () => {
  const env = await makeEnv(eleven);
  open.push(env);
  expect.hasAssertions();
  let goals = 0;
  for (let seed = 1; goals < 2; seed++) {
    env.reset({ seed });
    const random = makeRandom(seed, 9);
    for (let step = 0; step < 3000 && goals < 2; step++) {
      const { info, terminated, truncated } = env.step(env.advise(0, 1, random));
      const goal = info.events.find((event) => event.kind === "goal");
      if (goal && !truncated) {
        goals++;
        expect(env.scene()).toMatchObject({ mode: "kick-off", restartTeam: 1 - goal.team });
      }
      if (terminated || truncated) break;
    }
  }
});
