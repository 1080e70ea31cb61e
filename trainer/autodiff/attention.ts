/**
 * @file Attention for training: queries of a group laid together, since all products have many rows, and a gradient
 * that goes over the scores once instead of four times.
 */
import type { Ways } from "../../agent/model/index.ts";
import { type GraphBuilder, times, type Value } from "../../agent/graph/index.ts";
import {
  add,
  concat,
  expand,
  matmul,
  mul,
  neg,
  reduceSum,
  reshape,
  softmax,
  transpose,
} from "../../agent/graph/ops/index.ts";

/** As `attend`, over one segment. */
export const trainedAttention: Ways["attend"] = (g, query, [segment], bias) => {
  const { key, value } = segment!;
  const [batch, heads, group, queries, headSize] = query.shape as [number, number, number, number, number];
  const columns = key.shape[2]!;
  const rows = [batch, heads, times(group, queries)] as const;
  const flat = reshape(g, query, [...rows, headSize]);
  const products = reshape(g, matmul(g, flat, turned(g, key)), [batch, heads, group, queries, columns]);
  const weights = softmax(g, bias ? add(g, products, bias) : products);
  const mixed = matmul(g, reshape(g, weights, [...rows, columns]), value);
  const output = reshape(g, mixed, query.shape);
  g.composites.set(output.name, {
    inputs: [query, key, value],
    gradients: (d, again) => {
      const [k, v, q] = [again(key), again(value), again(flat)];
      const p = reshape(g, again(weights), [...rows, columns]);
      const flatD = reshape(g, d, [...rows, headSize]);
      const scores = g.once(`scores ${d.name}`, () => scoreGradient(g, flatD, again(mixed), p, v));
      return [
        () => reshape(g, matmul(g, scores, k), query.shape),
        () => matmul(g, turned(g, scores), q),
        () => matmul(g, turned(g, p), flatD),
      ];
    },
  });
  return output;
};

/**
 * The softmax's rule is p (dp - sum(dp p)) with dp = d v^T, and sum(dp p) is sum(d mixed), so the product of d and v
 * with a column more each gives the difference at once (Dao et al., arXiv 2205.14135, appendix B).
 */
function scoreGradient(g: GraphBuilder, d: Value, mixed: Value, p: Value, v: Value): Value {
  const sums = reduceSum(g, mul(g, d, mixed), [3], true);
  const ones = expand(g, g.scalar(1), [...v.shape.slice(0, 3), 1]);
  const wideD = concat(g, [d, neg(g, sums)], 3);
  const wideV = concat(g, [v, ones], 3);
  return mul(g, p, matmul(g, wideD, turned(g, wideV)));
}

/** The last two axes exchanged. */
function turned(g: GraphBuilder, x: Value): Value {
  return transpose(g, x, [0, 1, 3, 2]);
}
