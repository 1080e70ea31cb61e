/** @file Play over many turns: what a decision earns later counts less, and every token of a decision earns the same. */
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

/** The advantage of each decision at each of its tokens. */
export function overTokens(advantages: readonly number[], tokens: readonly number[]): number[][] {
  return advantages.map((advantage, turn) => Array.from({ length: tokens[turn]! }, () => advantage));
}
