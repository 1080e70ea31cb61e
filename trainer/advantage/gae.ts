/** @file Generalised advantage estimation (arXiv 1506.02438): rewards against what a value head expected. */
import { TouchlineError } from "../../env/error.ts";
import { checkSample, type Sample } from "./sample.ts";
import { type RewardShape, tokenRewards } from "./token-rewards.ts";
import { whiten } from "./whiten.ts";

export interface GaeOptions {
  gamma: number;
  /** CleanRL's gae_lambda, OpenRLHF's lambd. */
  gaeLambda: number;
}

/** LMM-R1's. */
export const GAE_DEFAULTS: GaeOptions = { gamma: 1, gaeLambda: 1 };

/** A sample with what the value head expected before each of its tokens. */
export interface ValuedSample extends Sample {
  values: readonly number[];
}

/**
 * A_t = delta_t + gamma lambda A_{t+1}, with delta_t = r_t + gamma V_{t+1} - V_t; of tokens or of turns alike.
 * @param after V after the last, for an episode that was cut short.
 */
export function generalisedAdvantages(
  rewards: readonly number[],
  values: readonly number[],
  given: Partial<GaeOptions> = {},
  after = 0,
): number[] {
  const { gamma, gaeLambda } = { ...GAE_DEFAULTS, ...given };
  if (values.length !== rewards.length) {
    throw new TouchlineError(
      "trainer/advantage",
      `There are ${rewards.length} rewards and ${values.length} values; expected a value before each reward.`,
    );
  }
  const advantages: number[] = Array.from({ length: rewards.length });
  let [advantage, next] = [0, after];
  for (let t = rewards.length - 1; t >= 0; t--) {
    const delta = rewards[t]! + gamma * next - values[t]!;
    advantage = delta + gamma * gaeLambda * advantage;
    advantages[t] = advantage;
    next = values[t]!;
  }
  return advantages;
}

/**
 * OpenRLHF's `gae`: what PPO learns from. `advantages` are whitened over all tokens; `returns`, which the values are to
 * learn, are advantage + value before that.
 * @throws TouchlineError `trainer/advantage`.
 */
export function gae(
  samples: readonly ValuedSample[],
  options: Partial<GaeOptions & RewardShape> = {},
): { advantages: number[][]; returns: number[][] } {
  const advantages = samples.map((sample) => {
    checkSample(sample);
    return generalisedAdvantages(tokenRewards(sample, options), sample.values, options);
  });
  const returns = advantages.map((of, i) => of.map((advantage, t) => advantage + samples[i]!.values[t]!));
  return { advantages: whiten(advantages), returns };
}
