/** @file One match of a soak: random legal actions to the end, everything looked at on the way. */
import { type FootballEnv, type FootballInfo, makeEnv } from "../../../env/football/index.ts";
import { makeRandom } from "../../../env/random.ts";
import { whyNotIn } from "../../../env/contains.ts";
import { loadScenario } from "../../../scenarios/load.ts";
import { badNumber, badScene, makeDeadlockWatch } from "./check.ts";
import { makeDrawer } from "./draw.ts";
import type { SoakMatch } from "./fixture.ts";
import { collectGarbage } from "./memory.ts";

/** What came of it. */
export interface SoakOutcome {
  match: SoakMatch;
  steps: number;
  /** How often each event was. */
  events: Record<string, number>;
  /** XXH64 of the last state. */
  hash: string;
  /** Memory of the thread after it, in bytes; `rss` is the whole process's. */
  memory: { rss: number; external: number; heap: number };
  /** What went wrong, and at which step. */
  failure?: string;
}

/** The whole state and the space of the observation are looked at every so many steps; all else at each. */
const STATE_EVERY = 50;
/** Longer than any match with all the time that a referee can add. */
const MOST_STEPS = 5000;

/** Plays one match; `steps` shortens it. Whatever is wrong is told in `failure`. */
export async function playSoakMatch(match: SoakMatch, steps?: number): Promise<SoakOutcome> {
  const outcome: SoakOutcome = {
    match,
    steps: 0,
    events: {},
    hash: "",
    memory: { rss: 0, external: 0, heap: 0 },
  };
  let env: FootballEnv | undefined;
  try {
    const scenario = loadScenario(match.scenario);
    const { actions, control, seen } = match;
    env = await makeEnv(steps === undefined ? scenario : { ...scenario, steps }, {
      actions,
      control,
      ...seen,
    });
    // Reset over a running match, as learners do.
    env.reset({ seed: match.seed ^ 1 });
    play(env, match, outcome);
    outcome.hash = env.stateHash();
  } catch (error) {
    outcome.failure = `step ${outcome.steps}: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    env?.close();
    env = undefined;
  }
  // A WeakRef holds its target to the end of the job in which it was asked.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  const { rss, external, heapUsed } = process.memoryUsage();
  return { ...outcome, memory: { rss, external, heap: heapUsed } };
}

function play(env: FootballEnv, match: SoakMatch, outcome: SoakOutcome): void {
  const random = makeRandom(match.seed, 1);
  const draw = makeDrawer(env, match, random);
  const deadlock = makeDeadlockWatch();
  env.onScene = (scene) => refuse(badScene(scene, env.lineup));
  let { observation, info } = env.reset({ seed: match.seed, vary: match.vary });
  for (let over = false; !over;) {
    look(env, observation, info, outcome.steps);
    const step = env.step(draw());
    ({ observation, info } = step);
    over = step.terminated || step.truncated;
    outcome.steps++;
    for (const { kind } of info.events) outcome.events[kind] = (outcome.events[kind] ?? 0) + 1;
    refuse(badNumber({ reward: step.reward, info }));
    refuse(deadlock(info));
    if (outcome.steps > MOST_STEPS) throw new Error(`the match did not end within ${MOST_STEPS} steps`);
  }
  look(env, observation, info, 0);
}

function look(env: FootballEnv, observation: unknown, info: FootballInfo, step: number): void {
  const twice = info.controlled.find((player, place) => info.controlled.indexOf(player) !== place);
  if (twice !== undefined) throw new Error(`player ${twice} is under control twice`);
  refuse(badNumber({ observation }));
  if (step % STATE_EVERY !== 0) return;
  refuse(badNumber({ state: env.snapshot() }));
  if (observation !== null) refuse(whyNotIn(env.observationSpace, observation, "the observation"));
}

function refuse(wrong: string | undefined): void {
  if (wrong !== undefined) throw new Error(wrong);
}
