/**
 * @file Attention with grouped queries (arXiv 2305.13245) over segments of keys and values, such as what a cache
 * holds and what comes now. Segments are never joined: joining would copy the cache for every token.
 */
import type { GraphBuilder, Value } from "../../graph/index.ts";
import { add, concat, matmul, reshape, shapeValue, softmax, transpose } from "../../graph/ops/index.ts";

/** Keys and values, each [batch, keyValueHeads, columns, headSize]; with a batch of 1 all rows share them. */
export interface KeyValue {
  key: Value;
  value: Value;
}

/** How attention is worked out. */
export type Attend = typeof attend;

/**
 * `query`: [batch, keyValueHeads, group, queries, headSize], scaled by `attentionScale`; the result has its shape.
 * `bias`: added to the scores, [batch or 1, 1, 1, queries or 1, columns of all segments].
 *
 * Queries of a group are products of their own, beside the same keys: with one query each that makes products of one
 * row, which onnxruntime works out straight from where keys and values lie, without packing them first.
 */
export function attend(
  g: GraphBuilder,
  query: Value,
  segments: readonly KeyValue[],
  bias: Value | undefined,
): Value {
  const perGroup = (x: Value): Value => {
    const [batch, heads, columns, headSize] = x.shape as [never, number, never, number];
    return reshape(g, x, [batch, heads, 1, columns, headSize]);
  };
  const products = segments.map(({ key }) => matmul(g, query, transpose(g, perGroup(key), [0, 1, 2, 4, 3])));
  const scores = concat(g, products, -1);
  const weights = perSegment(g, softmax(g, bias ? add(g, scores, bias) : scores), segments);
  const parts = segments.map(({ value }, i) => matmul(g, weights[i]!, perGroup(value)));
  return parts.reduce((total, part) => add(g, total, part));
}

/**
 * What queries are multiplied by, before they are split into heads: right before the product onnxruntime would make one
 * operator of both, which has no quick way for products of one row.
 */
export const attentionScale = (headSize: number): number => headSize ** -0.5;

/** The weights that fall on each segment. */
function perSegment(g: GraphBuilder, weights: Value, segments: readonly KeyValue[]): readonly Value[] {
  if (segments.length === 1) return [weights];
  const lengths = segments.map(({ key }) => key.shape[2]!);
  const outputs = lengths.map((length) => ({
    type: weights.type,
    shape: [...weights.shape.slice(0, -1), length],
  }));
  return g.node("Split", [weights, shapeValue(g, lengths)], outputs, { axis: { kind: "int", value: -1 } });
}
