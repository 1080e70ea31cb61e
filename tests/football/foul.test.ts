/** @file Laws 5 and 12 as tables: what a foul leads to, when play goes on, and which card it costs. */
import { describe, expect, test } from "vitest";
import { commitFoul, weighAdvantage } from "../../env/football/laws/foul.ts";
import { showCard } from "../../env/football/laws/card.ts";
import type { Match } from "../../env/football/state/match.ts";
import { matchOf } from "./situation.ts";

/** Right centre back 15 fouls left striker 2. */
const OFFENDER = 15;
const VICTIM = 2;

function fouled(x: number, y: number, severity = 1.1): Match {
  const match = matchOf();
  const victim = match.players[VICTIM]!;
  victim.x = x;
  victim.y = y;
  match.ball.lastTouch = VICTIM;
  commitFoul(match, match.players[OFFENDER]!, victim, severity);
  return match;
}

/** So many seconds in which this player has the ball, -1 for nobody. */
function pass(match: Match, seconds: number, owner: number): void {
  match.ball.owner = owner;
  if (owner >= 0) match.ball.lastTouch = owner;
  for (let i = 0; i < Math.round(seconds / match.tickSeconds) && !match.whistle; i++) weighAdvantage(match);
}

const kinds = (match: Match): string[] => match.events.map(({ kind }) => kind);

describe("a foul", () => {
  test.each([
    ["in the middle", 10, 5, { kind: "free-kick", team: 0, x: 10, y: 5 }],
    ["just outside the penalty area", 38.4, 0, { kind: "free-kick", team: 0, x: 38.4, y: 0 }],
    ["just inside the penalty area", 38.6, 0, { kind: "penalty", team: 0, x: 44, y: 0 }],
    ["beside the penalty area", 50, 20.3, { kind: "free-kick", team: 0, x: 50, y: 20.3 }],
    ["in the other penalty area", -50, 0, { kind: "free-kick", team: 0, x: -50, y: 0 }],
    ["over the touchline", 10, 36.5, { kind: "free-kick", team: 0, x: 10, y: 35 }],
  ] as const)("%s", (_, x, y, whistle) => {
    const match = fouled(x, y);
    pass(match, 0.02, OFFENDER);
    expect(match.whistle).toEqual(whistle);
    expect(match.foul).toBeNull();
    expect(match.events[0]).toMatchObject({
      kind: "foul",
      player: OFFENDER,
      team: 1,
      victim: VICTIM,
      penalty: whistle.kind === "penalty",
    });
  });

  test("is none where the scenario does without", () => {
    const match = matchOf();
    const without: Match = { ...match, rules: { ...match.rules, fouls: false } };
    commitFoul(without, without.players[OFFENDER]!, without.players[VICTIM]!, 3);
    expect(without.foul).toBeNull();
  });

  test("by the same side that is worse takes the place of the first, one by the other side does not", () => {
    const match = fouled(0, 0, 1.2);
    commitFoul(match, match.players[16]!, match.players[VICTIM]!, 1.9);
    expect(match.foul).toMatchObject({ offender: 16, severity: 1.9 });
    commitFoul(match, match.players[VICTIM]!, match.players[16]!, 2.5);
    expect(match.foul).toMatchObject({ offender: 16, severity: 1.9 });
  });
});

describe("advantage", () => {
  test("is given when the team that was fouled keeps the ball for three seconds", () => {
    const match = fouled(10, 5);
    pass(match, 3.1, 8);
    expect(match.whistle).toBeNull();
    expect(match.foul).toBeNull();
    expect(kinds(match)).toEqual(["advantage"]);
  });

  test.each([
    ["the other team gets the ball at once", 0.1, OFFENDER],
    ["nobody of theirs has it after a second and a bit", 1.3, -1],
  ] as const)("does not come when %s", (_, seconds, owner) => {
    const match = fouled(10, 5);
    pass(match, seconds, owner);
    expect(kinds(match)).toEqual(["foul"]);
    expect(match.whistle?.kind).toBe("free-kick");
  });

  test("that is lost within three seconds is no advantage", () => {
    const match = fouled(10, 5);
    pass(match, 2, 8);
    expect(match.whistle).toBeNull();
    pass(match, 0.1, OFFENDER);
    expect(kinds(match)).toEqual(["foul"]);
  });

  test("leaves the card to be shown", () => {
    const match = fouled(10, 5, 1.6);
    pass(match, 3.1, 8);
    expect(kinds(match)).toEqual(["advantage", "yellow-card"]);
    expect(match.players[OFFENDER]!.booked).toBe(true);
  });
});

describe("a card", () => {
  test.each([
    [1.4, false, [], false],
    [1.41, false, ["yellow-card"], false],
    [2, false, ["yellow-card"], false],
    [2.01, false, ["red-card"], true],
    [1.41, true, ["yellow-card", "red-card"], true],
    [1.3, true, [], false],
  ] as const)("for severity %d, booked before: %s", (severity, booked, expected, off) => {
    const match = matchOf();
    const player = match.players[OFFENDER]!;
    player.booked = booked;
    showCard(match, player, severity);
    expect(kinds(match)).toEqual(expected);
    expect(player.sentOff).toBe(off);
  });

  test("is none where the scenario does without", () => {
    const match = matchOf();
    showCard({ ...match, rules: { ...match.rules, cards: false } }, match.players[OFFENDER]!, 3);
    expect(match.players[OFFENDER]!.sentOff).toBe(false);
  });

  test("red for a keeper puts a teammate in goal", () => {
    const match = matchOf();
    showCard(match, match.players[11]!, 3);
    const keepers = match.players.filter(({ team, keeper }) => team === 1 && keeper);
    expect(keepers).toHaveLength(1);
    expect(keepers[0]?.sentOff).toBe(false);
    expect(match.players[11]!.keeper).toBe(false);
  });

  test("adds time where the scenario adds what was lost", () => {
    const match = matchOf();
    const adds: Match = { ...match, rules: { ...match.rules, stoppage: true } };
    showCard(adds, adds.players[OFFENDER]!, 1.5);
    expect(adds.addedSteps).toBe(17);
    showCard(match, match.players[OFFENDER]!, 1.5);
    expect(match.addedSteps).toBe(0);
  });
});
