/**
 * @file What a second worker brings: `npm run bench:vector`. Env steps a second of one worker and of two, side by side:
 * both are open at once and play in turns, so that whatever else the machine does meets both. Medians as one JSON
 * document.
 */
import type { FootballOptions } from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { makeVectorEnv, type VectorEnv } from "../../trainer/vector/index.ts";

const TURNS = 9;
/** Many, because a step that runs through dead-ball time takes as long as dozens: over many envs the workers' shares even out. */
const ENVS = 256;
const STEPS = 10;
/** Two workers want twice as long as one until their code is compiled. */
const WARM_UP_TURNS = 12;
const CASES: { scenario: string; options: FootballOptions }[] = [
  { scenario: "11_vs_11_stochastic", options: { observation: "none" } },
  { scenario: "11_vs_11_stochastic", options: { observation: "simple115v2" } },
  { scenario: "11_vs_11_stochastic", options: { observation: "frame" } },
];

const random = makeRandom(1);

/** Env steps a second over one turn. */
function turn(env: VectorEnv): number {
  const start = performance.now();
  for (let i = 0; i < STEPS; i++) env.step(Array.from({ length: ENVS }, () => integer(random, 19)));
  return (STEPS * ENVS * 1000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const rows: object[] = [];
for (const { scenario, options } of CASES) {
  const open = (workers: number): Promise<VectorEnv> =>
    makeVectorEnv(loadScenario(scenario), { ...options, numEnvs: ENVS, workers });
  const [one, two] = [await open(1), await open(2)];
  for (const env of [one, two]) {
    env.reset({ seed: 1 });
    for (let i = 0; i < WARM_UP_TURNS; i++) turn(env);
  }
  const pairs = Array.from({ length: TURNS }, () => [turn(one), turn(two)] as const);
  one.close();
  two.close();
  rows.push({
    scenario,
    observation: options.observation,
    envs: ENVS,
    oneWorker: Math.round(median(pairs.map(([a]) => a))),
    twoWorkers: Math.round(median(pairs.map(([, b]) => b))),
    ratio: Math.round(median(pairs.map(([a, b]) => b / a)) * 100) / 100,
  });
}
process.stdout.write(`${JSON.stringify({ bench: "vector", node: process.version, rows }, null, 2)}\n`);
