/** @file Plays better against worse sides and writes who wins into docs/FOOTBALL.md; status 1 when the better do not. */
import { PHYSICS_BUILD } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { gameHash, playSeason, type Played } from "./match/index.ts";
import {
  betterAtLeft,
  isDecided,
  isOrdered,
  type Meeting,
  orderTable,
  type Pairing,
  pairing,
  untilDecided,
} from "./order-table.ts";
import { orEnd, readOptions, SEED, WORKERS } from "./options.ts";
import { commandLine, conditionsLine, writeSection } from "./page.ts";

const PAIRS = [
  [1, 0.6],
  [0.6, 0.1],
  [1, 0.1],
] as const;
/** Matches that are played at most for one decided match: sides that only draw must not play for ever. */
const MOST_FOR_ONE = 10;

const { decided, seed, workers, store, out, ...options } = readOptions(
  { decided: { default: 50, least: 1 }, seed: SEED, workers: WORKERS },
  // An empty `out` writes nothing.
  { scenario: "11_vs_11_stochastic", store: "runs/matches", out: "docs/FOOTBALL.md" },
);
const scenario = orEnd(() => loadScenario(options.scenario));

/** The matches in which the better side plays at this end, until half of the decided ones are there. */
async function playEnd(better: number, worse: number, left: boolean): Promise<Meeting[]> {
  const seeds = Array.from({ length: decided * MOST_FOR_ONE }, (_, i) => seed + i).filter(
    (each) => betterAtLeft(each) === left,
  );
  const half = Math.ceil(decided / 2);
  const played = await playSeason(
    { scenario, difficulty: left ? [better, worse] : [worse, better] },
    {
      seeds,
      workers,
      store,
      total: half,
      enough: (matches: readonly Played[]) => matches.filter(isDecided).length >= half,
    },
  );
  const meetings = played.map((match) => ({ seed: match.seed, betterAtLeft: left, match }));
  return untilDecided(meetings, half);
}

const pairings: Pairing[] = [];
for (const [better, worse] of PAIRS) {
  const meetings = [...(await playEnd(better, worse, true)), ...(await playEnd(better, worse, false))];
  pairings.push(pairing(better, worse, meetings));
}
const table = orderTable(pairings);
console.log(table);
const conditions = conditionsLine({
  command: commandLine("order"),
  seeds: `seeds from ${seed} of ${scenario.id}, half of the decided matches with the better side at the left`,
  physics: PHYSICS_BUILD,
  game: await gameHash({ scenario }),
  date: new Date().toISOString().slice(0, 10),
});
if (out !== "") writeSection(out, "order", `${table}\n\n${conditions}`);

const wrong = pairings.filter((each) => !isOrdered(each));
for (const { better, worse } of wrong) console.error(`not met: ${better} against ${worse}`);
if (wrong.length > 0) process.exitCode = 1;
