/**
 * @file Attention with grouped queries (arXiv 2305.13245) over one or two segments of keys and values, such as what
 * a cache holds and what comes now. Segments are never joined: joining would copy the cache for every token.
 */
import type { GraphBuilder, Value } from "../../graph/index.ts";
import {
  add,
  concat,
  matmul,
  reshape,
  shapeValue,
  slice,
  softmax,
  transpose,
} from "../../graph/ops/index.ts";

export interface Segment {
  /** [batch, keyValueHeads, columns, headSize] */
  key: Value;
  value: Value;
  /** Added to the scores: [batch or 1, 1, 1, queries or 1, columns]. */
  bias: Value | undefined;
}

/**
 * `query`: [batch, keyValueHeads, group, queries, headSize], scaled by `attentionScale`; the result has its shape.
 *
 * Queries of a group are products of their own, beside the same keys: with one query each that makes products of one
 * row, which onnxruntime works out straight from where keys and values lie, without packing them first.
 */
export function attend(g: GraphBuilder, query: Value, segments: readonly Segment[]): Value {
  const perGroup = (x: Value): Value => {
    const [batch, heads, columns, headSize] = x.shape as [never, number, never, number];
    return reshape(g, x, [batch, heads, 1, columns, headSize]);
  };
  const scores = segments.map(({ key, bias }) => {
    const products = matmul(g, query, transpose(g, perGroup(key), [0, 1, 2, 4, 3]));
    return bias ? add(g, products, bias) : products;
  });
  const weights = softmax(g, concat(g, scores, -1));
  const parts = segments.map(({ value }, i) => {
    const own = segments.length === 1 ? weights : columnsOf(g, weights, segments, i);
    return matmul(g, own, perGroup(value));
  });
  return parts.reduce((total, part) => add(g, total, part));
}

/**
 * What queries are multiplied by, before they are split into heads: right before the product onnxruntime would make one
 * operator of both, which has no quick way for products of one row.
 */
export const attentionScale = (headSize: number): number => headSize ** -0.5;

/** The weights that fall on one of two segments. */
function columnsOf(
  g: GraphBuilder,
  weights: Value,
  [first, second]: readonly Segment[],
  place: number,
): Value {
  const border = shapeValue(g, [first!.key.shape[2]!]);
  return place === 0
    ? slice(g, weights, -1, 0, border, first!.key.shape[2])
    : slice(g, weights, -1, border, END, second!.key.shape[2]);
}

/** As far as there is anything. */
const END = 2 ** 31;
