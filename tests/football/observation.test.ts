/** @file What a player observes of a state that is made by hand: each field from GRF's definition. */
import { describe, expect, test } from "vitest";
import {
  observeRaw,
  playersAtBall,
  type RawObservation,
  sightOf,
  simple115,
  smm,
} from "../../env/football/observation/index.ts";
import { ROLES } from "../../env/football/index.ts";
import type { Match, Slot, Team } from "../../env/football/state/match.ts";
import { startMatch } from "../../env/football/state/start.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { eleven } from "./situation.ts";

const BOTH = { left: [2, 5], right: [3] } as const;

/** An 11 v 11 with the ball at left 5, moving; left 8 is booked, right 4 sent off. */
function handMade(): Match {
  const match = startMatch(eleven, BOTH, 1, false);
  const { ball, players } = match;
  Object.assign(ball, { x: 27.5, y: -18, z: 0, vx: 11, vy: -6, vz: 0, owner: 5, possession: 0 });
  Object.assign(players[5]!, { x: 27, y: -18, vx: 5.5, vy: 0, tired: 0.25 });
  Object.assign(players[2]!, { x: -5.5, y: 12, vx: 0, vy: 0 });
  players[8]!.booked = true;
  Object.assign(players[15]!, { sentOff: true, x: 0, y: 150 });
  match.score = [2, 1];
  match.step = 40;
  Object.assign(match.slots[1]!, { direction: 5, sprint: true });
  match.restart = null;
  return match;
}

function rawOf(match: Match, place: number): RawObservation {
  const slot = match.slots[place]!;
  return observeRaw(match, eleven, slot, sightOf(match, slot.player, undefined), playersAtBall(match));
}

describe("raw, field by field", () => {
  const left = rawOf(handMade(), 1);
  const right = rawOf(handMade(), 2);

  test("a left player sees the pitch as it is", () => {
    expect(left.ball[0]).toBeCloseTo(0.5, 9);
    expect(left.ball[1]).toBeCloseTo(-0.21, 9);
    expect(left.ball[2]).toBe(0);
    expect(left.ball_direction[0]).toBeCloseTo(1.1 / 55, 9);
    expect(left.ball_direction[1]).toBeCloseTo((-0.6 / 36) * 0.42, 9);
    expect(left.left_team[5]![0]).toBeCloseTo(27 / 55, 9);
    expect(left.left_team_direction[5]![0]).toBeCloseTo(0.01, 9);
    expect(left.left_team[2]).toEqual([expect.closeTo(-0.1, 9), expect.closeTo(0.14, 9)]);
    expect(left).toMatchObject({ ball_owned_team: 0, ball_owned_player: 5, active: 5, designated: 5 });
    expect(left.score).toEqual([2, 1]);
    expect(left.steps_left).toBe(2960);
    expect(left.game_mode).toBe(0);
    expect(left.sticky_actions).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1, 0]);
  });

  test("a right player sees it turned by half a turn, his own team at the left", () => {
    expect(right.ball[0]).toBeCloseTo(-0.5, 9);
    expect(right.ball[1]).toBeCloseTo(0.21, 9);
    expect(right.ball_direction[0]).toBeCloseTo(-1.1 / 55, 9);
    expect(right.right_team[5]![0]).toBeCloseTo(-27 / 55, 9);
    expect(right).toMatchObject({ ball_owned_team: 1, ball_owned_player: 5, active: 3 });
    expect(right.score).toEqual([1, 2]);
    expect(right.sticky_actions).toEqual(Array.from({ length: 10 }, () => 0));
  });

  test("a ball that rolls turns about the axis across its way, by its way over its radius", () => {
    // Forward is a positive turn about the axis up the picture.
    expect(left.ball_rotation[1]).toBeCloseTo(1.1 / 0.11, 9);
    expect(left.ball_rotation[0]).toBeCloseTo(-0.6 / 0.11, 9);
    expect(right.ball_rotation[1]).toBeCloseTo(-1.1 / 0.11, 9);
    const high = handMade();
    high.ball.z = 2;
    expect(rawOf(high, 1).ball_rotation).toEqual([0, 0, 0]);
  });

  test("cards, tiredness and who was sent off are told for both teams", () => {
    expect(left.left_team_yellow_card.map((card, i) => card && i).filter(Boolean)).toEqual([8]);
    expect(right.right_team_yellow_card).toEqual(left.left_team_yellow_card);
    expect(left.left_team_tired_factor[5]).toBe(0.25);
    expect(left.right_team_active).toEqual(Array.from({ length: 11 }, (_, i) => i !== 4));
    expect(left.left_team_active).not.toContain(false);
    expect(right.left_team_active).toEqual(left.right_team_active);
    expect(left.right_team[4]).toEqual([-1, -1]);
    expect(left.right_team_direction[4]).toEqual([-1, -1]);
  });

  test("roles are GRF's numbers", () => {
    expect(left.left_team_roles).toEqual(eleven.left.players.map(({ role }) => ROLES.indexOf(role)));
    expect(left.left_team_roles[0]).toBe(0);
  });

  test.each([
    ["kick-off", 1],
    ["goal-kick", 2],
    ["free-kick", 3],
    ["corner", 4],
    ["throw-in", 5],
    ["penalty", 6],
  ] as const)("the game mode of a %s is %i", (kind, mode) => {
    const match = handMade();
    match.restart = {
      kind,
      indirect: false,
      team: 0,
      x: 0,
      y: 0,
      taker: 5,
      deadSteps: 0,
      ready: true,
      readySteps: 0,
    };
    expect(rawOf(match, 0).game_mode).toBe(mode);
    expect([...simple115(rawOf(match, 0))].slice(108)).toEqual(
      Array.from({ length: 7 }, (_, i) => +(i === mode)),
    );
  });
});

