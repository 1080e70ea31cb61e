/** @file What a viewer is told and shown of the laws: banners, words, the offside line, distances, who is left. */
import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import type { EventKind, FootballEvent } from "../../env/football/event.ts";
import { GAME_MODES } from "../../env/frame/index.ts";
import type { Lineup, Scene } from "../../env/frame/index.ts";
import {
  attackingTeam,
  bannerAt,
  commandOf,
  distanceToKeep,
  flagAt,
  offsideLine,
  squadOf,
  tell,
  Timeline,
} from "../../viewer/player/index.ts";
import { encodeScene } from "../../viewer/protocol/index.ts";
import { LINEUP, makeScene } from "./arbitrary.ts";

const TICKS = 5;

function timelineOf(scenes: readonly Scene[], events: readonly FootballEvent[] = []): Timeline {
  const timeline = new Timeline(1);
  scenes.forEach((scene, seq) => timeline.addScene(seq, encodeScene(scene)));
  timeline.addEvents(0, events);
  return timeline;
}

function event(tick: number, player: number, kind: EventKind): FootballEvent {
  return { tick, player, team: LINEUP.players[player]?.team ?? 0, ...kind };
}

function bannerOf(events: readonly FootballEvent[], tick: number, scene: Partial<Scene> = {}) {
  const shown = makeScene({ tick, ...scene });
  // The episode goes on after the cursor.
  const timeline = timelineOf([makeScene(), shown, makeScene({ tick: tick + 500 })], events);
  return bannerAt(timeline, shown, tick, LINEUP, TICKS);
}

const foul = event(100, 3, { kind: "foul", victim: 1, penalty: false });

describe("the banner", () => {
  test.each<[EventKind, string, string, string]>([
    [{ kind: "foul", victim: 1, penalty: false }, "foul", "Foul", "Otters 4 on Herons 9"],
    [{ kind: "foul", victim: 1, penalty: true }, "foul", "Foul: penalty", "Otters 4 on Herons 9"],
    [{ kind: "yellow-card", second: false }, "yellow-card", "Yellow card", "Otters 4"],
    [{ kind: "yellow-card", second: true }, "yellow-card", "Second yellow", "Otters 4"],
    [{ kind: "red-card" }, "red-card", "Red card", "Otters 4 is sent off"],
    [{ kind: "offside" }, "offside", "Offside", "Otters 4"],
    [{ kind: "advantage" }, "foul", "Advantage", "play on"],
    [{ kind: "half-time" }, "half-time", "Half-time", "the teams change ends"],
  ])("of %j says it, and is gone after four seconds", (kind, bannerKind, title, detail) => {
    const events = [event(100, 3, kind)];
    expect(bannerOf(events, 99)).toBeUndefined();
    expect(bannerOf(events, 100)).toMatchObject({ kind: bannerKind, title, detail });
    expect(bannerOf(events, 100 + 40 * TICKS)).toBeUndefined();
  });

  test("of a foul and its cards is the last card", () => {
    const second = event(100, 3, { kind: "yellow-card", second: true });
    const red = event(100, 3, { kind: "red-card" });
    expect(bannerOf([foul, second], 105)?.kind).toBe("yellow-card");
    expect(bannerOf([foul, second, red], 105)?.kind).toBe("red-card");
  });

  test("of a free kick tells an indirect one, after an offside, from a direct one, after a foul", () => {
    const waiting = { mode: "free-kick", restartTeam: 0 } as const;
    const offside = event(100, 3, { kind: "offside" });
    expect(bannerOf([foul], 280, waiting)).toMatchObject({ title: "Free kick", detail: "Herons" });
    expect(bannerOf([foul, offside], 280, waiting)).toMatchObject({ title: "Indirect free kick" });
  });
});

test.each<[EventKind, string, string]>([
  [{ kind: "foul", victim: 1, penalty: false }, "whistle", "Foul by Otters 4 on Herons 9."],
  [{ kind: "foul", victim: -1, penalty: true }, "whistle", "Foul by Otters 4: penalty!"],
  [{ kind: "yellow-card", second: false }, "yellow-card", "Yellow card for Otters 4."],
  [{ kind: "red-card" }, "red-card", "Red card: Otters 4 is sent off."],
  [{ kind: "offside" }, "flag", "Otters 4 is offside."],
  [{ kind: "free-kick", indirect: true }, "restart", "Indirect free kick for Otters."],
  [{ kind: "half-time" }, "half", "Half-time: the teams change ends."],
])("%j has a sign and a sentence, and is a key moment", (kind, icon, text) => {
  expect(tell(event(1, 3, kind), LINEUP)).toEqual({ icon, text, weight: "key" });
});

test("an advantage is told only to those who want everything", () => {
  expect(tell(event(1, 3, { kind: "advantage" }), LINEUP)).toMatchObject({
    icon: "advantage",
    weight: "flow",
  });
});

