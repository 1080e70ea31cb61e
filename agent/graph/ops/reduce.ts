/** @file Operators over whole axes: sums, extremes, softmax and normalisation. */
import type { GraphBuilder } from "../builder.ts";
import { axisOf, type Shape, type Value } from "../value.ts";

type Reduce = (g: GraphBuilder, x: Value, axes: readonly number[], keep?: boolean) => Value;

/** `keep`: reduced axes stay, of length 1. Over no axes: the value itself. */
export const reduceSum: Reduce = (g, x, axes, keep = false) => reduce(g, "ReduceSum", x, axes, keep);
export const reduceSumSquare: Reduce = (g, x, axes, keep = false) =>
  reduce(g, "ReduceSumSquare", x, axes, keep);
export const reduceMean: Reduce = (g, x, axes, keep = false) => reduce(g, "ReduceMean", x, axes, keep);
export const reduceMax: Reduce = (g, x, axes, keep = false) => reduce(g, "ReduceMax", x, axes, keep);

function reduce(g: GraphBuilder, op: string, x: Value, axes: readonly number[], keep: boolean): Value {
  // onnxruntime takes no axes for all of them.
  if (axes.length === 0) return x;
  const at = axes.map((axis) => axisOf(axis, x.shape.length));
  const shape: Shape = keep
    ? x.shape.map((length, axis) => (at.includes(axis) ? 1 : length))
    : x.shape.filter((_, axis) => !at.includes(axis));
  return g.node(op, [x, g.constant("int64", at)], [{ type: x.type, shape }], {
    keepdims: { kind: "int", value: Number(keep) },
  })[0]!;
}

/** Sums up to and including each element along an axis. */
export function cumulativeSum(g: GraphBuilder, x: Value, axis: number): Value {
  const at = g.scalar(axisOf(axis, x.shape.length), "int64");
  return g.node("CumSum", [x, at], [{ type: x.type, shape: x.shape }])[0]!;
}

/** Over the last axis. */
export function softmax(g: GraphBuilder, x: Value): Value {
  return g.node("Softmax", [x], [{ type: x.type, shape: x.shape }], { axis: { kind: "int", value: -1 } })[0]!;
}

/** Root mean square normalisation over the last axis (arXiv 1910.07467), times `weight`. */
export function rmsNorm(g: GraphBuilder, x: Value, weight: Value, epsilon: number): Value {
  const attributes = {
    axis: { kind: "int", value: -1 },
    epsilon: { kind: "float", value: epsilon },
  } as const;
  return g.node(
    "SimplifiedLayerNormalization",
    [x, weight],
    [{ type: x.type, shape: x.shape }],
    attributes,
  )[0]!;
}
