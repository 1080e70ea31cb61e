/** @file Plays a season of full matches and writes its table into docs/FOOTBALL.md; status 1 when a range is missed. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { gameHash, playSeason } from "./match/index.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";
import { failures, seasonTable } from "./season-table.ts";

const { values } = parseArgs({
  options: {
    matches: { type: "string", default: "100" },
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

const matches = await playSeason(
  { scenario, difficulty: [difficulty, difficulty] },
  { seeds: Array.from({ length: total }, (_, i) => seed + i), workers, store: values.store, total },
);
const table = seasonTable(matches);
console.log(table);
const conditions = conditionsLine({
  command: commandLine("season"),
  seeds: `seeds ${seed} to ${seed + total - 1} of ${scenario.id}, difficulty ${difficulty} on both sides`,
  physics: PHYSICS_BUILD,
  game: await gameHash({ scenario }),
  date: new Date().toISOString().slice(0, 10),
});
if (values.out !== "") writeSection(values.out, "season", `${table}\n\n${conditions}`);

const missed = failures(matches);
for (const sentence of missed) console.error(`not met: ${sentence}`);
if (missed.length > 0) process.exitCode = 1;
