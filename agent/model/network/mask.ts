/** @file Who may look at whom: what is added to attention scores so that nobody sees padding or the future. */
import type { Dimension, GraphBuilder, Shape, Value } from "../../graph/index.ts";
import {
  add,
  and,
  cast,
  cumulativeSum,
  less,
  lessOrEqual,
  range,
  reduceSum,
  reshape,
  sub,
  where,
} from "../../graph/ops/index.ts";
import type { TextConfig } from "../folder/index.ts";

/** As good as minus infinity, but a row in which all is hidden still gives numbers. */
const HIDDEN = -1e9;

/** Biases of the scores, for layers that see everything before a token and for those with a sliding window. */
export interface Biases {
  /** [batch, 1, 1, length or 1, columns] */
  full: Value;
  /** Undefined when no layer has a window. */
  sliding: Value | undefined;
}

/** 0 where it holds and nearly minus infinity where not. */
export function biasOf(g: GraphBuilder, seen: Value, shape: Shape): Value {
  return reshape(g, where(g, seen, g.scalar(0), g.scalar(HIDDEN)), shape);
}

/**
 * Masks are int64, 1 for tokens and 0 for padding: `now` [batch, length] of the tokens that are worked on, `before`
 * [batch, columns] of the cache. Windows count tokens, not padding.
 */
export function textBiases(
  g: GraphBuilder,
  config: TextConfig,
  now: Value,
  before?: Value,
): { present: Biases; past: Biases | undefined } {
  const [batch, length] = now.shape as [Dimension, Dimension];
  const place = range(g, length);
  const causal = lessOrEqual(g, reshape(g, place, [1, 1, length]), reshape(g, place, [1, length, 1]));
  const present = and(g, causal, reshape(g, cast(g, now, "bool"), [batch, 1, length]));
  const window = config.slidingLayers.includes(true) ? config.slidingWindow : null;
  const cached = before && reduceSum(g, before, [1], true);
  const order = window === null ? undefined : cumulativeSum(g, now, 1);
  const query = order && reshape(g, cached ? add(g, order, cached) : order, [batch, length, 1]);
  const near = (seen: Value, key: Value, columns: Dimension): Value => {
    const distance = sub(g, query!, reshape(g, key, [batch, 1, columns]));
    return and(g, seen, less(g, distance, g.constant("int64", [window!])));
  };
  const biases = (seen: Value, rows: Dimension, columns: Dimension, key: () => Value): Biases => ({
    full: biasOf(g, seen, [batch, 1, 1, rows, columns]),
    sliding: query && biasOf(g, near(seen, key(), columns), [batch, 1, 1, length, columns]),
  });
  const columns = before?.shape[1] ?? 0;
  return {
    present: biases(present, length, length, () => (cached ? add(g, order!, cached) : order!)),
    past:
      before &&
      biases(reshape(g, cast(g, before, "bool"), [batch, 1, columns]), 1, columns, () =>
        cumulativeSum(g, before, 1),
      ),
  };
}
