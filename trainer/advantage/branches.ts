/** @file A decision against its own alternatives: branches of one snapshot, which differ in what was decided there. */
import { TouchlineError } from "../../env/error.ts";
import type { Baseline } from "./group.ts";
import { centred } from "./reinforce-baseline.ts";
import { discountedReturns } from "./returns.ts";

/**
 * The advantage of the first decision of each branch: its return against those of all branches. The simulator forks
 * exactly, so that whatever came before the decision is in no difference.
 * @param branches rewards of the turns of each branch, from the decision on.
 * @param baseline `leaveOneOut` keeps a decision's own return out of what it is compared with.
 * @throws TouchlineError `trainer/advantage`.
 */
export function branchAdvantages(
  branches: readonly (readonly number[])[],
  gamma: number,
  baseline: Baseline = centred,
): number[] {
  if (branches.length < 2 || branches.some((branch) => branch.length === 0)) {
    throw new TouchlineError(
      "trainer/advantage",
      `There are ${branches.length} branches, the shortest of ${Math.min(...branches.map(({ length }) => length))} turns; expected two or more, each with at least the turn that was decided.`,
    );
  }
  return baseline(branches.map((rewards) => discountedReturns(rewards, gamma)[0]!));
}
