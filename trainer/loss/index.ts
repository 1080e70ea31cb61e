/** @file Losses as functions that build graphs, and what is worked out of tokens without one. */
export { combine } from "./combine.ts";
export { crossEntropy } from "./cross-entropy.ts";
export { divergence, type Estimator } from "./divergence.ts";
export { POLICY_DEFAULTS, policyLoss, type PolicyLossOptions } from "./policy.ts";
export { type Score, scoreGraph, type ScoreOptions, SCORES } from "./scores.ts";
export { type TokenValues, tokenValues } from "./tokens.ts";
export {
  explainedVariance,
  VALUE_BIAS,
  VALUE_DEFAULTS,
  valueHead,
  valueLoss,
  type ValueLossOptions,
  VALUE_WEIGHT,
} from "./value.ts";
export { constantWeights, sequenceWeights, tokenWeights, toRows } from "./weights.ts";
