/**
 * @file How much each token counts: what a mean is taken over. All take the numbers of learned tokens of every
 * sequence of one step of the optimiser, over all its micro-batches, and give one weight for each sequence, which goes
 * for each of its tokens; `toRows` lays them out for a batch.
 */

/** The mean over all tokens of the step: a long answer counts for more than a short one. */
export function tokenWeights(lengths: readonly number[]): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map(() => (total > 0 ? 1 / total : 0));
}

/** The mean over sequences of the mean over the tokens of each, as in GRPO (arXiv 2402.03300). */
export function sequenceWeights(lengths: readonly number[]): number[] {
  const count = lengths.filter((length) => length > 0).length;
  return lengths.map((length) => (length > 0 ? 1 / (count * length) : 0));
}

/**
 * The same for every token whatever the lengths, as in Dr. GRPO (arXiv 2503.20783): the sum over each sequence's tokens
 * divided by `tokens`, the most that an answer may have, and the mean of that over sequences.
 */
export function constantWeights(lengths: readonly number[], tokens: number): number[] {
  return lengths.map(() => 1 / (lengths.length * tokens));
}

/** One number for each row of a batch from one for each of its sequences, which have so many learned tokens. */
export function toRows(values: readonly number[], lengths: readonly number[]): Float32Array {
  return Float32Array.from(lengths.flatMap((length, i) => Array<number>(length).fill(values[i]!)));
}
