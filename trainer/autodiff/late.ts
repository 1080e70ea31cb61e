/**
 * @file Values for the way back only. One that depends on nothing but the way there could be worked out long before it
 * is needed, and then kept; and one that is worked out a second time would be taken for the first by onnxruntime's
 * search for common subexpressions. A Reshape to a shape that is read off the gradient rules out both, and costs nothing.
 */
import { type GraphBuilder, sameShape, type Value } from "../../agent/graph/index.ts";
import { concat, shapeValue } from "../../agent/graph/ops/index.ts";

/** The same value, but not before the gradient `d` is there. */
export function late(g: GraphBuilder, value: Value, d: Value): Value {
  return g.once(`late ${value.name} after ${d.name}`, () => {
    const shape = sameShape(value.shape, d.shape) ? wholeShape(g, d) : joinedShape(g, value, d);
    return g.node("Reshape", [value, shape], [{ type: value.type, shape: value.shape }])[0]!;
  });
}

function wholeShape(g: GraphBuilder, d: Value): Value {
  return g.node("Shape", [d], [{ type: "int64", shape: [d.shape.length] }])[0]!;
}

function joinedShape(g: GraphBuilder, value: Value, d: Value): Value {
  const rank = { kind: "int", value: d.shape.length } as const;
  // The part of the shape behind its last axis: nothing, but known only with the gradient.
  const nothing = g.node("Shape", [d], [{ type: "int64", shape: [0] }], { start: rank, end: rank })[0]!;
  return concat(g, [shapeValue(g, value.shape), nothing], 0);
}
