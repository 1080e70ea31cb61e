/** @file Two policies on the same samples: the pairs tell a difference that the intervals of both may hide. */
import { bootstrapMean, type BootstrapOptions } from "./bootstrap.ts";
import type { Mean } from "./interval.ts";

/** Scores of one sample. */
export interface Pair {
  cluster: string;
  one: number;
  other: number;
}

export interface PairedComparison {
  /** Mean of `other - one`, its interval from the bootstrap by clusters. */
  difference: Mean;
  /** Samples on which the other scored more, and less. */
  better: number;
  worse: number;
  /** McNemar's exact test; null where scores lie between 0 and 1. */
  p: number | null;
}

export function comparePairs(pairs: readonly Pair[], options: BootstrapOptions = {}): PairedComparison {
  const differences = pairs.map(({ cluster, one, other }) => ({ cluster, value: other - one }));
  const better = differences.filter(({ value }) => value > 0).length;
  const worse = differences.filter(({ value }) => value < 0).length;
  const isBinary = pairs.every(({ one, other }) => isBit(one) && isBit(other));
  return {
    difference: bootstrapMean(differences, options),
    better,
    worse,
    p: isBinary ? mcNemar(better, worse) : null,
  };
}

/**
 * How likely it is that so many of the pairs that differ lie on one side, or more, were both sides as likely: the exact
 * test of McNemar (1947), two-sided.
 */
export function mcNemar(better: number, worse: number): number {
  const n = better + worse;
  // Halves to the power of n vanish for a thousand pairs; their logarithms do not.
  let term = n * Math.log(0.5);
  let tail = 0;
  for (let k = 0; k <= Math.min(better, worse); k++) {
    tail += Math.exp(term);
    term += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

function isBit(score: number): boolean {
  return score === 0 || score === 1;
}
