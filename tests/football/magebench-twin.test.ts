/** @file MageBench's football score, step by step, against its second computation in magebench-second.ts. */
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { ACTIONS, type FootballEnv, makeEnv, type RawObservation } from "../../env/football/index.ts";
import { passClear as envPassClear, shotClear as envShotClear } from "../../env/football/reward/clear.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import {
  apart,
  NAMES,
  passClear,
  type Place,
  type Places,
  score,
  type Seen,
  shotClear,
  sum,
} from "./magebench-second.ts";

const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

interface Moment extends Seen {
  terms: Readonly<Record<string, number>>;
  reward: number;
}

/** An episode of the left player at the ball; `pass` in 16 of his decisions are passes. */
async function record(id: string, seed: number, pass: number): Promise<Moment[]> {
  const env = await makeEnv(loadScenario(id), {
    observation: "raw",
    rewards: { scoring: 0, magebench: 1, magebench_capped: 0 },
  });
  open.push(env);
  env.reset({ seed });
  const random = makeRandom(seed * 7 + 1);
  const moments: Moment[] = [];
  for (;;) {
    const passes = integer(random, 16) < pass;
    const action = passes ? 9 + integer(random, 3) : env.advise(0, 1, random);
    const { observation, info, reward, terminated, truncated } = env.step(action);
    const [raw] = observation as readonly RawObservation[];
    moments.push({ raw: raw!, action: ACTIONS[action]!, terms: info.terms, reward });
    if (terminated || truncated) return moments;
  }
}

const SCENARIOS: [id: string, passes: number][] = [
  ["academy_3_vs_1_with_keeper", 2],
  ["academy_run_pass_and_shoot_with_keeper", 1],
  ["academy_counterattack_easy", 2],
  ["academy_empty_goal", 0],
];

test("magebench agrees with a second computation in every step of recorded episodes, and every term occurs", async () => {
  const seen = new Set<string>();
  for (const [id, pass] of SCENARIOS) {
    for (let seed = 1; seed <= 4; seed++) {
      const moments = await record(id, seed, pass);
      const whole = score(moments);
      const capped = score(moments, 2 / 3);
      moments.forEach(({ reward, terms }, step) => {
        const said = `${id}, seed ${seed}, step ${step}: ${JSON.stringify(whole[step])}`;
        expect(reward, said).toBeCloseTo(sum(whole[step]!), 9);
        expect(terms.magebench, said).toBeCloseTo(sum(whole[step]!), 9);
        expect(terms.magebench_capped, said).toBeCloseTo(sum(capped[step]!), 9);
        for (const name of NAMES) if (whole[step]![name] !== 0) seen.add(name);
        if (sum(capped[step]!) < sum(whole[step]!)) seen.add("capped");
      });
      expect(moments[0]!.reward).toBe(0);
    }
  }
  expect([...seen].sort()).toEqual([...NAMES, "capped"].sort());
});

test("room for a pass and a shot is measured alike wherever ball and opponents stand", () => {
  const place = fc.tuple(
    fc.double({ min: -1, max: 0.99, noNaN: true }),
    fc.double({ min: -0.42, max: 0.42, noNaN: true }),
  );
  fc.assert(
    fc.property(place, fc.array(place, { minLength: 1, maxLength: 11 }), (ball, opponents) => {
      // On the ball itself there is no angle.
      fc.pre(opponents.every((opponent) => apart(opponent, ball) > 1e-6));
      const raw: Places = { ball: [...ball, 0], right_team: opponents };
      const view = { ball, opponents, owner: -1, owned: "nobody" } as const;
      expect(envPassClear(view)).toBeCloseTo(passClear(raw), 9);
      expect(envShotClear(view)).toBeCloseTo(shotClear(raw), 9);
    }),
    // Men on the goal line leave one of the five points freer than the others: each of the inner ones in turn.
    {
      examples: [-0.02, 0, 0.022].map((free) => [
        [0.8, 0],
        [-0.044, -0.02, 0, 0.022, 0.044].filter((y) => y !== free).map((y): Place => [1, y]),
      ]) as [[number, number], [number, number][]][],
    },
  );
});
