import { expect, test } from "vitest";
import type { EventKind, FootballEvent } from "../../../env/football/index.ts";
import type { Lineup, Scene, SceneFigure } from "../../../env/frame/scene.ts";
import { makeTally, type MatchCounts, type SideCounts } from "./tally.ts";

/** Player 0 is left, player 1 right. */
const LINEUP: Lineup = {
  pitch: { halfLength: 5500, halfWidth: 3600, goalHalfWidth: 370, goalHeight: 250, goalDepth: 255 },
  teams: [{ name: "Navy" }, { name: "Amber" }],
  players: [
    { team: 0, number: 1, role: "CF", keeper: false },
    { team: 1, number: 1, role: "CF", keeper: false },
  ],
};

const event = (team: 0 | 1, kind: EventKind): FootballEvent => ({ tick: 0, player: team, team, ...kind });
const goal = (team: 0 | 1, ownGoal = false) => event(team, { kind: "goal", ownGoal, score: [0, 0] });
const shot = (team: 0 | 1) => event(team, { kind: "shot", header: false });
const pass = (team: 0 | 1) => event(team, { kind: "pass", lofted: false, receiver: -1 });
const save = (team: 0 | 1) => event(team, { kind: "save", caught: false });

function countEvents(events: readonly FootballEvent[]): MatchCounts {
  const tally = makeTally(LINEUP);
  // One step each, for shots are followed over steps.
  for (const each of events) tally.hear([each], 0);
  return tally.counts;
}

test.each<[EventKind, keyof SideCounts]>([
  [{ kind: "goal", ownGoal: true, score: [0, 1] }, "goals"],
  [{ kind: "shot", header: true }, "shots"],
  [{ kind: "pass", lofted: true, receiver: 0 }, "passes"],
  [{ kind: "pass-completed", from: 1 }, "passesToTeammate"],
  [{ kind: "corner" }, "corners"],
  [{ kind: "throw-in" }, "throwIns"],
  [{ kind: "goal-kick" }, "goalKicks"],
  [{ kind: "free-kick", indirect: true }, "freeKicks"],
  [{ kind: "penalty" }, "penalties"],
  [{ kind: "offside" }, "offsides"],
  [{ kind: "foul", victim: 0, penalty: false }, "fouls"],
  [{ kind: "advantage" }, "advantages"],
  [{ kind: "yellow-card", second: false }, "yellowCards"],
  [{ kind: "red-card" }, "redCards"],
])("the event %j counts in %s of its own side and nowhere else", (kind, counter) => {
  const [left, right] = countEvents([event(1, kind), event(1, kind)]).sides;
  expect(Object.entries(right).filter(([, count]) => count > 0)).toEqual([[counter, 2]]);
  expect(Object.values(left).every((count) => count === 0)).toBe(true);
});

test.each<[string, FootballEvent[], number]>([
  ["that is a goal", [shot(0), goal(0)], 1],
  ["that the goalkeeper saves", [shot(0), save(1)], 1],
  ["that is saved and then put in by another shot makes two", [shot(0), save(1), shot(0), goal(0)], 2],
  ["that goes in off the post", [shot(0), event(0, { kind: "post" }), goal(0)], 1],
  ["that goes in off a defender", [shot(0), event(1, { kind: "block" }), goal(0)], 1],
  [
    "that hits the post and goes wide is not",
    [shot(0), event(0, { kind: "post" }), event(0, { kind: "out-of-play" })],
    0,
  ],
  ["that goes wide is not, whatever follows", [shot(0), event(0, { kind: "out-of-play" }), goal(0)], 0],
  ["after which a teammate passes is not", [shot(0), pass(0), save(1)], 0],
  ["that the own goalkeeper meets is not", [shot(0), save(0)], 0],
  ["that ends in a goal of the others is not", [shot(0), goal(1), save(1)], 0],
])("a shot on target: one %s", (_, events, onTarget) => {
  expect(countEvents(events).sides[0].shotsOnTarget).toBe(onTarget);
});

