/** @file Play over many turns: what a decision earns later counts less, and every token of a decision earns the same. */
import type { Baseline } from "./group.ts";
import { discountedReturns } from "./returns.ts";
import { whiten } from "./whiten.ts";

/**
 * The return from each decision of each episode, discounted by gamma a decision, whitened over all decisions of the
 * batch. There is no discount between the tokens of a decision: a longer thought must not make a goal worth less.
 * @param episodes rewards of the turns of each episode.
 */
export function turnAdvantages(episodes: readonly (readonly number[])[], gamma: number): number[][] {
  return whiten(episodes.map((rewards) => discountedReturns(rewards, gamma)));
}

/**
 * The same against what the episodes of a group, which began alike, earned from their own turn of that number on; not
 * whitened. Where a turn has nobody beside it, it stands against nothing.
 * @param groups episodes of each group, rewards of the turns of each episode.
 */
export function groupTurnAdvantages(
  groups: readonly (readonly (readonly number[])[])[],
  gamma: number,
  baseline: Baseline,
): number[][][] {
  return groups.map((episodes) => {
    const returns = episodes.map((rewards) => discountedReturns(rewards, gamma));
    const advantages = returns.map((of) => [...of]);
    const longest = Math.max(0, ...returns.map(({ length }) => length));
    for (let turn = 0; turn < longest; turn++) {
      const there = [...returns.keys()].filter((episode) => returns[episode]!.length > turn);
      if (there.length < 2) continue;
      const compared = baseline(there.map((episode) => returns[episode]![turn]!));
      there.forEach((episode, i) => (advantages[episode]![turn] = compared[i]!));
    }
    return advantages;
  });
}

/** The advantage of each decision at each of its tokens. */
export function overTokens(advantages: readonly number[], tokens: readonly number[]): number[][] {
  return advantages.map((advantage, turn) => Array.from({ length: tokens[turn]! }, () => advantage));
}
