/** @file What a loss is to the learner: a function that adds nodes to a training graph. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";

/** What a loss may look at. */
export interface LossContext {
  g: GraphBuilder;
  /** [rows, vocabularySize]; builds nothing until it is called. */
  logits: () => Value;
  /** [rows, hiddenSize], what the head reads: for heads of one's own. */
  hidden: Value;
  /** int64 [rows], the learned tokens. */
  labels: Value;
  /**
   * A number for each row, given with every batch under this name: float32 [rows]. Asked for twice it is the same.
   */
  perRow: (name: string) => Value;
  /** The same of any number that goes for the whole batch: float32 []. */
  scalar: (name: string) => Value;
  /** A parameter that the model does not have, such as a value head; it is trained and kept with the optimiser's state. */
  parameter: (name: string, shape: readonly number[]) => Value;
}

/**
 * `loss` float32 []; `metrics`, float32 [] each, are told with every step. All are sums over rows whose weights are
 * chosen for the whole step, so that those of its micro-batches add up.
 */
export interface BuiltLoss {
  loss: Value;
  metrics?: Readonly<Record<string, Value>>;
}

export type Loss = (context: LossContext) => BuiltLoss;