test("goals are told by half", () => {
  const tally = makeTally(LINEUP);
  tally.hear([goal(0), goal(1)], 0);
  tally.hear([goal(1)], 1);
  expect(tally.counts.goalsByHalf).toEqual([2, 1]);
});

const figure = (x: number, y: number, sentOff = false): SceneFigure => ({
  x,
  y,
  facing: 0,
  pose: "upright",
  controlled: false,
  booked: false,
  sentOff,
});

function scene(change: Partial<Scene> = {}): Scene {
  return {
    tick: 0,
    step: 0,
    ball: { x: 0, y: 0, z: 0 },
    figures: [figure(0, 0), figure(0, 0)],
    owner: -1,
    score: [0, 0],
    clockSeconds: 0,
    mode: "normal",
    restartTeam: -1,
    half: 1,
    ...change,
  };
}

const throwIn: Partial<Scene> = { mode: "throw-in", restartTeam: 0 };

/** Each entry is a scene, shown as often as the number says. */
function countScenes(scenes: readonly [Partial<Scene>, number][]): MatchCounts {
  const tally = makeTally(LINEUP);
  for (const [change, times] of scenes) for (let i = 0; i < times; i++) tally.see(scene(change));
  return tally.counts;
}

test("possession is live play only, and stays with whoever had the ball last", () => {
  const counts = countScenes([
    [{}, 2],
    [{ owner: 1 }, 3],
    [{}, 4],
    [{ owner: 0 }, 1],
    [{ ...throwIn, owner: 0 }, 9],
  ]);
  expect(counts.sides.map((side) => side.possession)).toEqual([1, 7]);
  expect(counts.live).toBe(10);
  expect(counts.longestSetPiece).toBe(9);
});

const at = (x: number, z = 0): Partial<Scene> => ({ ball: { x, y: 0, z } });

test.each<[string, [Partial<Scene>, number][], number]>([
  ["for 3 s not yet", [[at(0), 30]], 0],
  ["for longer, each further scene counts", [[at(0), 35]], 5],
  [
    "and moves by less than 0.3 m",
    [
      [at(0), 20],
      [at(29), 15],
    ],
    5,
  ],
  [
    "and moves by 0.3 m is not",
    [
      [at(0), 20],
      [at(30), 15],
    ],
    0,
  ],
  [
    "but bounces is not",
    [
      [at(0), 20],
      [at(0, 50), 1],
      [at(0), 20],
    ],
    0,
  ],
  ["while a throw-in is waited for is not", [[{ ...at(0), ...throwIn }, 99]], 0],
  [
    "before and after a throw-in is not",
    [
      [at(0), 20],
      [{ ...at(0), ...throwIn }, 20],
      [at(0), 20],
    ],
    0,
  ],
])("the ball is stuck: one that lies %s", (_, scenes, stuck) => {
  expect(countScenes(scenes).stuck).toBe(stuck);
});

test.each<[string, [Partial<Scene>, number][], number]>([
  ["on the line he is inside", [[{ figures: [figure(5500, -3600), figure(0, 0)] }, 5]], 0],
  ["behind the goal line he is outside", [[{ figures: [figure(5501, 0), figure(0, 0)] }, 5]], 5],
  ["beside the touchline he is outside", [[{ figures: [figure(0, 0), figure(0, -3601)] }, 5]], 5],
  ["sent off he does not count", [[{ figures: [figure(0, 15000, true), figure(0, 0)] }, 5]], 0],
  [
    "two players one after the other do not add up",
    [
      [{ figures: [figure(5501, 0), figure(0, 0)] }, 5],
      [{ figures: [figure(0, 0), figure(5501, 0)] }, 4],
    ],
    5,
  ],
  [
    "a set piece does not count and does not bring him back",
    [
      [{ figures: [figure(5501, 0), figure(0, 0)] }, 5],
      [{ ...throwIn, figures: [figure(5501, 0), figure(0, 0)] }, 50],
      [{ figures: [figure(5501, 0), figure(0, 0)] }, 2],
    ],
    7,
  ],
])("a player outside of the lines: %s", (_, scenes, longest) => {
  expect(countScenes(scenes).longestOutside).toBe(longest);
});
