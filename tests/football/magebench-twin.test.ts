/**
 * @file MageBench's football score a second time, term by term, from the raw observations and actions of played
 * episodes (facts: lmm-r1.md 3.1, and the source that it cites, where that says more). It shares nothing with the env.
 */
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import {
  type ActionName,
  ACTIONS,
  type FootballEnv,
  makeEnv,
  type RawObservation,
} from "../../env/football/index.ts";
import { passClear as envPassClear, shotClear as envShotClear } from "../../env/football/reward/clear.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

interface Moment {
  raw: RawObservation;
  action: ActionName;
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

type Place = readonly [number, number];
const apart = ([ax, ay]: Place, [bx, by]: Place): number => Math.hypot(ax - bx, ay - by);
type Places = Pick<RawObservation, "ball" | "right_team">;
const ballOf = ({ ball }: Places): Place => [ball[0], ball[1]];

/** How free the ball is behind a pass: opponents on the way to the goal count eleven times as near. */
function passClear(raw: Places): number {
  const ball = ballOf(raw);
  const goal = [1 - ball[0], -ball[1]] as const;
  const scores = raw.right_team.map((opponent) => {
    const way = [opponent[0] - ball[0], opponent[1] - ball[1]] as const;
    const distance = apart(opponent, ball);
    const cosine = (way[0] * goal[0] + way[1] * goal[1]) / distance / Math.hypot(...goal);
    return distance / (10 * Math.max(cosine, 0) + 1);
  });
  return Math.min(...scores);
}

/** The best of five places in the goal: how far the nearest opponent is from a hundred points of the way there. */
function shotClear(raw: Places): number {
  const [x, y] = ballOf(raw);
  const clear = [-0.044, -0.02, 0, 0.022, 0.044].map((goalY) => {
    const points = Array.from({ length: 100 }, (_, i): Place => {
      const t = (i + 1) / 100;
      return [x + t * (1 - x), y + t * (goalY - y)];
    });
    return Math.min(...points.flatMap((point) => raw.right_team.map((opponent) => apart(point, opponent))));
  });
  return Math.max(...clear);
}

const behind = ({ ball, right_team }: RawObservation): number =>
  right_team.filter(([x]) => x < ball[0]).length;

const NAMES = ["advance", "passed", "goal", "lost", "pass", "shot"] as const;
type Terms = Record<(typeof NAMES)[number], number>;

/** All terms of all steps, not yet times 20; a pass pays `passMost` before it counts less for earlier ones. */
function score(moments: readonly Moment[], passMost = Infinity): Terms[] {
  let best = 0;
  let passed = 0;
  let passes = 0;
  let passing = false;
  let shot = false;
  let had = false;
  let holder = -1;
  return moments.map(({ raw, action }, step) => {
    const terms: Terms = { advance: 0, passed: 0, goal: 0, lost: 0, pass: 0, shot: 0 };
    if (step === 0) {
      had = raw.ball_owned_team === 0;
      best = raw.ball[0];
      passed = behind(raw);
      return terms;
    }
    const owner = raw.ball_owned_player;
    const ours = owner !== -1 && raw.ball_owned_team === 0;
    if (ours) {
      terms.advance = 0.8 * Math.max(0, raw.ball[0] - best);
      best = Math.max(best, raw.ball[0]);
      terms.passed = (behind(raw) - passed) / 11;
      passed = behind(raw);
    }
    if (raw.score[0] > 0) terms.goal = 2;
    const lost = raw.ball_owned_team === 1 && !shot;
    if (lost) terms.lost = 1 - raw.steps_left / 400;
    if (passing && holder !== -1 && owner !== -1 && !lost && owner !== holder) {
      terms.pass = Math.min(passMost, 20 * passClear(raw)) * 0.75 ** passes;
      passes++;
      passing = false;
    }
    if (owner !== -1) holder = owner;
    if (action.endsWith("_pass")) passing = true;
    // In GRF the ball is still at the foot a step after the button; here it may have left within the step.
    if (action === "shot" && (ours || had) && !shot) {
      const distance = 1 - raw.ball[0] < 0.3 ? 1 : Math.max(raw.ball[0], 0);
      terms.shot = Math.min(2 / 3, 100 * shotClear(raw) * distance);
      shot = true;
    }
    // In the source a shot counts only while its player has the ball: once the ball is free, another may be made.
    if (holder !== owner) shot = false;
    had = ours;
    return terms;
  });
}

const SCENARIOS: [id: string, passes: number][] = [
  ["academy_3_vs_1_with_keeper", 2],
  ["academy_run_pass_and_shoot_with_keeper", 1],
  ["academy_counterattack_easy", 2],
  ["academy_empty_goal", 0],
];

const sum = (terms: Terms): number => NAMES.reduce((total, name) => total + terms[name], 0) * 20;

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
