/**
 * @file Speed of the football env on one core: `npm run bench:env`. Medians of several runs as one JSON
 * document: env steps (0.1 s of play, built-in players on, random actions for the controlled one, resets
 * included) and snapshot + restore.
 */
import { makeEnv } from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";

const RUNS = 7;
const WARM_UP_STEPS = 3000;
const STEPS = 6000;
const SNAPSHOTS = 500;
const SCENARIOS = ["academy_empty_goal_close", "academy_3_vs_1_with_keeper", "11_vs_11_stochastic"];

interface Spread {
  median: number;
  min: number;
  max: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: round(sorted[Math.floor(sorted.length / 2)]!),
    min: round(sorted[0]!),
    max: round(sorted.at(-1)!),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

async function measure(id: string): Promise<object> {
  const scenario = loadScenario(id);
  const env = await makeEnv(scenario);
  const random = makeRandom(1);
  let seed = 0;
  env.reset({ seed });
  const play = (steps: number): void => {
    for (let i = 0; i < steps; i++) {
      const { terminated, truncated } = env.step(integer(random, 19));
      if (terminated || truncated) env.reset({ seed: ++seed });
    }
  };
  play(WARM_UP_STEPS);
  const stepsPerSecond: number[] = [];
  const snapshotMicroseconds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    let start = performance.now();
    play(STEPS);
    stepsPerSecond.push((STEPS * 1000) / (performance.now() - start));
    start = performance.now();
    for (let i = 0; i < SNAPSHOTS; i++) env.restore(env.snapshot());
    snapshotMicroseconds.push(((performance.now() - start) * 1000) / SNAPSHOTS);
  }
  env.close();
  return {
    scenario: id,
    players: scenario.left.players.length + scenario.right.players.length,
    ticksPerStep: scenario.ticksPerStep,
    stepsPerSecond: spread(stepsPerSecond),
    snapshotAndRestoreMicroseconds: spread(snapshotMicroseconds),
  };
}

const rows: object[] = [];
for (const id of SCENARIOS) rows.push(await measure(id));
process.stdout.write(`${JSON.stringify({ bench: "env", node: process.version, rows }, null, 2)}\n`);
