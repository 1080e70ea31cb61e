/** @file Plays equal sides against each other and writes who wins into docs/FOOTBALL.md; status 1 when a side is favoured. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { comparisons, fairnessTable, isFair } from "./fairness-table.ts";
import { gameHash, playSeason } from "./match/index.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";

const { values } = parseArgs({
  options: {
    matches: { type: "string", default: "200" },
    difficulty: { type: "string", default: "0.6" },
    seed: { type: "string", default: "0" },
    workers: { type: "string", default: String(availableParallelism()) },
    scenario: { type: "string", default: "11_vs_11_stochastic" },
    store: { type: "string", default: "runs/matches" },
    /** Empty writes nothing. */
    out: { type: "string", default: "docs/FOOTBALL.md" },
  },
});
const [total, difficulty, seed, workers] = [
  values.matches,
  values.difficulty,
  values.seed,
  values.workers,
].map(Number) as [number, number, number, number];
const scenario = loadScenario(values.scenario);

// Equal teams are one lineup turned by half a turn, so which of them is A is a matter of names only.
const matches = await playSeason(
  { scenario, difficulty: [difficulty, difficulty] },
  { seeds: Array.from({ length: total }, (_, i) => seed + i), workers, store: values.store, total },
);
const table = fairnessTable(matches);
console.log(table);
const conditions = conditionsLine({
  command: commandLine("fairness"),
  seeds: `seeds ${seed} to ${seed + total - 1} of ${scenario.id}, difficulty ${difficulty} on both sides`,
  physics: PHYSICS_BUILD,
  game: await gameHash({ scenario }),
  date: new Date().toISOString().slice(0, 10),
});
if (values.out !== "") writeSection(values.out, "fairness", `${table}\n\n${conditions}`);

const favours = comparisons(matches).filter((comparison) => !isFair(comparison));
for (const { one, other } of favours) console.error(`not met: ${one} and ${other} do not win alike`);
if (favours.length > 0) process.exitCode = 1;
