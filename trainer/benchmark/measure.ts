/** @file What records come to: rates and mean scores with intervals that know which samples belong together. */
import { bootstrapMacroMean, bootstrapMean, type Mean, type Rate, wilson } from "../statistics/index.ts";
import { counts, type RunRecord, SUCCESS } from "./record.ts";

/** A mean with its 95 % interval; null where nothing is known of a bound. */
export interface Score {
  mean: number;
  low: number | null;
  high: number | null;
}

export interface Measured {
  /** Over records that count: all but those of which nothing came, for no fault of the policy. */
  success: Rate;
  score: Score;
  /** Of all records. */
  outcomes: Record<string, number>;
}

export function measure(records: readonly RunRecord[], seed: number): Measured {
  const counted = records.filter(counts);
  return {
    success: successOf(counted, seed),
    score: scoreOf(counted, seed),
    outcomes: outcomesOf(records),
  };
}

/** The mean of the means of a category's values, each counting alike. */
export function macroScore(records: readonly RunRecord[], category: string, seed: number): Score {
  const values = records.filter(counts).flatMap(({ cluster, categories, score }) => {
    const group = categories[category];
    return group === undefined ? [] : [{ cluster, group, value: score }];
  });
  return bounded(bootstrapMacroMean(values, { seed }));
}

export function outcomesOf(records: readonly RunRecord[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { outcome } of records) found[outcome] = (found[outcome] ?? 0) + 1;
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function successOf(records: readonly RunRecord[], seed: number): Rate {
  const successes = records.map(({ cluster, outcome }) => ({ cluster, value: outcome === SUCCESS ? 1 : 0 }));
  return rateOf(successes, seed);
}

/** Wilson's interval where every record stands alone, else the bootstrap's by clusters where that is wider. */
function rateOf(values: readonly { cluster: string; value: number }[], seed: number): Rate {
  const k = values.reduce((sum, { value }) => sum + value, 0);
  const clusters = new Set(values.map(({ cluster }) => cluster)).size;
  if (clusters === values.length) return wilson(k, values.length);
  const { mean, low, high } = bootstrapMean(values, { seed });
  // Where all draws agree, the bootstrap knows no doubt; clusters are then counted as trials. Of few clusters it knows too
  // little, so it is never narrower than if every record stood alone.
  const { low: least, high: most } =
    low < high && Number.isFinite(low) ? wilson(k, values.length) : wilson(mean * clusters, clusters);
  return {
    n: values.length,
    k,
    mean,
    low: Math.min(Number.isFinite(low) ? low : least, least),
    high: Math.max(Number.isFinite(high) ? high : most, most),
  };
}

function scoreOf(records: readonly RunRecord[], seed: number): Score {
  const values = records.map(({ cluster, score }) => ({ cluster, value: score }));
  if (values.every(({ value }) => value === 0 || value === 1)) {
    const { mean, low, high } = rateOf(values, seed);
    return { mean, low, high };
  }
  const found = bootstrapMean(values, { seed });
  const isShare = values.every(({ value }) => value >= 0 && value <= 1);
  if (!isShare) return bounded(found);
  const clusters = new Set(values.map(({ cluster }) => cluster)).size;
  const n = clusters * surenessOf(values.map(({ value }) => value));
  const { low, high } = wilson(found.mean * n, n);
  // Of few samples near 0 or 1, as of matches that are all won but one, the bootstrap knows too little.
  return {
    mean: found.mean,
    low: Math.min(low, Number.isFinite(found.low) ? found.low : low),
    high: Math.max(high, Number.isFinite(found.high) ? found.high : high),
  };
}

/** By how much fewer shares than rates are needed for the same interval: they vary less, but for those that all agree. */
function surenessOf(shares: readonly number[]): number {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  return variance === 0 ? 1 : (mean * (1 - mean)) / variance;
}

/** JSON has no infinity. */
function bounded({ mean, low, high }: Mean): Score {
  return { mean, low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null };
}
