/** @file What a run of football came to: the document of `touchline bench --json`, kept beside the records. */
import {
  counts,
  measure,
  type PlayedRun,
  type Row,
  type RunSummary,
  type Score,
  summarisePlayed,
  writeSummary,
} from "../index.ts";
import { type FootballPlan, type FootballRecord, hashOf, type Played } from "./record.ts";

export interface FootballRow extends Row, Means {
  /** The scenario's; of other categories CATEGORY/VALUE. */
  id: string;
  also: Score | null;
}

export interface FootballSummary extends RunSummary {
  rows: FootballRow[];
  directory: string;
  interrupted: boolean;
  /** Over all episodes that count. */
  means: Means;
  /** The suite's other score; null where it has one only. */
  also: Score | null;
  /** SHA-256 over the hashes of all episodes, by scenario and seed. */
  hash: string;
}

/** Of an episode. */
export interface Means {
  goalsFor: number;
  goalsAgainst: number;
  steps: number;
  decisions: number;
  unparsed: number;
  /** Steps that were played while somebody thought. */
  thinkingSteps: number;
  /** The time of all thinking; null where the game waits, since it then changes nothing, and the same seeds give the same table. */
  thinkingMilliseconds: number | null;
  /** Of the reward and of each of its terms; one that an episode does not have counts as 0. */
  return: Record<string, number>;
}

export function concludeFootball(
  run: PlayedRun<FootballPlan>,
  found: ReadonlyMap<string, FootballRecord>,
  planned: number,
): FootballSummary {
  const { plan } = run;
  const { records, summary } = summarisePlayed(run, found, planned);
  const whole = {
    ...summary,
    rows: summary.rows.map((row) => {
      const own = records.filter(({ categories }) => categories[row.category] === row.value);
      const id = row.category === "scenario" ? row.value : row.id;
      return Object.assign(row, { id, also: alsoOf(own, plan) }, meansOf(own, plan));
    }),
    means: meansOf(records, plan),
    also: alsoOf(records, plan),
    hash: hashOf(records),
  };
  writeSummary(summary.directory, whole);
  return whole;
}

function alsoOf(records: readonly FootballRecord[], { seed }: FootballPlan): Score | null {
  const found = records.flatMap((record) => {
    const score = record.played?.also;
    return typeof score === "number" ? [Object.assign({}, record, { score })] : [];
  });
  return found.length === 0 ? null : measure(found, seed).score;
}

function meansOf(records: readonly FootballRecord[], { clock }: FootballPlan): Means {
  const all = records.filter(counts).flatMap(({ played }) => played ?? []);
  const mean = (value: (one: Played) => number): number =>
    all.reduce((sum, one) => sum + value(one), 0) / Math.max(1, all.length);
  const terms = [...new Set(all.flatMap((one) => Object.keys(one.return)))];
  return {
    goalsFor: mean(({ goals }) => goals[0]),
    goalsAgainst: mean(({ goals }) => goals[1]),
    steps: mean(({ steps }) => steps),
    decisions: mean(({ decisions }) => decisions),
    unparsed: mean(({ unparsed }) => unparsed),
    thinkingSteps: mean(({ thinking }) => thinking.steps),
    thinkingMilliseconds: clock === "realtime" ? mean(({ thinking }) => thinking.milliseconds) : null,
    return: Object.fromEntries(terms.map((term) => [term, mean((one) => one.return[term] ?? 0)])),
  };
}
