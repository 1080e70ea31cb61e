/** @file What a run of Sokoban came to: the document of `touchline bench --json`, kept beside the records. */
import {
  counts,
  type PlayedRun,
  type Row,
  type RunSummary,
  summarisePlayed,
  writeSummary,
} from "../index.ts";
import type { SokobanPlan, SokobanRecord } from "./record.ts";

export interface SokobanSummary extends RunSummary {
  rows: (Row & Means)[];
  directory: string;
  interrupted: boolean;
  /** Over all levels that count. */
  means: Means;
}

/** Of a level. */
export interface Means {
  moves: number;
  bestReturn: number;
  bound: number;
  /** Answers without a move. */
  unparsed: number;
  /** Levels whose bound is proven, as a share. */
  proven: number;
}

export function concludeSokoban(
  run: PlayedRun<SokobanPlan>,
  found: ReadonlyMap<string, SokobanRecord>,
  planned: number,
): SokobanSummary {
  const { records, summary } = summarisePlayed(run, found, planned);
  const whole = {
    ...summary,
    rows: summary.rows.map((row) =>
      Object.assign(row, { id: row.value }, meansOf(records.filter(({ size }) => size === row.value))),
    ),
    means: meansOf(records),
  };
  writeSummary(summary.directory, whole);
  return whole;
}

function meansOf(records: readonly SokobanRecord[]): Means {
  const all = records.filter(counts);
  const mean = (value: (one: SokobanRecord) => number): number =>
    all.reduce((sum, one) => sum + value(one), 0) / Math.max(1, all.length);
  return {
    moves: mean(({ moves }) => moves.length),
    bestReturn: mean(({ bestReturn }) => bestReturn),
    bound: mean(({ bound }) => bound),
    unparsed: mean(({ unparsed }) => unparsed),
    proven: mean(({ proven }) => Number(proven)),
  };
}
