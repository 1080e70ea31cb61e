/** @file Token cross-entropy, the loss of supervised fine-tuning. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { mul, neg, reduceSum } from "../../agent/graph/ops/index.ts";
import { tokenValues } from "./tokens.ts";

/**
 * The sum of weight times -log p(label), of shape []. `logits` [rows, tokens], `labels` int64 [rows], `weights` [rows]:
 * 1 / rows for the mean over tokens, 0 for those that do not count.
 */
export function crossEntropy(g: GraphBuilder, logits: Value, labels: Value, weights: Value): Value {
  const { logProbability } = tokenValues(g, logits, labels);
  return neg(g, reduceSum(g, mul(g, logProbability, weights), [0]));
}
