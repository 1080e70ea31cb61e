/**
 * @file Looking must pay: what scores from the fixed start when it is played by heart mostly misses once the start
 * varies, while the built-in player, who sees where everybody is, goes on scoring.
 */
import { describe, expect, test } from "vitest";
import { ACTIONS, makeEnv, type ActionName, type FootballEnv } from "../../env/football/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

/** The action of each step; the last one again when they run out. */
type Score = readonly number[];

const EPISODES = 40;
/** What is played by heart has scored by then, or never does. */
const LONGEST = 150;
const seeds = Array.from({ length: EPISODES }, (_, i) => 2000 + i);

const actions = (...names: ActionName[]): Score => names.map((name) => ACTIONS.indexOf(name));
const times = (n: number, ...names: ActionName[]) => Array.from({ length: n }, () => names).flat();

/** Plays one episode; tells whether it ended with a goal, and what was played. */
function play(
  env: FootballEnv,
  { seed, vary }: { seed: number; vary: boolean },
  choose: (step: number) => number,
): { scored: boolean; played: Score } {
  env.reset({ seed, vary });
  const played: number[] = [];
  for (;;) {
    const action = choose(played.length);
    played.push(action);
    const { terminated, truncated, info } = env.step(action);
    if (terminated || truncated || played.length === LONGEST) return { scored: info.score[0] === 1, played };
  }
}

function playBuiltIn(env: FootballEnv, seed: number, vary: boolean): ReturnType<typeof play> {
  const random = makeRandom(seed, 1);
  return play(env, { seed, vary }, () => env.advise(0, 1, random));
}

function shareByHeart(env: FootballEnv, score: Score, vary: boolean): number {
  const choose = (step: number) => score[Math.min(step, score.length - 1)]!;
  const goals = seeds.filter((seed) => play(env, { seed, vary }, choose).scored);
  return goals.length / EPISODES;
}

/** Sequences that score from the fixed start: the built-in player's own, and running straight on, then shooting. */
function learned(env: FootballEnv): Score[] {
  const own = Array.from({ length: 3 }, (_, seed) => playBuiltIn(env, seed, false));
  const straight = [20, 50, 80].map((steps) =>
    actions(...times(steps, "right"), ...times(30, "shot", "right", "right", "right")),
  );
  return [...own.filter(({ scored }) => scored).map(({ played }) => played), ...straight];
}

describe.each(["academy_empty_goal_close", "academy_empty_goal", "academy_run_to_score"])("%s", (id) => {
  test("played by heart it scores from the fixed start and in under a quarter of the varied ones", async () => {
    const env = await makeEnv(loadScenario(id));
    const scores = learned(env);
    expect(Math.max(...scores.map((score) => shareByHeart(env, score, false)))).toBeGreaterThan(0.8);
    expect(Math.max(...scores.map((score) => shareByHeart(env, score, true)))).toBeLessThan(0.25);
    env.close();
  });

  test("a player who sees the varied start scores in most of them", async () => {
    const env = await makeEnv(loadScenario(id));
    const goals = seeds.filter((seed) => playBuiltIn(env, seed, true).scored);
    expect(goals.length / EPISODES).toBeGreaterThan(0.75);
    env.close();
  });
});
