/** @file What a model thinks of given tokens: the logarithm of each one's probability, and how unsure it was there. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { div, exp, log, mul, pick, reduceMax, reduceSum, reshape, sub } from "../../agent/graph/ops/index.ts";

export interface TokenValues {
  /** [rows] */
  logProbability: Value;
  /** [rows], in nats. Builds nothing until it is called. */
  entropy: () => Value;
}

/**
 * `logits` [rows, tokens], `labels` int64 [rows]. `temperature`: what logits are divided by; for tokens that were
 * sampled, the temperature of the sampling, or it is not their probabilities that come out.
 */
export function tokenValues(g: GraphBuilder, logits: Value, labels: Value, temperature = 1): TokenValues {
  const rows = logits.shape[0]!;
  // Any number may be taken off; the largest keeps exp() in range, and no gradient need pass through it.
  const peak = g.stop(reduceMax(g, logits, [1], true));
  const below = sub(g, logits, peak);
  const shifted = temperature === 1 ? below : div(g, below, g.scalar(temperature));
  const masses = exp(g, shifted);
  const mass = reduceSum(g, masses, [1], true);
  const logMass = log(g, mass);
  const logProbability = sub(g, pick(g, shifted, labels), reshape(g, logMass, [rows]));
  const entropy = (): Value => {
    const mean = div(g, reduceSum(g, mul(g, masses, shifted), [1], true), mass);
    return reshape(g, sub(g, logMass, mean), [rows]);
  };
  return { logProbability, entropy };
}
