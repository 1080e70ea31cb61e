/** @file What several tries at the same samples come to: pass@k, pass^k and the vote of the majority. */
import { bootstrapMean, majority, passAll, passAny } from "../statistics/index.ts";
import type { Score } from "./measure.ts";
import { counts, type RunRecord, SUCCESS } from "./record.ts";
import { seedOf } from "./seed.ts";

export interface Repeated {
  repeats: number;
  /** pass@k by k, that one of k tries is right at least; and pass^k, that all of them are. */
  any: Record<string, Score>;
  all: Record<string, Score>;
  /** maj@k with all tries: the score of the answer that most of them give. */
  majority: Score;
}

/** Undefined where nothing was tried twice. `vote`: what a try says; tries of one vote say the same, null says nothing. */
export function repeatedOf<T extends RunRecord>(
  records: readonly T[],
  vote: (record: T) => string | null,
  seed: number,
): Repeated | undefined {
  const samples = new Map<string, T[]>();
  for (const record of records.filter(counts)) {
    samples.set(record.sample, [...(samples.get(record.sample) ?? []), record]);
  }
  const tries = [...samples.values()];
  const repeats = Math.max(0, ...tries.map((own) => own.length));
  if (repeats < 2) return undefined;
  const meanOf = (value: (own: readonly T[]) => number, least = 1): Score => {
    const values = tries
      .filter((own) => own.length >= least)
      .map((own) => ({ cluster: own[0]!.cluster, value: value(own) }));
    const { mean, low, high } = bootstrapMean(values, { seed });
    return { mean, low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null };
  };
  const right = (own: readonly T[]): number => own.filter(({ outcome }) => outcome === SUCCESS).length;
  const ks = powersUpTo(repeats);
  return {
    repeats,
    any: Object.fromEntries(ks.map((k) => [k, meanOf((own) => passAny(own.length, right(own), k), k)])),
    all: Object.fromEntries(ks.map((k) => [k, meanOf((own) => passAll(own.length, right(own), k), k)])),
    majority: meanOf((own) => {
      const votes = own.map(vote).flatMap((said, place) => (said === null ? [] : [{ said, place }]));
      const chosen = majority(votes, sameVote, seedOf(seed, own[0]!.sample));
      return chosen === undefined ? 0 : own[votes[chosen]!.place]!.score;
    }),
  };
}

function sameVote(one: { said: string }, other: { said: string }): boolean {
  return one.said === other.said;
}

/** 1, 2, 4 and so on, and the most. */
function powersUpTo(most: number): number[] {
  const powers: number[] = [];
  for (let k = 1; k < most; k *= 2) powers.push(k);
  return [...powers, most];
}
