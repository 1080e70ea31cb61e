/** @file The examples of a step in parts of about the same length, so that short ones do not pay for long ones. */

/**
 * Places of `lengths` in parts, the longest first. Padded to its longest member, no part has more than `tokens`, unless
 * it is a single example.
 */
export function microBatches(lengths: readonly number[], tokens: number): number[][] {
  const byLength = [...lengths.keys()].sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const parts: number[][] = [];
  for (const place of byLength) {
    const part = parts.at(-1);
    if (part && (part.length + 1) * lengths[part[0]!]! <= tokens) part.push(place);
    else parts.push([place]);
  }
  return parts;
}
