/** @file Matrices in 4 bits, made float32 where they are used. */
import { TouchlineError } from "../../../env/error.ts";
import type { GraphBuilder } from "../builder.ts";
import { shapeText, type Value } from "../value.ts";

/** Numbers of a row that share a scale. */
export const INT4_BLOCK = 32;

/** `codes` int4 [rows, columns], each times the scale of its block: `scales` [rows, columns / INT4_BLOCK], rounded up. */
export function dequantise(g: GraphBuilder, codes: Value, scales: Value): Value {
  const [rows, columns] = codes.shape as [number, number];
  const expected = [rows, Math.ceil(columns / INT4_BLOCK)];
  if (codes.type !== "int4" || scales.type !== "float32" || shapeText(scales.shape) !== shapeText(expected)) {
    throw new TouchlineError(
      "graph/shape",
      `dequantise of ${codes.type} ${shapeText(codes.shape)} with scales ${shapeText(scales.shape)}; expected int4 and ${shapeText(expected)}.`,
    );
  }
  return g.node("DequantizeLinear", [codes, scales], [{ type: "float32", shape: codes.shape }], {
    axis: { kind: "int", value: 1 },
    block_size: { kind: "int", value: INT4_BLOCK },
  })[0]!;
}
