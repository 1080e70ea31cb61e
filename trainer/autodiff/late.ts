/**
 * @file Values for the way back only. One that depends on nothing but the way there could be worked out long before it
 * is needed, and then kept; and one that is worked out a second time would be taken for the first by onnxruntime's
 * search for common subexpressions. A shape that is read off the gradient rules out both, and costs nothing.
 */
import { type GraphBuilder, sameShape, type Value } from "../../agent/graph/index.ts";
import { concat, shapeValue } from "../../agent/graph/ops/index.ts";

/** The same value, but not before the gradient `d` is there. */
export function late(g: GraphBuilder, value: Value, d: Value): Value {
  return g.once(`late ${value.name} after ${d.name}`, () => {
    const as = (op: string, lengths: Value): Value =>
      g.node(op, [value, lengths], [{ type: value.type, shape: value.shape }])[0]!;
    if (sameShape(value.shape, d.shape)) return as("Reshape", shapeFrom(g, d, 0));
    const nothing = shapeFrom(g, d, d.shape.length);
    // Without axes Squeeze takes out those of length 1. Unlike the other way it leaves nothing to be done on the CPU.
    const none = value.shape.every((length) => typeof length === "number" && length !== 1);
    return none ? as("Squeeze", nothing) : as("Reshape", concat(g, [shapeValue(g, value.shape), nothing], 0));
  });
}

/** The shape of a value from an axis on. */
function shapeFrom(g: GraphBuilder, value: Value, axis: number): Value {
  const rank = value.shape.length;
  const bounds = { start: { kind: "int", value: axis }, end: { kind: "int", value: rank } } as const;
  return g.node("Shape", [value], [{ type: "int64", shape: [rank - axis] }], bounds)[0]!;
}
