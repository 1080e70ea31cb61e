/** @file Plays matches of random legal actions on both sides; status 1 when one crashes, hangs or memory grows. */
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { gameHash } from "./match/index.ts";
import { readOptions, SEED, WORKERS } from "./options.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";
import { failureSentence, soak, soakFailures, soakTable } from "./soak/index.ts";

const { matches, seed, first, workers, steps, minutes, out } = readOptions(
  {
    matches: { default: 1000, least: 1 },
    seed: SEED,
    /** Place of the first match, to play one of a soak again. */
    first: { default: 0, least: 0 },
    workers: WORKERS,
    /** Cuts every match short; 0 plays them to their end. */
    steps: { default: 0, least: 0 },
    /** No match is begun after so long; 0 plays them all. */
    minutes: { default: 0, least: 0 },
  },
  // Empty writes nothing.
  { out: "docs/FOOTBALL.md" },
);
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
if (out !== "") writeSection(out, "soak", `${table}\n\n${conditions}`);

const failures = soakFailures(result);
for (const sentence of failures) console.error(`not met: ${sentence}`);
if (failures.length > 0) process.exitCode = 1;
