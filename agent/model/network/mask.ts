/** @file Who may look at whom: what is added to attention scores so that nobody sees padding or the future. */
import type { Dimension, GraphBuilder, Shape, Value } from "../../graph/index.ts";
import {
  and,
  cast,
  concat,
  cumulativeSum,
  less,
  lessOrEqual,
  neg,
  range,
  reshape,
  shapeValue,
  slice,
  sub,
  where,
} from "../../graph/ops/index.ts";
import type { TextConfig } from "../folder/index.ts";

/** As good as minus infinity, but a row in which all is hidden still gives numbers. */
const HIDDEN = -1e9;

/** Biases of the scores, for layers that see everything before a token and for those with a sliding window. */
export interface Biases {
  /** [batch, 1, 1, length, columns] */
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
 * [batch, columns] of each segment of what came before. Windows count tokens, not padding.
 */
export function textBiases(
  g: GraphBuilder,
  config: TextConfig,
  now: Value,
  before: readonly Value[] = [],
): Biases {
  const [batch, length] = now.shape as [Dimension, Dimension];
  const mask = concat(g, [...before, now], 1);
  const columns = mask.shape[1]!;
  const place = range(g, columns);
  const own = slice(g, place, 0, neg(g, shapeValue(g, [length])), END, length);
  const causal = lessOrEqual(g, reshape(g, place, [1, 1, columns]), reshape(g, own, [1, length, 1]));
  const seen = and(g, causal, reshape(g, cast(g, mask, "bool"), [batch, 1, columns]));
  const near = (window: number): Value => {
    const order = cumulativeSum(g, mask, 1);
    const query = slice(g, order, 1, neg(g, shapeValue(g, [length])), END, length);
    const distance = sub(g, reshape(g, query, [batch, length, 1]), reshape(g, order, [batch, 1, columns]));
    return and(g, seen, less(g, distance, g.constant("int64", [window])));
  };
  const bias = (visible: Value): Value => biasOf(g, visible, [batch, 1, 1, length, columns]);
  const window = config.slidingLayers.includes(true) ? config.slidingWindow : null;
  return { full: bias(seen), sliding: window === null ? undefined : bias(near(window)) };
}

/** As far as there is anything. */
const END = 2 ** 31;
