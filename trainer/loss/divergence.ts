/** @file How far a policy has moved, estimated from its own samples (Schulman, http://joschu.net/blog/kl-approx.html). */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { exp, minimum, mul, neg, sub } from "../../agent/graph/ops/index.ts";

/**
 * With d = log p - log q, of tokens sampled from p: k1 = d has no bias but much variance; k2 = d² / 2 has little of it,
 * and its gradient is that of the divergence itself; k3 = exp(-d) - 1 + d has no bias, little variance and is never
 * negative. The gradient of k1 is 0 in the mean: it belongs into the reward, and not into a loss.
 */
export type Estimator = "k1" | "k2" | "k3";

/** [rows] of a difference [rows]. */
export const divergence: Readonly<Record<Estimator, (g: GraphBuilder, difference: Value) => Value>> = {
  k1: (_, difference) => difference,
  k2: (g, difference) => mul(g, mul(g, difference, difference), g.scalar(0.5)),
  k3: (g, difference) => {
    const back = boundedLog(g, neg(g, difference));
    return sub(g, sub(g, exp(g, back), g.scalar(1)), back);
  },
};

/** The logarithm of a ratio, without what exp() cannot bear: beyond e^20 more says nothing, beyond e^88 is infinite. */
export function boundedLog(g: GraphBuilder, logRatio: Value): Value {
  return minimum(g, logRatio, g.scalar(20));
}
