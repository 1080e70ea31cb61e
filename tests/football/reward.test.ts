/**
 * @file The reward terms that are ours a second time, from what can be observed of played episodes; whose weights
 * count; and that what terms remember comes back with a snapshot.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type FootballEnv,
  type FootballEvent,
  type FootballInfo,
  makeEnv,
  type RawObservation,
  REWARD_TERMS,
  type RewardTerms,
  type RewardWeights,
} from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { playMoments } from "./moments.ts";
import { envOf } from "./situation.ts";

/** With these a team had the ball, if only for a moment between two steps. A tackle may only knock it away. */
const HAD_BALL = new Set<FootballEvent["kind"]>([
  "kick-off",
  "throw-in",
  "goal-kick",
  "corner",
  "penalty",
  "free-kick",
  "pass",
  "pass-completed",
  "shot",
  "clearance",
  "interception",
]);

/** Who had the ball last after a step: 0 left, 1 right, or still `before`. */
function lastOnBall(before: -1 | 0 | 1, left: RawObservation, { events }: FootballInfo): -1 | 0 | 1 {
  if (left.ball_owned_team !== -1) return left.ball_owned_team;
  const had = events.findLast(({ kind }) => HAD_BALL.has(kind));
  return had ? had.team : before;
}

const metres = ([x, y]: readonly number[]): [number, number] => [x! * 55, (y! / 0.42) * 36];

/** The built-in players' chance of a goal from the ball, for a player who sees himself attack to the right. */
function chanceOfGoal(raw: RawObservation): number {
  const [x, y] = metres(raw.ball);
  const toLine = 55 - x;
  if (toLine < 0.5) return 0;
  const others = raw.right_team.map(metres);
  const isKeeper = (place: number): boolean => raw.right_team_roles[place] === 0;
  const guarded = others.some(([otherX, otherY], place) => {
    if (!isKeeper(place) || otherX - x < -0.5) return false;
    const way = Math.min(1, Math.max(0, (otherX - x) / Math.max(1, toLine)));
    return Math.abs(otherY - y * (1 - way)) < 9;
  });
  const distance = Math.hypot(toLine, y);
  const goalAngle = (7.4 * toLine) / (distance ** 2 + 3.7 ** 2);
  const atKeeper = Math.min(0.85, Math.max(0, 1.05 * (goalAngle - 0.16)));
  const atOpenGoal = Math.min(0.97, Math.max(0, 1.25 - distance / 38)) * Math.min(1, goalAngle / 0.35);
  const inTheWay = others.filter(([otherX, otherY], place) => {
    const along = otherX - x;
    if (isKeeper(place) || along < 0.3 || along > toLine) return false;
    return Math.abs(otherY - (y * (toLine - along)) / toLine) < 1.1;
  });
  return (guarded ? atKeeper : atOpenGoal) * 0.55 ** inTheWay.length;
}

test("possession, territory and expected goals agree with a second computation for both sides", async () => {
  const seenPossession = new Set<number>();
  const shots: [number, number] = [0, 0];
  for (const [id, seed, steps] of [
    // Shots with and without a keeper in the way, by the left, the left, the right and the right team.
    ["1_vs_1_easy", 6, 400],
    ["academy_3_vs_1_with_keeper", 2, 100],
    ["5_vs_5", 1, 450],
    ["11_vs_11_stochastic", 5, 200],
  ] as const) {
    const length = loadScenario(id).steps;
    const options = {
      observation: ["raw"],
      control: { left: "ball", right: "ball" },
      rewards: { possession: 1, territory: 1, expected_goals: 1 },
    } as const;
    let last: -1 | 0 | 1 = -1;
    let before: [RawObservation, RawObservation] | undefined;
    for await (const { seen, info } of playMoments(id, options, seed, steps)) {
      const raws = [seen[0]!.raw, seen[1]!.raw] as [RawObservation, RawObservation];
      last = lastOnBall(last, raws[0], info);
      if (before) {
        const where = `${id}, step ${info.step}`;
        const possession = last === -1 ? 0 : (1 - 2 * last) / length;
        const territory = Math.min(1, Math.max(-1, raws[0].ball[0])) / length;
        let chances = 0;
        for (const { kind, team } of info.events) {
          if (kind !== "shot") continue;
          const chance = chanceOfGoal(before[team]);
          if (chance > 0) shots[team]++;
          chances += (team === 0 ? 1 : -1) * chance;
        }
        seenPossession.add(last);
        for (const [place, sign] of [1, -1].entries()) {
          const terms = info.playerTerms[place]!;
          expect(terms.possession, where).toBeCloseTo(sign * possession, 12);
          expect(terms.territory, where).toBeCloseTo(sign * territory, 12);
          expect(terms.expected_goals, where).toBeCloseTo(sign * chances, 9);
        }
      }
      before = raws;
    }
  }
  expect(seenPossession).toEqual(new Set([-1, 0, 1]));
  expect(Math.min(...shots)).toBeGreaterThan(1);
});

