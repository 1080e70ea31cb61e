/** @file Which terms a caller or a scenario weighs, and by how much. */
import { TouchlineError, unknownName } from "../../error.ts";
import { REWARD_TERMS, type RewardTerm, type RewardWeights, type Scenario } from "../scenario.ts";

/** The terms that are worked out: those that somebody named, even with the weight 0. */
export type RewardTerms = Readonly<Partial<Record<RewardTerm, number>>>;

/** GRF's reward is the score; its checkpoints are told beside it. */
const DEFAULTS: RewardWeights = { scoring: 1, checkpoints: 0 };

/** The caller's weights over the scenario's. Throws `reward/unknown` and `reward/weight` for what is neither. */
export function rewardWeights(scenario: Scenario, given: RewardWeights = {}): RewardWeights {
  for (const [name, weight] of Object.entries(given)) {
    if (!REWARD_TERMS.some((term) => term === name)) {
      throw new TouchlineError("reward/unknown", unknownName("reward term", name, REWARD_TERMS));
    }
    if (!Number.isFinite(weight)) {
      throw new TouchlineError(
        "reward/weight",
        `The weight of "${name}" is ${weight}; expected a finite number.`,
      );
    }
  }
  return { ...DEFAULTS, ...scenario.rewards, ...given };
}

export function weigh(terms: RewardTerms, weights: RewardWeights): number {
  let total = 0;
  for (const term of REWARD_TERMS) total += (weights[term] ?? 0) * (terms[term] ?? 0);
  return total;
}

export function noTerms(weights: RewardWeights): RewardTerms {
  return Object.fromEntries(REWARD_TERMS.filter((term) => term in weights).map((term) => [term, 0]));
}
