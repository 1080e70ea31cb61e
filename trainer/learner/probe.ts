/** @file Looks at values of a graph: whether all of their elements are finite numbers. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { mul, reduceSum } from "../../agent/graph/ops/index.ts";

/** The values to look at, with what to call them, in the order in which they are worked out. */
export type Probes = readonly (readonly [place: string, value: Value])[];

/** 0 when all is finite, and not a number else: 0 times infinity is none. */
export function probe(g: GraphBuilder, value: Value): Value {
  const axes = value.shape.map((_, axis) => axis);
  return reduceSum(g, mul(g, value, g.scalar(0)), axes);
}