describe("weights", () => {
  const folder = mkdtempSync(join(tmpdir(), "touchline-reward-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each<[string, RewardWeights | undefined, RewardWeights | undefined, RewardWeights]>([
    ["GRF's by default", undefined, undefined, { scoring: 1, checkpoints: 0 }],
    [
      "the scenario's over GRF's",
      { checkpoints: 2, territory: 30 },
      undefined,
      { scoring: 1, checkpoints: 2, territory: 30 },
    ],
    [
      "the caller's over GRF's",
      undefined,
      { scoring: 5, possession: 0 },
      { scoring: 5, checkpoints: 0, possession: 0 },
    ],
    [
      "the caller's over the scenario's, and both where they name others",
      { scoring: 0, territory: 30, expected_goals: 7 },
      { territory: -4, possession: 50 },
      { scoring: 0, checkpoints: 0, territory: -4, expected_goals: 7, possession: 50 },
    ],
  ])("%s", async (name, inFile, given, weights) => {
    const id = name.replace(/[^a-zA-Z]+/g, "_");
    const scenario = loadScenario("academy_run_to_score");
    writeFileSync(
      join(folder, `${id}.json`),
      JSON.stringify({ ...scenario, id, ...(inFile && { rewards: inFile }) }),
    );
    const loaded = loadScenario(id, { directories: [folder] });
    expect(loaded.rewards).toEqual(inFile);
    const env = await envOf(loaded, given && { rewards: given });
    const { info: start } = env.reset({ seed: 1 });
    const named = REWARD_TERMS.filter((term) => term in weights);
    expect(start.terms).toEqual(Object.fromEntries(named.map((term) => [term, 0])));
    const random = makeRandom(1);
    const seen = new Set<string>();
    for (let over = false; !over;) {
      const { reward, info, terminated, truncated } = env.step(env.advise(0, 1, random));
      over = terminated || truncated;
      expect(Object.keys(info.terms).sort()).toEqual([...named].sort());
      const weighed = named.map((term) => weights[term]! * info.terms[term]!);
      expect(reward).toBeCloseTo(
        weighed.reduce((sum, part) => sum + part, 0),
        12,
      );
      for (const term of named) if (info.terms[term] !== 0) seen.add(term);
    }
    // Every term was there to be weighed.
    expect([...seen].sort()).toEqual([...named].sort());
  });

  test.each<[RewardWeights, string, RegExp]>([
    [{ posession: 1 } as RewardWeights, "reward/unknown", /"posession"\. Did you mean "possession"\?/],
    [{ territory: NaN }, "reward/weight", /"territory" is NaN; expected a finite number/],
    [{ scoring: Infinity }, "reward/weight", /"scoring" is Infinity/],
  ])("%o are refused", async (rewards, code, message) => {
    const refused = makeEnv(loadScenario("academy_empty_goal"), { rewards });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe("what terms remember", () => {
  const rewards = Object.fromEntries(REWARD_TERMS.map((term) => [term, 1])) as RewardWeights;
  const BEFORE = 10;
  const STEPS = 50;

  test.each([["academy_run_to_score"], ["11_vs_11_stochastic"]])(
    "of %s comes back with a snapshot, in the same env and in another",
    async (id) => {
      const scenario = { ...loadScenario(id), control: { left: "all", right: "none" } as const };
      const env = await envOf(scenario, { rewards });
      env.reset({ seed: 2 });
      const random = makeRandom(3);
      const advised = (): number[] => env.placeSpaces.map((_, place) => env.advise(place, 1, random));
      for (let i = 0; i < BEFORE; i++) env.step(advised());
      const snapshot = env.snapshot();
      const actions: number[][] = [];
      const first = play(env, STEPS, () => {
        actions.push(advised());
        return actions.at(-1)!;
      });
      for (const term of ["checkpoints", "magebench"] as const) {
        expect(
          first.some((step) => step.some((terms) => terms[term] !== 0)),
          term,
        ).toBe(true);
      }
      const other = await envOf(scenario, { rewards });
      for (const again of [env, other]) {
        again.restore(snapshot);
        expect(play(again, STEPS, (step) => actions[step]!)).toEqual(first);
      }
    },
  );
});

/** The terms of every controlled player in each of these steps. */
function play(
  env: FootballEnv,
  steps: number,
  actionsOf: (step: number) => number[],
): (readonly RewardTerms[])[] {
  return Array.from({ length: steps }, (_, step) => env.step(actionsOf(step)).info.playerTerms);
}