test("simple115v2 of a short team keeps every index where it is and leaves -1", () => {
  const scenario = loadScenario("academy_3_vs_1_with_keeper");
  const match = startMatch(scenario, { left: [1], right: "none" }, 1, false);
  const slot: Slot = match.slots[0]!;
  const raw = observeRaw(match, scenario, slot, sightOf(match, 1, undefined), playersAtBall(match));
  const numbers = simple115(raw);
  expect(numbers[0]).toBeCloseTo(-1, 6);
  expect(Array.from(numbers.slice(8, 22))).toEqual(Array.from({ length: 14 }, () => -1));
  expect(Array.from(numbers.slice(22, 30))).toEqual(Array.from({ length: 8 }, () => 0));
  expect(Array.from(numbers.slice(30, 44))).toEqual(Array.from({ length: 14 }, () => -1));
  expect(numbers[44]).toBeCloseTo(1, 6);
  expect(numbers[46]).toBeCloseTo(0.75, 6);
  expect(numbers[88]).toBeCloseTo(scenario.ball[0], 6);
  expect(Array.from(numbers.slice(94, 97))).toEqual([1, 0, 0]);
  expect(numbers[98]).toBe(1);
});

const cellsOf = (map: Uint8Array, plane: number): [row: number, column: number][] =>
  [...map].flatMap((value, i) =>
    value && i % 4 === plane ? [[Math.floor(i / 4 / 96), Math.floor(i / 4) % 96] as [number, number]] : [],
  );
const at = (x: number, y: number): RawObservation => ({ ...rawOf(handMade(), 1), ball: [x, y, 0] });

describe("smm", () => {
  test.each([
    [0, 0, 36, 48],
    [-1, -1 / 2.25, 0, 0],
    [1, 1 / 2.25, 71, 95],
    [0.5, -0.21, 18, 72],
    [-3, 5, 71, 0],
    // Cells are cut off, not rounded.
    [1 - 1e-9, 0, 36, 95],
    [-1 + 2 / 96 - 1e-9, 0, 36, 0],
  ])("a ball at (%d, %d) is in row %i and column %i", (x, y, row, column) => {
    expect(cellsOf(smm([at(x, y)]), 2)).toEqual([[row, column]]);
  });

  test("the active player has a plane, the sent-off are on none", () => {
    const raw = rawOf(handMade(), 1);
    const map = smm([raw]);
    expect(cellsOf(map, 3)).toEqual([[18, Math.floor(((27 / 55 + 1) / 2) * 96)]]);
    const places = (team: Team): number =>
      new Set(
        raw[team === 0 ? "left_team" : "right_team"]
          .filter(([, y]) => y !== -1)
          .map(([x, y]) => `${Math.trunc(((x + 1) / 2) * 96)} ${Math.trunc((y + 1 / 2.25) * 1.125 * 72)}`),
      ).size;
    expect(cellsOf(map, 0)).toHaveLength(places(0));
    expect(cellsOf(map, 1)).toHaveLength(places(1));
    expect(cellsOf(map, 1)).not.toContainEqual([0, 0]);
  });
});
