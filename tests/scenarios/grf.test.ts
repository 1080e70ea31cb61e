/** @file The files in scenarios/ against GRF's own figures. */
import { describe, expect, test } from "vitest";
import type { PlayerSetup } from "../../env/football/scenario.ts";
import { listScenarios, loadScenario } from "../../scenarios/load.ts";
import { ACADEMY } from "./academy-table.ts";
import { MATCHES } from "./match-table.ts";

const placed = (player: PlayerSetup) => [player.role, ...player.position].join(" ");

const placedToReceive = (player: PlayerSetup) =>
  [player.role, ...(player.receiving ?? player.position)].join(" ");

const lazyPlaces = (players: readonly PlayerSetup[]) =>
  players.flatMap((player, place) => (player.lazy === true ? [place] : []));

/** A point of one team's own frame, on the pitch of the right team. */
function rotated(text: string): string {
  const [role, x, y] = text.split(" ");
  return `${role} ${0 - Number(x)} ${0 - Number(y)}`;
}

/** What GRF always plays with. */
const LAWS = { fouls: true, cards: true, fatigue: true, secondHalf: null, stoppage: false };

describe("GRF's academy", () => {
  test("all eleven scenarios ship, and nothing else calls itself academy", () => {
    const ids = listScenarios().filter((scenario) => scenario.suite === "academy");
    expect(ids.map((scenario) => scenario.id).sort()).toEqual(ACADEMY.map((row) => row.id).sort());
  });

  test.each(ACADEMY)("$id starts, is played and ends as in GRF", (row) => {
    const scenario = loadScenario(row.id);
    expect(scenario.ball).toEqual(row.ball);
    expect(scenario.left.players.map(placed)).toEqual(row.left);
    expect(scenario.right.players.map(placed)).toEqual(row.right);
    expect(lazyPlaces(scenario.left.players)).toEqual([]);
    expect(lazyPlaces(scenario.right.players)).toEqual(row.lazy ?? []);
    expect(scenario.steps).toBe(row.steps);
    expect([scenario.left.difficulty, scenario.right.difficulty]).toEqual([1, 0.6]);
    expect(scenario.control).toEqual({ left: "ball", right: "none" });
    expect(scenario.rules).toEqual({ offside: false, kickOff: null, ...LAWS });
    const whens = ["goal", "out-of-play", "possession-lost"].filter((_, i) => row.ends[i]);
    expect(scenario.ends).toEqual(whens.map((when) => ({ when })));
    expect(scenario.variation?.reflect).toBe(true);
  });
});

describe("GRF's full games", () => {
  test("all ship", () => {
    const ids = listScenarios().filter((scenario) => scenario.suite === "match");
    expect(ids.map((scenario) => scenario.id).sort()).toEqual(MATCHES.map((row) => row.id).sort());
  });

  describe.each(MATCHES)("$id", (row) => {
    const scenario = loadScenario(row.id);

    test("the left team stands as GRF's first team, or as its second when it receives", () => {
      expect(scenario.left.players.map(placed)).toEqual(row.first);
      expect(scenario.left.players.map(placedToReceive)).toEqual(row.second);
    });

    test("the right team stands the same, turned by half a circle", () => {
      expect(scenario.right.players.map(placed)).toEqual(row.first.map(rotated));
      expect(scenario.right.players.map(placedToReceive)).toEqual(row.second.map(rotated));
    });

    test("its length, difficulties, halves, laws and who may be controlled are GRF's", () => {
      expect(scenario.steps).toBe(row.steps);
      expect(scenario.ball).toEqual([0, 0]);
      expect([scenario.left.difficulty, scenario.right.difficulty]).toEqual(row.difficulties);
      expect(scenario.control).toEqual({ left: "ball", right: "none" });
      expect(scenario.rules).toEqual({
        ...LAWS,
        offside: true,
        secondHalf: row.secondHalf ?? null,
        kickOff: "by-seed",
      });
      expect(scenario.ends).toEqual([]);
      for (const { players } of [scenario.left, scenario.right]) {
        const not = players.flatMap((player, place) => (player.controllable === false ? [place] : []));
        expect(not).toEqual(row.notControllable ?? []);
      }
    });

    test("nobody starts in the other team's half, however the start varies", () => {
      const shifts = scenario.variation?.shifts ?? [];
      for (const [side, sign] of [["left", 1] as const, ["right", -1] as const]) {
        for (const [place, player] of scenario[side].players.entries()) {
          const mine = shifts.filter((shift) => shift.members.includes(`${side}.${place}`));
          for (const point of [player.position, player.receiving ?? player.position]) {
            const ends = [0, 1].map(
              (end) => point[0] + mine.reduce((sum, shift) => sum + (shift.x[end] ?? 0), 0),
            );
            for (const x of ends) expect(x * sign).toBeLessThanOrEqual(0);
          }
        }
      }
    });
  });
});
