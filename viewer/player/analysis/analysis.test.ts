/** @file The numbers of a match, on one that is small enough to count by hand. */
import { describe, expect, test } from "vitest";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup, Scene } from "../../../env/frame/scene.ts";
import { encodeScene } from "../../protocol/index.ts";
import type { RewardNote } from "../../protocol/index.ts";
import { Timeline } from "../index.ts";
import {
  expectedGoal,
  heatMap,
  passNetwork,
  payments,
  possessionOf,
  rewardLane,
  rewardSums,
  sampleScenes,
  shotsOf,
  stack,
} from "./index.ts";

const TICKS = 5;
const LINEUP: Lineup = {
  pitch: { halfLength: 5250, halfWidth: 3400, goalHalfWidth: 366, goalHeight: 244, goalDepth: 200 },
  teams: [{ name: "Navy" }, { name: "Amber" }],
  players: [
    { team: 0, number: 9, role: "CF", keeper: false },
    { team: 0, number: 10, role: "AM", keeper: false },
    { team: 1, number: 1, role: "GK", keeper: true },
    { team: 1, number: 4, role: "CB", keeper: false },
  ],
};

/** A scene with everybody at a place, the ball with its owner. */
function sceneOf(tick: number, owner: number, places: readonly (readonly [number, number])[]): Scene {
  const [x, y] = places[Math.max(0, owner)]!;
  return {
    tick,
    step: tick / TICKS,
    ball: { x, y, z: 0 },
    figures: places.map(([atX, atY]) => ({
      x: atX,
      y: atY,
      facing: 0,
      pose: "upright" as const,
      controlled: false,
      booked: false,
      sentOff: false,
    })),
    owner,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
  };
}

const PLACES = [
  [4200, 0],
  [2000, 1000],
  [5200, 0],
  [3000, -2000],
] as const;

function timelineOf(owners: readonly number[], events: readonly FootballEvent[] = []): Timeline {
  const timeline = new Timeline(1);
  owners.forEach((owner, seq) => timeline.addScene(seq, encodeScene(sceneOf(seq * TICKS, owner, PLACES))));
  timeline.addEvents(0, events);
  return timeline;
}

const LONG = Array.from({ length: 200 }, () => 0);
const shot = (tick: number, player = 0): FootballEvent => ({
  kind: "shot",
  header: false,
  tick,
  player,
  team: LINEUP.players[player]!.team,
});

const chance = (x: number, y: number, places: readonly (readonly [number, number])[] = PLACES): number =>
  expectedGoal(sceneOf(0, 0, places), LINEUP, 0, x, y);

const goal = (tick: number): FootballEvent => ({
  kind: "goal",
  ownGoal: false,
  score: [1, 0],
  tick,
  player: 0,
  team: 0,
});
const pass = (tick: number, from: number, to: number): FootballEvent[] => [
  { kind: "pass", lofted: false, receiver: to, tick, player: from, team: 0 },
  { kind: "pass-completed", from, tick: tick + 5, player: to, team: 0 },
];
const paid = (tick: number, terms: Record<string, number>): RewardNote => ({
  kind: "reward",
  tick,
  place: 0,
  reward: 0,
  terms,
});

describe("the chance of a goal", () => {
  test("falls with the distance and with the angle, and is a probability", () => {
    const near = [chance(4800, 0), chance(4200, 0), chance(3000, 0), chance(0, 0)];
    expect([...near].sort((a, b) => b - a)).toEqual(near);
    expect(chance(4800, 1500)).toBeLessThan(chance(4800, 0));
    expect(Math.max(...near)).toBeLessThan(1);
    expect(Math.min(...near)).toBeGreaterThan(0);
  });

  test("is higher without the keeper, and lower with a defender in the way", () => {
    const gone = PLACES.map((place, i) => (i === 2 ? ([-5000, 0] as const) : place));
    const blocked = PLACES.map((place, i) => (i === 3 ? ([4600, 0] as const) : place));
    expect(chance(4200, 0, gone)).toBeGreaterThan(chance(4200, 0));
    expect(chance(4200, 0, blocked)).toBeLessThan(chance(4200, 0));
  });

  test("is the same for the other team at the other end", () => {
    const turned = [3, 2, 1, 0].map((i) => [-PLACES[i]![0], -PLACES[i]![1]] as const);
    const swapped: Lineup = { ...LINEUP, players: [3, 2, 1, 0].map((i) => LINEUP.players[i]!) };
    const other = {
      ...swapped,
      players: swapped.players.map(({ team, number, role, keeper }) => {
        return { team: team === 0 ? (1 as const) : (0 as const), number, role, keeper };
      }),
    };
    expect(expectedGoal(sceneOf(0, 0, turned), other, 1, -4200, 0)).toBeCloseTo(chance(4200, 0));
  });
});

