/** @file What orders and sentences come to on the pitch, on average over many moments of play. */
import { afterEach, describe, expect, test } from "vitest";
import { type Action, type FootballEnv, type FootballOptions, makeEnv } from "../../env/football/index.ts";
import type { FootballSnapshot } from "../../env/football/index.ts";
import { pitchOf } from "../../env/football/pitch.ts";
import type { Match } from "../../env/football/state/match.ts";
import { loadScenario } from "../../scenarios/load.ts";

const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

async function envOf(options: FootballOptions): Promise<FootballEnv> {
  const env = await makeEnv(loadScenario("11_vs_11_stochastic"), options);
  open.push(env);
  return env;
}

/** Over so many moments effects are averaged. */
const MOMENTS = 20;
const isLive = (match: Match) => match.restart === null && !match.ball.held;
const ownedBy = (team: 0 | 1) => (match: Match) =>
  isLive(match) && match.ball.owner >= 0 && match.players[match.ball.owner]!.team === team;

/** Moments of many matches, apart in time, from which on an effect is looked at. */
function momentsOf(
  env: FootballEnv,
  meanwhile: Action,
  wanted: (match: Match) => boolean,
): FootballSnapshot[] {
  const moments: FootballSnapshot[] = [];
  for (let seed = 0; moments.length < MOMENTS; seed++) {
    expect(seed).toBeLessThan(MOMENTS);
    env.reset({ seed });
    for (let i = 0; i < 400; i++) {
      env.step(meanwhile);
      if (i % 25 !== 24) continue;
      const snapshot = env.snapshot();
      if (wanted(snapshot.match)) moments.push(snapshot);
    }
  }
  return moments;
}

/** The mean of what is measured when this is done for so many steps from each moment on. */
function meanAfter(
  env: FootballEnv,
  moments: readonly FootballSnapshot[],
  action: Action,
  steps: number,
  measure: (match: Match, before: Match) => number,
): number {
  let sum = 0;
  for (const moment of moments) {
    env.restore(moment);
    for (let i = 0; i < steps; i++) env.step(action);
    sum += measure(env.snapshot().match, moment.match);
  }
  return sum / moments.length;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function apart(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function hasWon({ ball }: Match): number {
  return +(ball.possession === 0);
}

test("with team_pressure the ball is won back more often within three seconds", async () => {
  const env = await envOf({ actions: "full", control: { left: [9] } });
  const moments = momentsOf(env, "idle", ownedBy(1));
  const [pressed, left] = ["team_pressure", "idle"].map((action) =>
    meanAfter(env, moments, action, 30, hasWon),
  );
  expect(pressed).toBeGreaterThan(left! + 0.05);
});

describe("semantic, for a player with a fixed place", () => {
  const me = 7;
  const options = { actions: "semantic", control: { left: [me] } } as const;
  const toBall = ({ players, ball }: Match) => apart(players[me]!, ball);

  const speed = ({ players }: Match) => Math.hypot(players[me]!.vx, players[me]!.vy);
  const moved = ({ players }: Match, before: Match) => apart(players[me]!, before.players[me]!);

  test("press: the distance to the opponent with the ball falls", async () => {
    const env = await envOf(options);
    const moments = momentsOf(env, "defend", (match) => ownedBy(1)(match) && toBall(match) > 6);
    const before = moments.reduce((sum, { match }) => sum + toBall(match), 0) / moments.length;
    const [press, hold] = ["press", "hold"].map((action) => meanAfter(env, moments, action, 12, toBall));
    expect(press).toBeLessThan(before * 0.8);
    expect(press).toBeLessThan(hold! * 0.85);
  });

  test("hold: he stands where he is within a second", async () => {
    const env = await envOf(options);
    const moments = momentsOf(env, "run right", isLive);
    expect(meanAfter(env, moments, "hold", 0, speed)).toBeGreaterThan(2);
    expect(meanAfter(env, moments, "hold", 10, speed)).toBeLessThan(0.05);
    expect(meanAfter(env, moments, "hold", 10, moved)).toBeLessThan(
      meanAfter(env, moments, "run right", 10, moved) * 0.5,
    );
  });

  test("mark: he keeps to the opponent named, more often than not on the side of the own goal", async () => {
    const env = await envOf(options);
    const moments = momentsOf(env, "defend", isLive);
    const man = 11 + 9;
    const goal = { x: -pitchOf().halfLength, y: 0 };
    const away = ({ players }: Match) => apart(players[me]!, players[man]!);
    const goalSide = ({ players }: Match) => +(apart(players[me]!, goal) < apart(players[man]!, goal));
    const [mark, hold] = ["mark 10", "hold"].map((action) => meanAfter(env, moments, action, 60, away));
    expect(mark).toBeLessThan(hold! * 0.5);
    expect(meanAfter(env, moments, "mark 10", 60, goalSide)).toBeGreaterThan(0.6);
  });
});

const mine = ({ slots }: Match) => slots[0]!.player;
const has = (match: Match) => ownedBy(0)(match) && match.ball.owner === mine(match);
const ran = ({ players }: Match, before: Match) =>
  apart(players[mine(before)]!, before.players[mine(before)]!);
const away = ({ players, ball }: Match, before: Match) => apart(players[mine(before)]!, ball);
const isFree = (match: Match) => isLive(match) && match.ball.owner < 0 && away(match, match) > 4;

test("move to ball: he gets to a ball that is free, and with the ball he runs on", async () => {
  const env = await envOf({ actions: "semantic", control: { left: "ball" } });
  const withBall = momentsOf(env, "hold", has);
  expect(meanAfter(env, withBall, "move to ball", 10, ran)).toBeGreaterThan(3);
  expect(meanAfter(env, withBall, "hold", 10, ran)).toBeLessThan(2);
  const free = momentsOf(env, "hold", isFree);
  const [moved, held] = ["move to ball", "hold"].map((action) => meanAfter(env, free, action, 10, away));
  expect(moved).toBeLessThan(held! * 0.8);
});

test("pass_to: it is mostly the teammate named who plays the ball next", async () => {
  const env = await envOf({ actions: "semantic", control: { left: "ball" } });
  const moments = momentsOf(
    env,
    "hold",
    (match) => ownedBy(0)(match) && match.ball.owner === match.slots[0]!.player,
  );
  const next = { named: 0, mate: 0, opponent: 0, nobody: 0 };
  for (const { match, ...rest } of moments) {
    const { players, ball } = match;
    const near = players.filter(
      (mate) => mate.team === 0 && !mate.keeper && mate.id !== ball.owner && apart(mate, ball) < 20,
    );
    for (const mate of near) {
      env.restore({ ...rest, match });
      env.step(`pass_to ${mate.number}`);
      const player = nextToTouch(env, ball.owner);
      if (player === undefined) next.nobody++;
      else if (player === mate.id) next.named++;
      else next[players[player]!.team === 0 ? "mate" : "opponent"]++;
    }
  }
  expect(next.named).toBeGreaterThan(20);
  expect(next.named).toBeGreaterThan(next.mate + next.opponent + next.nobody);
});

/** Who plays the ball next after the one who passed it, if somebody does within four seconds. */
function nextToTouch(env: FootballEnv, passer: number): number | undefined {
  for (let i = 0; i < 40; i++) {
    const { lastTouch } = env.snapshot().match.ball;
    if (lastTouch !== passer) return lastTouch;
    env.step("auto");
  }
  return undefined;
}
