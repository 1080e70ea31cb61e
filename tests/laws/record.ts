/** @file Records a case of each law in docs/laws: `npm run record:laws`. With names, only those. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MatchRunner } from "../../agent/match/index.ts";
import type { EpisodeRecord, EpisodeSink } from "../../env/episode/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import type { Scenario } from "../../env/football/index.ts";
import { CASES } from "./cases.ts";
import type { LawCase } from "./cases.ts";

const FOLDER = fileURLToPath(new URL("../../docs/laws/", import.meta.url));
const SEEDS = 3000;
/** How long a case may take to come, and how long it is seen after that, in env steps. */
const LONGEST = 150;
const AFTERMATH = 25;

interface Found {
  seed: number;
  /** The env step in which the case was complete. */
  step: number;
}

/** The first of these seeds with which the case comes. */
async function find(law: LawCase, scenario: Scenario, seeds: Iterable<number>): Promise<Found | undefined> {
  const runner = await MatchRunner.make({ scenario, right: law.right?.(), vary: true });
  try {
    for (const seed of seeds) {
      const { events } = await runner.start(seed);
      const all = [...events];
      while (!runner.over) {
        const { step } = await runner.advance();
        all.push(...step.info.events);
        if (law.doneAt(all) !== undefined) return { seed, step: step.info.step };
      }
    }
    return undefined;
  } finally {
    await runner.close();
  }
}

async function linesOf(law: LawCase, scenario: Scenario, seed: number): Promise<string> {
  const lines: string[] = [];
  const write = (record: EpisodeRecord) => void lines.push(writeLine(record));
  const sink: EpisodeSink = {
    begin: (header, reset) => void lines.push(writeLine(header), writeLine(reset)),
    decision: write,
    step: write,
    end: write,
  };
  const runner = await MatchRunner.make({ scenario, right: law.right?.(), vary: true, sink });
  await runner.start(seed);
  while (!runner.over) await runner.advance();
  await runner.close();
  return lines.join("");
}

/** The first seed with which the case comes soon enough, cut soon after it. */
async function record(law: LawCase): Promise<void> {
  const { id, title, shows, scenario } = law;
  const named = { ...scenario, id, suite: "laws", title, teaches: shows, goal: shows };
  const short = scenario.steps <= LONGEST;
  const long = short ? named : { ...named, steps: LONGEST };
  for (let from = 0; from < SEEDS;) {
    const found = await find(law, long, range(from, SEEDS));
    if (found === undefined) break;
    const { seed, step } = found;
    from = seed + 1;
    const cut = short ? named : { ...named, steps: step + AFTERMATH };
    // Players may play another way when they know that the end is near.
    if ((await find(law, cut, [seed])) === undefined) continue;
    writeFileSync(`${FOLDER}${id}.jsonl`, await linesOf(law, cut, seed));
    console.log(`docs/laws/${id}.jsonl: seed ${seed}, step ${step}`);
    return;
  }
  console.error(`${id}: none of ${SEEDS} seeds shows it within ${LONGEST} steps.`);
  process.exitCode = 1;
}

function* range(from: number, to: number): Generator<number> {
  for (let n = from; n < to; n++) yield n;
}

mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
for (const law of CASES) if (wanted.length === 0 || wanted.includes(law.id)) await record(law);
