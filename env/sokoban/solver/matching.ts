/** @file The cheapest way to give each box a target of its own, by dynamic programming over sets of targets. */
import { NEVER } from "./distances.ts";

/** With more boxes there would be too many sets. */
const MOST_BOXES = 10;

/**
 * A function of boxes (cells of the grid) to the fewest pushes that bring each to another target, as if they were
 * never in each other's way; `NEVER` when there are not enough targets within reach. Of more than ten boxes two may share
 * a target.
 */
export function makeMatching(toTarget: readonly Int16Array[]): (boxes: ArrayLike<number>) => number {
  const count = toTarget.length;
  if (count > MOST_BOXES) return makeNearest(toTarget);
  const sets = 1 << count;
  const cheapest = new Int32Array(sets);
  const members = Uint8Array.from({ length: sets }, (_, set) => bits(set));
  return (boxes) => {
    cheapest.fill(NEVER);
    cheapest[0] = 0;
    // The box whose turn it is: as many boxes have a target as the set has members.
    for (let set = 0; set < sets - 1; set++) {
      const sum = cheapest[set]!;
      if (sum >= NEVER) continue;
      const box = boxes[members[set]!]!;
      for (let target = 0; target < count; target++) {
        const bit = 1 << target;
        if ((set & bit) !== 0) continue;
        const more = sum + toTarget[target]![box]!;
        if (more < cheapest[set | bit]!) cheapest[set | bit] = more;
      }
    }
    return cheapest[sets - 1]!;
  };
}

/** The same, but each box goes to its nearest target. */
function makeNearest(toTarget: readonly Int16Array[]): (boxes: ArrayLike<number>) => number {
  return (boxes) => {
    let sum = 0;
    for (let box = 0; box < toTarget.length; box++) {
      let nearest = NEVER;
      for (const pushes of toTarget) nearest = Math.min(nearest, pushes[boxes[box]!]!);
      sum += nearest;
    }
    return Math.min(sum, NEVER);
  };
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