/** Two teams of four; the players of each are where the numbers say, along the pitch in metres. */
const FOURS: Lineup = {
  ...LINEUP,
  players: Array.from({ length: 8 }, (_, i) => ({
    team: i < 4 ? 0 : 1,
    number: (i % 4) + 1,
    role: i % 4 === 0 ? "GK" : "CB",
    keeper: i % 4 === 0,
  })),
};

function places(metres: readonly number[], ball = 0, sentOff: readonly number[] = []) {
  const figure = makeScene({}, 1).figures[0]!;
  const figures = metres.map((x, i) => ({ ...figure, x: x * 100, sentOff: sentOff.includes(i) }));
  const scene = makeScene({ figures, ball: { x: ball * 100, y: 0, z: 0 } });
  return { scene, x: Float64Array.from(figures.map(({ x }) => x)), ball: scene.ball };
}

describe("the offside line", () => {
  const left = [-50, 10, 20, 30];
  test.each<[string, readonly number[], number, readonly number[], number | undefined]>([
    ["is at the second last opponent", [50, 25, 15, 5], 0, [], 25],
    ["counts any two, the keeper or not", [10, 25, 40, 5], 0, [], 25],
    ["is at the ball when that is nearer to the goal", [50, 25, 15, 5], 33, [], 33],
    ["is the halfway line when all have left their half", [50, -5, -9, -20], -30, [], 0],
    ["does not count who was sent off", [50, 25, 15, 5], 0, [5], 15],
    ["is none against a single opponent", [50, 25, 15, 5], 0, [5, 6, 7], undefined],
  ])("%s", (_, right, ball, sentOff, line) => {
    const at = offsideLine(places([...left, ...right], ball, sentOff), FOURS, 0);
    expect(at).toBe(line === undefined ? undefined : line * 100);
    // The same from the other side.
    const turned = [...right, ...left].map((x) => -x);
    const mirror = places(
      turned,
      -ball,
      sentOff.map((i) => i - 4),
    );
    const other = offsideLine(mirror, FOURS, 1);
    expect(other === undefined ? undefined : 0 - other).toBe(at);
  });

  test("is that of the team that has the ball, had it last, or brings it into play", () => {
    const scenes = [
      makeScene({ owner: 2 }),
      makeScene({ tick: 5, owner: 1 }),
      makeScene({ tick: 10 }),
      makeScene({ tick: 15, mode: "throw-in", restartTeam: 1 }),
    ];
    const timeline = timelineOf(scenes);
    expect(scenes.map((_, i) => attackingTeam(timeline, i, LINEUP))).toEqual([1, 0, 0, 1]);
    expect(attackingTeam(timelineOf([makeScene()]), 0, LINEUP)).toBeUndefined();
  });
});

/** An attacker and the last defender but the keeper, along the pitch in metres. */
function duel(tick: number, attacker: number, defender: number): Scene {
  return { ...places([-50, attacker, 0, 0, 52, defender, 0, 0]).scene, tick };
}

describe("who is flagged", () => {
  const scenes = [duel(0, 30, 28), duel(5, 32, 28), duel(10, 36, 35), duel(200, 40, 50)];
  const pass: FootballEvent = { tick: 5, player: 2, team: 0, kind: "pass", lofted: false, receiver: 1 };
  const given: FootballEvent = { tick: 10, player: 1, team: 0, kind: "offside" };

  test("is shown with the line and his place when the ball was played, not when he got it", () => {
    const timeline = timelineOf(scenes, [pass, given]);
    expect(flagAt(timeline, 9, FOURS, TICKS)).toBeUndefined();
    for (const tick of [10, 100]) {
      expect(flagAt(timeline, tick, FOURS, TICKS)).toEqual({
        player: 1,
        line: 2800,
        spot: { x: 3200, y: 0 },
      });
    }
    expect(flagAt(timeline, 10 + 31 * TICKS, FOURS, TICKS)).toBeUndefined();
  });
});

test("opponents must keep 9.15 m from kicks and 2 m from throw-ins; nothing is drawn in play", () => {
  const distances = Object.fromEntries(GAME_MODES.map((mode) => [mode, distanceToKeep(mode, LINEUP.pitch)]));
  expect(distances).toEqual({
    normal: undefined,
    "kick-off": 915,
    "goal-kick": undefined,
    "free-kick": 915,
    corner: 915,
    "throw-in": 200,
    penalty: 915,
  });
  const small = { ...LINEUP.pitch, halfLength: 2000, halfWidth: 1280 };
  expect([distanceToKeep("corner", small), distanceToKeep("throw-in", small)]).toEqual([366, 200]);
});

test("those who are left and those who were sent off are the whole team, whoever was", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (off) => {
      const scene = places(
        off.map(() => 0),
        0,
        off.flatMap((gone, i) => (gone ? [i] : [])),
      ).scene;
      const gone = off.slice(0, 4).filter(Boolean).length;
      expect(squadOf(scene, FOURS, 0)).toEqual({ players: 4 - gone, sentOff: gone });
    }),
  );
});

test("O asks for the offside line", () => {
  const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  expect(commandOf({ key: "o", ...none })).toBe("offside");
});
