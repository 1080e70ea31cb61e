/** @file The clipped policy gradient of PPO (arXiv 1707.06347) and of what came from it: GRPO, Dr. GRPO, DAPO. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import {
  add,
  cast,
  equal,
  exp,
  lessOrEqual,
  mul,
  neg,
  not,
  sub,
  where,
} from "../../agent/graph/ops/index.ts";
import type { Loss } from "../learner/index.ts";
import { boundedLog, divergence, type Estimator } from "./divergence.ts";
import { checkSetting, checkTemperature, clamp, weightedSum } from "./rows.ts";
import { tokenValues } from "./tokens.ts";

export interface PolicyLossOptions {
  /** How far below 1 a ratio still matters when its token did badly, and how far above when it did well (DAPO: 0.28). */
  clipLow: number;
  clipHigh: number;
  /** The largest ratio that still matters when its token did badly, above 1 (arXiv 1912.09729: 3); Infinity for any. */
  dualClip: number;
  /** Of the sampling, by which logits are divided. */
  temperature: number;
  /** Times the entropy, which is taken off the loss. */
  entropyCoefficient: number;
  /** A price on moving away from a reference. */
  kl?: { coefficient: number; estimator: Estimator };
}

export const POLICY_DEFAULTS: PolicyLossOptions = {
  clipLow: 0.2,
  clipHigh: 0.2,
  dualClip: Infinity,
  temperature: 1,
  entropyCoefficient: 0,
};

/** Larger than any ratio, and finite, as devices like it. */
const UNBOUNDED = 1e30;

/**
 * For each row, with its ratio r = p / p_old and its advantage A: -min(r A, clip(r) A). Wants `advantages`,
 * `old_log_probabilities` (at the same temperature) and `weights` for each row, and with `kl` also
 * `reference_log_probabilities`; weights.ts has the usual weights. Metrics, all sums by the weights: `policy_loss`;
 * `ratio`; `clip_fraction`, of rows that clipping has taken the gradient from; `approx_kl` to the old policy (k3);
 * `entropy`, nats; and with `kl` also `kl`.
 * @throws TouchlineError `trainer/loss` for an option that makes no sense.
 */
export function policyLoss(given: Partial<PolicyLossOptions> = {}): Loss {
  const options = { ...POLICY_DEFAULTS, ...given };
  check(options);
  const { temperature, entropyCoefficient, kl } = options;
  return ({ g, logits, labels, perRow }) => {
    const tokens = tokenValues(g, logits(), labels, temperature);
    const weights = perRow("weights");
    const mean = (values: Value): Value => weightedSum(g, values, weights);
    const advantages = perRow("advantages");
    const moved = boundedLog(g, sub(g, tokens.logProbability, perRow("old_log_probabilities")));
    const ratio = exp(g, moved);
    const clipped = clipRatio(g, ratio, advantages, options);
    const gain = mul(g, clipped, advantages);
    const kept = equal(g, gain, mul(g, ratio, advantages));
    const surrogate = neg(g, mean(gain));
    const entropy = mean(tokens.entropy());
    const metrics: Record<string, Value> = {
      policy_loss: surrogate,
      ratio: mean(ratio),
      clip_fraction: mean(cast(g, not(g, kept), "float32")),
      approx_kl: mean(sub(g, sub(g, ratio, g.scalar(1)), moved)),
      entropy,
    };
    let loss = surrogate;
    if (kl) {
      const away = sub(g, tokens.logProbability, perRow("reference_log_probabilities"));
      const price = mean(divergence[kl.estimator](g, away));
      metrics["kl"] = price;
      loss = add(g, loss, mul(g, price, g.scalar(kl.coefficient)));
    }
    if (entropyCoefficient !== 0) loss = add(g, loss, mul(g, entropy, g.scalar(-entropyCoefficient)));
    return { loss, metrics };
  };
}

/**
 * The smaller of r A and clip(r) A is A times one ratio with one bound: from above for what did well, from below for
 * what did badly, and there from above only by the dual clip.
 */
function clipRatio(
  g: GraphBuilder,
  ratio: Value,
  advantages: Value,
  { clipLow, clipHigh, dualClip }: PolicyLossOptions,
): Value {
  const good = lessOrEqual(g, g.scalar(0), advantages);
  const lower = where(g, good, g.scalar(0), g.scalar(1 - clipLow));
  const most = (bound: number): Value => g.scalar(Math.min(bound, UNBOUNDED));
  const upper = where(g, good, most(1 + clipHigh), most(dualClip));
  return clamp(g, ratio, lower, upper);
}

function check(options: PolicyLossOptions): void {
  const { clipLow, clipHigh, dualClip, temperature, entropyCoefficient, kl } = options;
  checkSetting("clipLow", clipLow, clipLow > 0 && clipLow <= 1, "a number above 0 and up to 1");
  checkSetting("clipHigh", clipHigh, clipHigh > 0, "a number above 0, or Infinity");
  checkSetting("dualClip", dualClip, dualClip > 1, "a number above 1, or Infinity");
  checkTemperature(temperature);
  checkSetting(
    "entropyCoefficient",
    entropyCoefficient,
    Number.isFinite(entropyCoefficient),
    "a finite number",
  );
  if (!kl) return;
  const { coefficient } = kl;
  checkSetting("kl.coefficient", coefficient, coefficient >= 0, "a number that is not negative");
}
