/** @file Law 11 as a table: who stands where, who plays the ball, and whether it is an offence. */
import { describe, expect, test } from "vitest";
import { touch } from "../../env/football/ball/possession.ts";
import { isInOffsidePosition } from "../../env/football/laws/offside.ts";
import type { Match, Player } from "../../env/football/state/match.ts";
import { matchOf } from "./situation.ts";

/** The left team attacks to the right. Its striker is player 2; the right keeper is 11, its centre backs 15 and 16. */
const STRIKER = 2;
const PASSER = 7;
const KEEPER = 11;
const BACKS = [15, 16] as const;

interface Places {
  striker: number;
  ball: number;
  keeper?: number;
  backs?: readonly [number, number];
}

/** Everybody else stands in his own half. */
function stand({ striker, ball, keeper = 54, backs = [30, 30] }: Places): Match {
  const match = matchOf();
  for (const player of match.players) {
    player.x = player.team === 0 ? -20 : 5;
    player.y = player.id - 11;
  }
  match.players[STRIKER]!.x = striker;
  match.players[PASSER]!.x = ball;
  match.players[KEEPER]!.x = keeper;
  match.players[BACKS[0]]!.x = backs[0];
  match.players[BACKS[1]]!.x = backs[1];
  match.ball.x = ball;
  return match;
}

const player = (match: Match, id: number): Player => match.players[id]!;

describe("an offside position", () => {
  test.each<[string, Places, boolean]>([
    ["behind the second last opponent", { striker: 29.9, ball: 10 }, false],
    ["level with the second last opponent", { striker: 30, ball: 10 }, false],
    ["past the second last opponent", { striker: 30.1, ball: 10 }, true],
    ["past one back, level with the other", { striker: 33, ball: 10, backs: [33, 25] }, false],
    ["past both backs, before the keeper", { striker: 45, ball: 10 }, true],
    ["level with the last two, who are level", { striker: 54, ball: 10, backs: [54, 30] }, false],
    [
      "past the keeper, who has come out, and level with the last back",
      { striker: 40, ball: 10, keeper: 30, backs: [40, 20] },
      true,
    ],
    ["past the keeper, two backs on the line", { striker: 50, ball: 10, keeper: 30, backs: [54, 54] }, false],
    ["behind the ball", { striker: 44, ball: 45 }, false],
    ["level with the ball", { striker: 45, ball: 45 }, false],
    ["ahead of the ball by a little, past everybody", { striker: 45.2, ball: 45, backs: [40, 40] }, true],
    ["in the own half, everybody else of theirs up", { striker: -1, ball: -10, backs: [-5, -5] }, false],
    ["on the halfway line", { striker: 0, ball: -10, backs: [-5, -5] }, false],
    ["just over the halfway line", { striker: 0.1, ball: -10, backs: [-5, -5] }, false],
  ])("%s", (_, places, expected) => {
    expect(isInOffsidePosition(stand(places), player(stand(places), STRIKER))).toBe(expected);
  });

  test("is none while the other team has one player left (GRF)", () => {
    const match = stand({ striker: 45, ball: 10 });
    for (const other of match.players) if (other.team === 1 && other.id !== KEEPER) other.sentOff = true;
    expect(isInOffsidePosition(match, player(match, STRIKER))).toBe(false);
  });

  test("is none where the scenario does without the law", () => {
    const match = stand({ striker: 45, ball: 10 });
    const without = { ...match, rules: { ...match.rules, offside: false } };
    expect(isInOffsidePosition(without, player(without, STRIKER))).toBe(false);
  });

  test("is the same for the right team, turned by half a turn", () => {
    const match = stand({ striker: 45, ball: 10 });
    for (const other of match.players) other.x = -other.x;
    match.ball.x = -10;
    const turned = match.players.find(({ id }) => id === KEEPER)!;
    turned.x = -45;
    // Now the left team defends at the left, and all of it stands at the right of this player.
    for (const other of match.players) if (other.team === 0) other.x = -10;
    expect(isInOffsidePosition(match, turned)).toBe(true);
  });
});

describe("an offside offence", () => {
  const PAST = { striker: 45, ball: 10 };

  test("is to play a ball that a teammate played while one was past them", () => {
    const match = stand(PAST);
    touch(match, player(match, PASSER), true);
    expect(match.whistle).toBeNull();
    player(match, STRIKER).x = 20;
    touch(match, player(match, STRIKER), true);
    expect(match.whistle).toEqual({ kind: "free-kick", team: 1, x: 20, y: -9, indirect: true });
    expect(match.events.map(({ kind, player: who }) => [kind, who])).toEqual([["offside", STRIKER]]);
  });

  test("is none when he stood onside as the ball was played, wherever he runs", () => {
    const match = stand({ striker: 29, ball: 10 });
    touch(match, player(match, PASSER), true);
    player(match, STRIKER).x = 50;
    touch(match, player(match, STRIKER), true);
    expect(match.whistle).toBeNull();
  });

  test.each(["goal-kick", "throw-in", "corner"] as const)("is none straight from a %s", (from) => {
    const match = stand(PAST);
    match.ball.from = from;
    match.ball.barred = PASSER;
    touch(match, player(match, PASSER), true);
    touch(match, player(match, STRIKER), true);
    expect(match.whistle).toBeNull();
  });

  test.each(["free-kick", "indirect-free-kick", "kick-off"] as const)("is one straight from a %s", (from) => {
    const match = stand(PAST);
    match.ball.from = from;
    match.ball.barred = PASSER;
    touch(match, player(match, PASSER), true);
    touch(match, player(match, STRIKER), true);
    expect(match.whistle).toMatchObject({ kind: "free-kick", indirect: true });
  });

  test("is none once an opponent has played the ball, but still one after he only deflected it", () => {
    for (const [deliberate, whistles] of [
      [true, false],
      [false, true],
    ] as const) {
      const match = stand(PAST);
      touch(match, player(match, PASSER), true);
      touch(match, player(match, BACKS[0]), deliberate);
      touch(match, player(match, STRIKER), true);
      expect(match.whistle !== null).toBe(whistles);
    }
  });

  test("is judged anew at the next touch of a teammate", () => {
    const match = stand(PAST);
    touch(match, player(match, PASSER), true);
    player(match, STRIKER).x = 20;
    touch(match, player(match, 8), true);
    touch(match, player(match, STRIKER), true);
    expect(match.whistle).toBeNull();
  });
});
