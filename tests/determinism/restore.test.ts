/** @file Play goes on from a snapshot, bit for bit, whatever was played in between. */
import { describe, expect, test } from "vitest";
import type { FootballEnv, FootballSnapshot } from "../../env/football/index.ts";
import { makeFrameHash } from "../../env/frame/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { compared, crowd, eleven } from "./cases.ts";
import type { Case } from "./trace.ts";
import { choose, open } from "./trace.ts";

const SNAPSHOTS = 20;
const STEPS = 100;
/** Played after each restore; the difference that Rapier 0.19 makes in a crowd comes after 9 steps at the earliest. */
const GO_ON = 25;

const scenarios = compared(listScenarios());

/** 20 episodes: every scenario, the larger ones more than once, three of them a crowd. */
const cases: Case[] = [
  ...scenarios.map((scenario, i): Case => ({
    scenario,
    seed: 50 + i,
    vary: true,
    steps: STEPS,
    actions: "random",
  })),
  ...[1, 2, 3].map((seed) => crowd(eleven(scenarios), seed, STEPS)),
  ...["academy_corner", "academy_counterattack_hard", "11_vs_11_stochastic"].flatMap((id) =>
    scenarios
      .filter((scenario) => scenario.id === id)
      .map((scenario): Case => {
        const control = { left: "all", right: "all" } as const;
        return { scenario, seed: 90, vary: false, steps: STEPS, control, actions: "random" };
      }),
  ),
  ...scenarios.map((scenario, i): Case => ({
    scenario,
    seed: 70 + i,
    vary: true,
    steps: STEPS,
    actions: "random",
  })),
].slice(0, 20);

interface Moment {
  snapshot: FootballSnapshot;
  step: number;
}

/** Plays the recorded actions from a moment on; the hash after each step, and of the last frame. */
async function goOn(
  env: FootballEnv,
  { snapshot, step }: Moment,
  actions: readonly number[][],
): Promise<string[]> {
  env.restore(snapshot);
  const hashes = [env.stateHash()];
  for (const action of actions.slice(step, step + GO_ON)) {
    const { info } = env.step(action);
    hashes.push(info.tickHashes ?? "", env.stateHash());
  }
  return [...hashes, (await makeFrameHash(env))()];
}

describe("after a snapshot at 20 random steps of an episode, the same states and ticks follow", () => {
  test("there are 20 episodes", () => {
    expect(cases).toHaveLength(20);
  });

  test.each(cases.map((what) => [what.scenario.id, what.seed, what] as const))(
    "%s, seed %i",
    async (_, seed, what) => {
      const { env, random } = await open(what);
      const moments: Moment[] = [];
      const actions: number[][] = [];
      const states = [env.stateHash()];
      for (let over = false; !over && actions.length < what.steps;) {
        moments.push({ snapshot: env.snapshot(), step: actions.length });
        const chosen = choose(what, env, random);
        const { terminated, truncated } = env.step(chosen);
        actions.push(chosen);
        states.push(env.stateHash());
        over = terminated || truncated;
      }
      // The other env has its own past, and gets the snapshot as a message would bring it.
      const { env: other } = await open({ ...what, seed: seed + 1 });
      const pick = makeRandom(seed, 5);
      for (let i = 0; i < SNAPSHOTS; i++) {
        const moment = moments[integer(pick, moments.length)]!;
        const again = await goOn(env, moment, actions);
        expect(again.filter((hash) => hash.length === 16).slice(0, -1)).toEqual(
          states.slice(moment.step, moment.step + GO_ON + 1),
        );
        expect(await goOn(other, structuredClone(moment), actions)).toEqual(again);
      }
      env.close();
      other.close();
    },
    120_000,
  );
});
