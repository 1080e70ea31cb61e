import { describe, expect, test } from "vitest";
import { exitOf, hitBar, scoreGoal } from "../../env/football/laws/boundary.ts";
import { touchedBy } from "./situation.ts";

/** One tick of the ball: from, to (metres; z is the height of its underside), who touched it last, what follows. */
const CASES = [
  ["whole ball over the line between the posts", [54.9, 0, 0], [55.3, 0, 0], 0, { kind: "goal", scorer: 0 }],
  ["half of the ball over the line", [54.5, 0, 0], [55.05, 0, 0], 0, null],
  ["ball exactly on the outer edge of the line", [54.5, 0, 0], [55.11, 0, 0], 0, null],
  ["goal at the left end", [-54.9, 1, 0.5], [-55.4, 1, 0.5], 1, { kind: "goal", scorer: 1 }],
  ["own goal", [-54.9, 1, 0], [-55.4, 1, 0], 0, { kind: "goal", scorer: 1 }],
  ["just under the bar", [54.8, 0, 2.2], [55.5, 0, 2.2], 0, { kind: "goal", scorer: 0 }],
  ["over the bar off an attacker", [54.8, 0, 2.9], [55.5, 0, 2.9], 0, { kind: "goal-kick", team: 1 }],
  ["over the bar off a defender", [54.8, 0, 2.9], [55.5, 0, 2.9], 1, { kind: "corner", team: 0 }],
  ["wide of the post off an attacker", [54.8, 3.9, 0], [55.5, 3.9, 0], 0, { kind: "goal-kick", team: 1 }],
  ["wide of the post off a defender", [54.8, -20, 0], [55.5, -20, 0], 1, { kind: "corner", team: 0 }],
  ["behind the left goal line off the left", [-54.8, 9, 0], [-55.5, 9, 0], 0, { kind: "corner", team: 1 }],
  [
    "behind the left goal line off the right",
    [-54.8, 9, 0],
    [-55.5, 9, 0],
    1,
    { kind: "goal-kick", team: 0 },
  ],
  ["over the touchline", [10, 35.9, 0], [10.1, 36.3, 0], 0, { kind: "throw-in", team: 1 }],
  ["over the other touchline in the air", [10, -35.9, 8], [10.1, -36.3, 8], 1, { kind: "throw-in", team: 0 }],
  ["on the touchline", [10, 35.9, 0], [10, 36.1, 0], 0, null],
  [
    "crossed the goal line inside the post, far behind it outside",
    [54.9, 3.5, 0],
    [56.9, 4.4, 0],
    0,
    { kind: "goal", scorer: 0 },
  ],
  [
    "crossed the goal line outside the post, behind it inside",
    [54.9, 4.1, 0],
    [56.9, 3, 0],
    0,
    { kind: "goal-kick", team: 1 },
  ],
] as const;

describe("Laws 9, 10, 15, 16 and 17: the ball leaves the field", () => {
  test.each(CASES)("%s", (_name, from, to, lastTouch, expected) => {
    const match = touchedBy(lastTouch);
    [match.ball.x, match.ball.y, match.ball.z] = to;
    const exit = exitOf(match, { x: from[0], y: from[1], z: from[2], vx: 0, vy: 0 });
    if (expected === null) expect(exit).toBeNull();
    else expect(exit).toMatchObject(expected);
  });

  test("a corner is taken from the corner on the side where the ball went out", () => {
    const match = touchedBy(1);
    [match.ball.x, match.ball.y] = [55.5, -20];
    expect(exitOf(match, { x: 54.8, y: -20, z: 0, vx: 0, vy: 0 })).toMatchObject({ x: 54.6, y: -35.6 });
  });

  test("a throw-in is taken where the ball crossed the line", () => {
    const match = touchedBy(0);
    [match.ball.x, match.ball.y] = [-12, 36.4];
    expect(exitOf(match, { x: -12, y: 35.8, z: 0, vx: 0, vy: 0 })).toMatchObject({ x: -12, y: 36 });
  });
});

describe("the bar", () => {
  test.each([
    ["under it", 2.2, false],
    ["against its underside", 2.3, true],
    ["against its top", 2.6, true],
    ["over it", 2.7, false],
  ])("a ball %s", (_name, z, hit) => {
    const match = touchedBy(0);
    Object.assign(match.ball, { x: 55.2, y: 1, z, vx: 25, vy: 0, vz: 0 });
    expect(hitBar(match, { x: 54.7, y: 1, z, vx: 25, vy: 0 })).toBe(hit);
    expect(match.ball.vx < 0).toBe(hit);
    expect(match.events.map((event) => event.kind)).toEqual(hit ? ["bar"] : []);
  });

  test("a ball wide of the goal passes beside it", () => {
    const match = touchedBy(0);
    Object.assign(match.ball, { x: 55.2, y: 5, z: 2.4, vx: 25 });
    expect(hitBar(match, { x: 54.7, y: 5, z: 2.4, vx: 25, vy: 0 })).toBe(false);
  });
});

test("a goal counts for the attackers of that end, an own goal says so", () => {
  const match = touchedBy(0);
  scoreGoal(match, 1);
  expect(match.score).toEqual([0, 1]);
  expect(match.events.at(-1)).toMatchObject({ kind: "goal", team: 1, ownGoal: true, score: [0, 1] });
  scoreGoal(match, 0);
  expect(match.events.at(-1)).toMatchObject({ kind: "goal", team: 0, ownGoal: false, score: [1, 1] });
});
