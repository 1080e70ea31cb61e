/** @file The reward for one turn of play: terms that the game names, and a price on words out of form. */
import { TouchlineError } from "../../env/error.ts";

/** One decision, from the model's words to the next time it is asked. */
export interface Turn {
  /** What each step of the turn paid, as `info.terms` tells it: unweighed. */
  steps: readonly Readonly<Record<string, number | undefined>>[];
  wellFormed: boolean;
}

export interface TurnWeights {
  /** By the names of docs/REWARDS.md. */
  terms: Readonly<Record<string, number>>;
  /** Taken off for words out of form. As a bonus for good form it would pay a player for staying on the pitch. */
  format: number;
}

export interface TurnReward {
  reward: number;
  /** What each weighed term gave, and `format`; they add up to the reward. */
  terms: Record<string, number>;
}

/**
 * Adds up each weighed term over the steps of a turn.
 * @throws TouchlineError `reward/term` for a weighed term that the env does not work out.
 */
export function turnReward({ steps, wellFormed }: Turn, weights: TurnWeights): TurnReward {
  const terms: Record<string, number> = { format: wellFormed ? 0 : -weights.format };
  for (const [name, weight] of Object.entries(weights.terms)) {
    terms[name] = 0;
    for (const step of steps) terms[name] += weight * termOf(step, name);
  }
  return { reward: Object.values(terms).reduce((sum, term) => sum + term, 0), terms };
}

function termOf(step: Turn["steps"][number], name: string): number {
  const term = step[name];
  if (term !== undefined && Number.isFinite(term)) return term;
  throw new TouchlineError(
    "reward/term",
    `The env tells no "${name}"; expected each weighed term in info.terms, so name it in makeEnv's rewards, with the weight 0 if need be.`,
  );
}
