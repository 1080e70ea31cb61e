/** @file What a run of football came to: the document of `touchline bench --json`, kept beside the records. */
import { counts, inOrder, type Row, type RunSummary, sha256, summariseRun, writeSummary } from "../index.ts";
import type { FootballPlan, FootballRecord, Played } from "./record.ts";

export interface FootballRow extends Row, Means {
  /** The scenario's. */
  id: string;
}

export interface FootballSummary extends RunSummary {
  rows: FootballRow[];
  directory: string;
  interrupted: boolean;
  /** Over all episodes that count. */
  means: Means;
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
  /** Of the reward and of each of its terms; one that an episode does not have counts as 0. */
  return: Record<string, number>;
}

interface Concluded {
  directory: string;
  plan: FootballPlan;
  signal?: AbortSignal | undefined;
}

export function concludeFootball(
  { directory, plan, signal }: Concluded,
  found: ReadonlyMap<string, FootballRecord>,
  planned: number,
): FootballSummary {
  const records = inOrder(found.values());
  const { rows, ...summary } = summariseRun(plan, { records, planned });
  const whole = {
    directory,
    interrupted: signal?.aborted ?? false,
    ...summary,
    rows: rows.map((row) => {
      const own = records.filter(({ scenario }) => scenario === row.value);
      return Object.assign(row, { id: row.value }, meansOf(own));
    }),
    means: meansOf(records),
    hash: sha256(records.map(({ played }) => played?.hash ?? "").join("\n")),
  };
  writeSummary(directory, whole);
  return whole;
}

function meansOf(records: readonly FootballRecord[]): Means {
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
    return: Object.fromEntries(terms.map((term) => [term, mean((one) => one.return[term] ?? 0)])),
  };
}
