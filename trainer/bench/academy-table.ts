/** @file Plays the academy with the simple policies and writes docs/ACADEMY.md; status 1 when a requirement fails. */
import { writeFileSync } from "node:fs";
import { checkFeed } from "../../agent/match/index.ts";
import { TouchlineError } from "../../env/error.ts";
import { PHYSICS_BUILD, type Scenario } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { makeProgress, type PlaySummary, rollout, summarise } from "../rollout/index.ts";
import { academyPage, rateText, requirement, type Row, TABLE_POLICIES } from "./academy.ts";
import { orEnd, readOptions, SEED, WORKERS } from "./options.ts";

const {
  episodes,
  seed,
  workers,
  only,
  out,
  watch: url,
} = readOptions(
  { episodes: { default: 200, least: 1 }, seed: SEED, workers: WORKERS },
  // Only the drills whose id contains this; a running page that shows the episodes as far as it has time for them.
  { only: "", out: "docs/ACADEMY.md", watch: "" },
);
const seeds = Array.from({ length: episodes }, (_, i) => (seed + i) >>> 0);
const scenarios = orEnd(() => drillsLike(only));

if (url !== "") await checkFeed(url);
const watch = url === "" ? undefined : { url, by: "bench" };

const rows: Row[] = [];
for (const vary of [false, true]) {
  for (const scenario of scenarios) {
    const summaries: Partial<Record<string, PlaySummary>> = {};
    for (const policy of TABLE_POLICIES) {
      const task = { scenario, policy, vary, watch };
      const progress = makeProgress(episodes);
      const played = await rollout(task, { seeds, workers, onOutcome: (outcome) => progress.add(outcome) });
      progress.clear();
      const summary = await summarise(task, played);
      for (const { seed, message } of summary.failures) throw new Error(`seed ${seed} crashed: ${message}`);
      summaries[policy] = summary;
      console.log(`${scenario.id}${vary ? " --vary" : ""} ${policy}: ${rateText(summary.success)}`);
    }
    const { random, idle, scripted } = summaries as Row["summaries"];
    rows.push({ scenario: scenario.id, vary, summaries: { random, idle, scripted } });
  }
}

const given = process.argv.slice(2);
const { hash64 } = await loadHash();
const hashes = rows.flatMap(({ summaries }) => TABLE_POLICIES.map((policy) => summaries[policy].hash));
const page = academyPage(rows, scenarios, {
  episodes,
  seed,
  physics: PHYSICS_BUILD,
  command: ["npm run table:academy", ...(given.length === 0 ? [] : ["--", ...given])].join(" "),
  hash: hash64(new TextEncoder().encode(hashes.join(""))),
});
writeFileSync(out, page);

const failed = rows.filter((row) => !requirement(row).holds);
for (const row of failed) {
  console.error(`not met: ${row.scenario}${row.vary ? " --vary" : ""}: ${requirement(row).sentence}`);
}
console.log(`${out} written; ${rows.length - failed.length} of ${rows.length} requirements met`);
if (failed.length > 0) process.exitCode = 1;

/** Throws `bench/option` when there is none. */
function drillsLike(part: string): Scenario[] {
  const academy = listScenarios().filter(({ suite }) => suite === "academy");
  const found = academy.filter(({ id }) => id.includes(part));
  if (found.length > 0) return found;
  const ids = academy.map(({ id }) => id).join(", ");
  throw new TouchlineError("bench/option", `--only is "${part}"; expected a part of one of ${ids}.`);
}
