/** @file Two runs side by side: how they differ on the samples that both have, and which those are. */
import { counts, type RunRecord, type Score } from "../benchmark/index.ts";
import { comparePairs, type Pair } from "../statistics/index.ts";

export interface Difference {
  /** Of a category's value as in the rows of runs, or "all". */
  id: string;
  /** Samples that both runs have a score of. */
  n: number;
  difference: Score;
  /** McNemar's exact test; null where scores are no bits. */
  p: number | null;
}

export interface Comparison {
  /** Places of the runs. */
  one: number;
  other: number;
  differences: readonly Difference[];
  /** Samples on which the other scored more, and less. */
  better: readonly string[];
  worse: readonly string[];
}

interface Named extends Pair {
  sample: string;
  categories: RunRecord["categories"];
}

export function compareRuns(
  [one, other]: readonly [number, number],
  runs: readonly (readonly RunRecord[])[],
  seed: number,
): Comparison {
  const pairs = pairsOf(meanScores(runs[one]!), meanScores(runs[other]!));
  const groups = new Map<string, Named[]>([["all", pairs]]);
  for (const pair of pairs) {
    for (const [category, value] of Object.entries(pair.categories)) {
      const id = `${category}/${value}`;
      const group = groups.get(id);
      if (group) group.push(pair);
      else groups.set(id, [pair]);
    }
  }
  const named = (holds: (pair: Named) => boolean): string[] =>
    pairs.filter(holds).map(({ sample }) => sample);
  return {
    one,
    other,
    differences: [...groups].map(([id, own]) => differenceOf(id, own, seed)),
    better: named((pair) => pair.other > pair.one),
    worse: named((pair) => pair.other < pair.one),
  };
}

function differenceOf(id: string, pairs: readonly Named[], seed: number): Difference {
  const { difference, p } = comparePairs(pairs, { seed });
  const { mean, low, high } = difference;
  return { id, n: pairs.length, difference: { mean, low: bound(low), high: bound(high) }, p };
}

/** JSON has no infinity. */
function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Of several repeats of a sample their mean. */
function meanScores(records: readonly RunRecord[]): Map<string, { first: RunRecord; score: number }> {
  const bySample = new Map<string, RunRecord[]>();
  for (const record of records.filter(counts)) {
    bySample.set(record.sample, [...(bySample.get(record.sample) ?? []), record]);
  }
  return new Map(
    [...bySample].map(([sample, own]) => [
      sample,
      { first: own[0]!, score: own.reduce((sum, { score }) => sum + score, 0) / own.length },
    ]),
  );
}

function pairsOf(one: ReturnType<typeof meanScores>, other: ReturnType<typeof meanScores>): Named[] {
  return [...one].flatMap(([sample, { first, score }]) => {
    const found = other.get(sample);
    if (!found) return [];
    const { cluster, categories } = first;
    return [{ sample, cluster, categories, one: score, other: found.score }];
  });
}
