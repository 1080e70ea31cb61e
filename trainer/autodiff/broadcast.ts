/** @file Undoing numpy's broadcasting: what was stretched going forward is summed going back. */
import { type GraphBuilder, sameShape, type Shape, type Value } from "../../agent/graph/index.ts";
import { reduceSum, reshape } from "../../agent/graph/ops/index.ts";

/** The sum of `gradient` over the axes along which a value of this shape was stretched. */
export function unbroadcast(g: GraphBuilder, gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const extra = gradient.shape.length - shape.length;
  const stretched = gradient.shape.flatMap((length, axis) =>
    axis < extra || (shape[axis - extra] === 1 && length !== 1) ? [axis] : [],
  );
  const summed = stretched.length === 0 ? gradient : reduceSum(g, gradient, stretched);
  return sameShape(summed.shape, shape) ? summed : reshape(g, summed, shape);
}
