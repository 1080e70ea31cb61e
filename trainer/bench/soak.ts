/** @file Plays matches of random legal actions on both sides; status 1 when one crashes, hangs or memory grows. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { gameHash } from "./match/index.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";
import { failureSentence, soak, soakFailures, soakTable } from "./soak/index.ts";

const { values } = parseArgs({
  options: {
    matches: { type: "string", default: "1000" },
    seed: { type: "string", default: "0" },
    /** Place of the first match, to play one of a soak again. */
    first: { type: "string", default: "0" },
    workers: { type: "string", default: String(availableParallelism()) },
    /** Cuts every match short; 0 plays them to their end. */
    steps: { type: "string", default: "0" },
    /** No match is begun after so long; 0 plays them all. */
    minutes: { type: "string", default: "0" },
    /** Empty writes nothing. */
    out: { type: "string", default: "docs/FOOTBALL.md" },
  },
});
const [matches, seed, first, workers, steps, minutes] = [
  values.matches,
  values.seed,
  values.first,
  values.workers,
  values.steps,
  values.minutes,
].map(Number) as [number, number, number, number, number, number];
if (
  ![matches, seed, first, workers, steps, minutes].every(Number.isSafeInteger) ||
  matches < 1 ||
  workers < 1
) {
  console.error("Expected whole numbers, and at least one match and one worker; for example --matches 100.");
  process.exit(2);
}
const scenarios = listScenarios().filter(({ suite }) => suite === "match");

const result = await soak({
  seed,
  first,
  matches,
  scenarios,
  workers,
  steps: steps === 0 ? undefined : steps,
  minutes: minutes === 0 ? undefined : minutes,
  onFailure: (outcome) => {
    console.error(`failed: ${failureSentence(outcome)}`);
    console.error(
      `  again: npm run soak -- --seed ${seed} --first ${outcome.match.place} --matches 1 --out ""`,
    );
  },
});
const table = soakTable(result);
console.log(table);
const { hash64 } = await loadHash();
const hashAll = (hashes: readonly string[]): string => hash64(new TextEncoder().encode(hashes.join("")));
const conditions = conditionsLine({
  command: commandLine("soak"),
  seeds: `seed ${seed}, hash over the last states \`${hashAll(result.outcomes.map(({ hash }) => hash))}\``,
  physics: PHYSICS_BUILD,
  game: hashAll(await Promise.all(scenarios.map((scenario) => gameHash({ scenario })))),
  date: new Date().toISOString().slice(0, 10),
});
if (values.out !== "") writeSection(values.out, "soak", `${table}\n\n${conditions}`);

const failures = soakFailures(result);
for (const sentence of failures) console.error(`not met: ${sentence}`);
if (failures.length > 0) process.exitCode = 1;
