/** @file Pitches and goals of other sizes: their measures, play within them, and what is seen of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PitchSetup, type RawObservation, type Scenario } from "../../env/football/index.ts";
import { exitOf } from "../../env/football/laws/boundary.ts";
import { BOARDS_BEHIND, BOARDS_BESIDE, pitchOf, toMetres, toScenario } from "../../env/football/pitch.ts";
import { marksOf } from "../../env/frame/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { envOf, matchOf } from "./situation.ts";

const fives = loadScenario("5_vs_5");
const HALL: PitchSetup = { length: 40, width: 25, goalWidth: 3, goalHeight: 2 };

function inHall(scenario: Scenario, difficulty: number): Scenario {
  const { left, right } = scenario;
  return { ...scenario, pitch: HALL, left: { ...left, difficulty }, right: { ...right, difficulty } };
}

const metres = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
const setups = fc
  .record({
    length: metres(20, 120),
    width: metres(15, 90),
    goalWidth: metres(1, 12),
    goalHeight: metres(1, 3),
  })
  .filter(({ width, goalWidth }) => goalWidth < width);

describe("measures", () => {
  test("without any of its own a pitch has those of GRF's engine and of Law 1, to the last bit", () => {
    expect(pitchOf()).toEqual({
      halfLength: 55,
      halfWidth: 36,
      goalHalfWidth: 3.7,
      goalHeight: 2.5,
      goalDepth: 2.55,
      boxDepth: 16.5,
      boxHalfWidth: 20.16,
      goalAreaDepth: 5.5,
      goalAreaHalfWidth: 9.16,
      penaltyDistance: 11,
      kickDistance: 9.15,
      along: 1,
      across: 1,
      marks: 1,
    });
  });

  test("a small pitch has its marks in proportion", () => {
    const { marks, boxDepth, penaltyDistance, kickDistance } = pitchOf(HALL);
    expect(marks).toBeCloseTo(25 / 64, 12);
    expect([boxDepth, penaltyDistance, kickDistance].map((measure) => measure / marks)).toEqual([
      16.5, 11, 9.15,
    ]);
  });

  test("on any pitch the marks are at most Law 1's and in their half, and the box is wider than the goal", () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const pitch = pitchOf(setup);
        expect(pitch.marks).toBeLessThanOrEqual(1);
        expect(pitch.penaltyDistance).toBeLessThan(pitch.boxDepth);
        expect(pitch.penaltyDistance + pitch.kickDistance).toBeLessThan(pitch.halfLength);
        expect(pitch.boxHalfWidth).toBeGreaterThan(pitch.goalHalfWidth);
        expect(pitch.goalDepth).toBeLessThan(BOARDS_BEHIND);
      }),
    );
  });

  test("a scenario's coordinates are the whole pitch, whatever its size", () => {
    fc.assert(
      fc.property(setups, metres(-1, 1), metres(-0.42, 0.42), (setup, x, y) => {
        const pitch = pitchOf(setup);
        expect(toMetres(pitch, [1, 0.42])).toEqual([setup.length / 2, setup.width / 2]);
        const [sx, sy] = toScenario(pitch, ...toMetres(pitch, [x, y]));
        expect(sx).toBeCloseTo(x, 12);
        expect(sy).toBeCloseTo(y, 12);
      }),
    );
  });
});

test.each([
  ["between the posts and under the bar", 1.45, 1.7, "goal"],
  ["outside a post, where a usual goal would be", 1.55, 0.5, "corner"],
  ["over the bar, under that of a usual goal", 0, 1.9, "corner"],
] as const)("a ball that crosses the line %s", (_, y, z, kind) => {
  const match = matchOf(inHall(fives, 1));
  const ball = { x: 20.3, y, z, vx: 20, vy: 0 };
  Object.assign(match.ball, { ...ball, lastTouch: 5 });
  expect(exitOf(match, { ...ball, x: 19.9 })?.kind).toBe(kind);
});

/** Places in centimetres where the ball may lie at a restart, one of each pair for each of four quarters. */
const SPOTS: Readonly<Record<string, readonly [x: readonly [number, number], y: readonly [number, number]]>> =
  {
    "kick-off": [
      [0, 0],
      [0, 0],
    ],
    "throw-in": [
      [0, 1900],
      [1250, 1250],
    ],
    corner: [
      [1960, 1960],
      [1210, 1210],
    ],
    "goal-kick": [
      [1840, 1840],
      [358, 358],
    ],
    penalty: [
      [1570, 1570],
      [0, 0],
    ],
  };

