/**
 * @file Attention with grouped queries (arXiv 2305.13245) over one or two segments of keys and values, such as what
 * a cache holds and what comes now. Segments are never joined: joining would copy the cache for every token.
 */
import { type GraphBuilder, times, type Value } from "../../graph/index.ts";
import {
  add,
  concat,
  matmul,
  mul,
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

/** `query`: [batch, keyValueHeads, group, queries, headSize]; the result has its shape. */
export function attend(g: GraphBuilder, query: Value, segments: readonly Segment[]): Value {
  const [batch, heads, group, queries, headSize] = query.shape as [never, number, number, never, number];
  const rows = times(group, queries);
  // Right before the products, so that onnxruntime makes one node of both.
  const scaled = mul(g, reshape(g, query, [batch, heads, rows, headSize]), g.scalar(headSize ** -0.5));
  const scores = segments.map(({ key, bias }) => {
    const columns = key.shape[2]!;
    const products = matmul(g, scaled, transpose(g, key, [0, 1, 3, 2]));
    const grouped = reshape(g, products, [batch, heads, group, queries, columns]);
    return bias ? add(g, grouped, bias) : grouped;
  });
  const weights = softmax(g, concat(g, scores, -1));
  const parts = segments.map(({ key, value }, i) => {
    const columns = key.shape[2]!;
    const own = segments.length === 1 ? weights : columnsOf(g, weights, segments, i);
    return matmul(g, reshape(g, own, [batch, heads, rows, columns]), value);
  });
  const sum = parts.reduce((total, part) => add(g, total, part));
  return reshape(g, sum, query.shape);
}

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
