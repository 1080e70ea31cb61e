/** @file Advantages brought to the mean 0 and the standard deviation 1. */

/** Smaller variances count as this, as in OpenRLHF. */
const SMALLEST_VARIANCE = 1e-8;

/** Over all numbers of all sequences at once, each with the same weight; values that are all alike become 0. */
export function whiten(sequences: readonly (readonly number[])[]): number[][] {
  const count = sequences.reduce((sum, one) => sum + one.length, 0);
  const average = (value: (one: number) => number): number => {
    let sum = 0;
    for (const sequence of sequences) for (const one of sequence) sum += value(one);
    return sum / count;
  };
  const mean = average((one) => one);
  const variance = average((one) => (one - mean) ** 2);
  const scale = 1 / Math.sqrt(Math.max(variance, SMALLEST_VARIANCE));
  return sequences.map((sequence) => sequence.map((one) => (one - mean) * scale));
}