test("five against five play on 40 x 25 m with goals of 3 m, and everything is in its place", async () => {
  const scenario = inHall(fives, 1);
  const seen = new Map<string, number>();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  let [beyondEnd, beyondSide] = [0, 0];
  for (const seed of [1, 2, 3]) {
    const env = await envOf(scenario, { control: { left: "none", right: "none" } });
    let goals = 0;
    env.onScene = ({ ball, figures, score }) => {
      for (const { x, y } of [ball, ...figures.filter(({ sentOff }) => !sentOff)]) {
        beyondEnd = Math.max(beyondEnd, Math.abs(x) / 100 - 20);
        beyondSide = Math.max(beyondSide, Math.abs(y) / 100 - 12.5);
      }
      if (score[0] + score[1] === goals) return;
      goals = score[0] + score[1];
      note("goal");
      // It lies in the net: it had crossed the line a tick ago, or up to five.
      expect(Math.abs(ball.x)).toBeGreaterThan(2000);
      expect(Math.abs(ball.y)).toBeLessThan(150);
      expect(ball.z).toBeLessThan(200);
    };
    env.reset({ seed });
    for (let step = 0; step < 3000; step++) {
      const { info, truncated } = env.step([]);
      if (step === 2999) expect(truncated).toBe(true);
      const spot = SPOTS[info.mode];
      if (!spot) continue;
      note(info.mode);
      const { ball } = env.scene();
      [ball.x, ball.y].forEach((value, axis) => {
        expect(Math.abs(value)).toBeGreaterThanOrEqual(spot[axis]![0]);
        expect(Math.abs(value)).toBeLessThanOrEqual(spot[axis]![1]);
      });
    }
  }
  expect(beyondEnd).toBeLessThan(BOARDS_BEHIND);
  expect(beyondSide).toBeLessThan(BOARDS_BESIDE);
  for (const what of ["goal", "throw-in", "corner", "goal-kick"])
    expect(seen.get(what), what).toBeGreaterThan(2);
}, 120_000);

test("a pitch that says GRF's measures plays as one that says nothing, state by state", async () => {
  const pitch = { length: 110, width: 72, goalWidth: 7.4, goalHeight: 2.5 };
  const [plain, said] = await Promise.all([envOf(fives), envOf({ ...fives, pitch })]);
  plain.reset({ seed: 4 });
  said.reset({ seed: 4 });
  expect(said.lineup).toEqual(plain.lineup);
  for (let step = 0; step < 200; step++) {
    const action = step % 19;
    plain.step(action);
    said.step(action);
    expect(said.stateHash()).toBe(plain.stateHash());
  }
});

test("observations are of the scenario's own pitch, and text tells true metres", async () => {
  const drill = loadScenario("academy_3_vs_1_with_keeper");
  const observation = ["raw", "text"] as const;
  const [usual, small] = await Promise.all([
    envOf(drill, { observation }),
    envOf({ ...drill, pitch: HALL }, { observation }),
  ]);
  const of = (env: typeof usual) => env.reset({ seed: 1 }).observation as readonly Seen[];
  const [{ raw, text }, there] = [of(small)[0]!, of(usual)[0]!];
  numbers(raw).forEach((number, i) => expect(number).toBeCloseTo(numbers(there.raw)[i]!, 9));
  expect(toGoal(text) / toGoal(there.text)).toBeCloseTo(40 / 110, 1);
});

function numbers({ left_team, right_team, ball }: RawObservation): number[] {
  return [...left_team, ...right_team, ball].flat();
}

function toGoal(told: string): number {
  return Number(/The goal is (\d+) m/.exec(told)?.[1]);
}

interface Seen {
  raw: RawObservation;
  text: string;
}

test("the lineup tells the size in centimetres, and the picture's marks are those of the game", async () => {
  const { lineup } = await envOf(inHall(fives, 1));
  expect(lineup.pitch).toEqual({
    halfLength: 2000,
    halfWidth: 1250,
    goalHalfWidth: 150,
    goalHeight: 200,
    goalDepth: 204,
  });
  const { boxDepth, boxHalfWidth, penaltyDistance, kickDistance } = pitchOf(HALL);
  const { penaltyArea, penaltySpot, circle } = marksOf(lineup.pitch);
  expect([penaltyArea.depth, penaltyArea.halfWidth, penaltySpot, circle]).toEqual(
    [boxDepth, boxHalfWidth, penaltyDistance, kickDistance].map((measure) => measure * 100),
  );
});

test("a snapshot goes on bit for bit on a pitch of its own size", async () => {
  const env = await envOf(inHall(fives, 1), { control: { left: "none", right: "none" } });
  env.reset({ seed: 6 });
  for (let step = 0; step < 150; step++) env.step([]);
  const snapshot = structuredClone(env.snapshot());
  const other = await envOf(inHall(fives, 1), { control: { left: "none", right: "none" } });
  other.restore(snapshot);
  for (let step = 0; step < 150; step++) {
    env.step([]);
    other.step([]);
    expect(other.stateHash()).toBe(env.stateHash());
  }
});