describe("a shot", () => {
  const result = (...after: FootballEvent[]) =>
    shotsOf(timelineOf(LONG, [shot(50), ...after]), LINEUP, 900, TICKS)[0]!.result;
  const post: FootballEvent = { kind: "post", tick: 55, player: 0, team: 0 };
  const save: FootballEvent = { kind: "save", caught: true, tick: 60, player: 2, team: 1 };

  test.each([
    ["goal", [goal(60)]],
    ["saved", [save]],
    ["woodwork", [post]],
    ["goal", [post, goal(65)]],
    ["off", []],
    ["off", [goal(600)]],
    ["off", [shot(55), goal(60)]],
  ] as const)("is %s when it is followed by %j", (wanted, after) => {
    expect(result(...after)).toBe(wanted);
  });

  test("after the cursor is none yet, and what comes of it is not known before it comes", () => {
    const timeline = timelineOf(LONG, [shot(50), goal(60)]);
    expect(shotsOf(timeline, LINEUP, 45, TICKS)).toEqual([]);
    expect(shotsOf(timeline, LINEUP, 55, TICKS)).toMatchObject([{ result: "off", x: 4200, y: 0, team: 0 }]);
    expect(shotsOf(timeline, LINEUP, 60, TICKS)).toMatchObject([{ result: "goal" }]);
  });
});

test("passes are counted by pair, whoever of the two played them, and players stand at their mean places", () => {
  const lost: FootballEvent = { kind: "pass", lofted: true, receiver: 1, tick: 40, player: 0, team: 0 };
  const timeline = timelineOf(LONG, [...pass(10, 0, 1), ...pass(20, 1, 0), lost]);
  const network = passNetwork(timeline, LINEUP, 0, 900);
  expect(network).toMatchObject({ tried: 3, completed: 2, links: [{ a: 0, b: 1, passes: 2 }] });
  expect(network.nodes).toContainEqual({ player: 0, touches: 3, x: 4200, y: 0 });
  expect(passNetwork(timeline, LINEUP, 1, 900)).toMatchObject({ tried: 0, nodes: [] });
  expect(passNetwork(timeline, LINEUP, 0, 12).completed).toBe(0);
});

test("possession is of those scenes in which somebody has the ball", () => {
  const scenes = sampleScenes(timelineOf([0, 0, -1, 3, 1]), 900);
  expect(possessionOf(scenes, LINEUP)).toEqual([0.75, 0.25]);
  expect(possessionOf([], LINEUP)).toEqual([0.5, 0.5]);
});

test("a long match is thinned out, and ends at the cursor", () => {
  const timeline = timelineOf(Array.from({ length: 5000 }, () => 0));
  const scenes = sampleScenes(timeline, 20_000);
  expect(scenes.length).toBeLessThanOrEqual(1200);
  expect(scenes.at(-1)!.tick).toBeGreaterThan(19_900);
  expect(scenes.at(-1)!.tick).toBeLessThanOrEqual(20_000);
});

test("the warmest place is where the players stood, and keepers do not count", () => {
  const heat = heatMap([sceneOf(0, 0, PLACES)], LINEUP, (player) => player === 0 || player === 2);
  const warmest = heat.cells.indexOf(1);
  expect(warmest % heat.columns).toBe(Math.floor(((4200 + 5250) / 10_500) * heat.columns));
  expect(heat.cells.filter((part) => part > 0).length).toBe(9);
});

describe("rewards", () => {
  const notes = [
    paid(10, { checkpoints: 0.1 }),
    paid(12, { scoring: -1 }),
    paid(990, { checkpoints: 0.3, scoring: 1 }),
  ];

  test("lie in their bins, what paid apart from what cost", () => {
    const lane = rewardLane(notes, 0, 1000, 10);
    expect(lane.terms).toEqual(["checkpoints", "scoring"]);
    expect(lane.bins).toMatchObject([
      { from: 0, to: 100, values: [0.1, -1] },
      { from: 900, to: 1000 },
    ]);
    expect(lane.most).toBeCloseTo(1.3);
    expect([stack([0.1, -1], 1), stack([0.1, -1], -1)]).toEqual([0.1, 1]);
  });

  test("that a step earned at the very end are in the last bin", () => {
    expect(rewardLane([paid(1000, { scoring: 1 })], 0, 1000, 10).bins).toMatchObject([{ from: 900 }]);
  });

  test("for a goal lie in the goal, though the ball is back at the centre spot when they are told", () => {
    const timeline = new Timeline(1);
    const add = (seq: number, change: Partial<Scene>): void =>
      timeline.addScene(seq, encodeScene({ ...sceneOf(seq * TICKS, -1, PLACES), ...change }));
    add(0, { step: 1, ball: { x: 4000, y: 0, z: 0 } });
    add(1, { step: 1, ball: { x: 5300, y: 100, z: 0 } });
    for (let seq = 2; seq < 9; seq++) add(seq, { step: 2, ball: { x: 0, y: 0, z: 0 }, mode: "kick-off" });
    expect(payments(timeline, [paid(40, { scoring: 1 })], ["scoring"], 99, 9)).toMatchObject([
      { x: 5300, y: 100 },
    ]);
  });

  test("add up to the cursor, and lie where the ball was", () => {
    expect(rewardSums(notes, ["checkpoints", "scoring"], 100)).toEqual([0.1, -1]);
    expect(payments(timelineOf(LONG), notes, ["checkpoints", "scoring"], 100, 1)).toEqual([
      { tick: 12, term: 1, value: -1, x: 4200, y: 0 },
    ]);
  });
});
