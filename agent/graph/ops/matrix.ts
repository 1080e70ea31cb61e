/** @file Products of matrices. */
import { TouchlineError } from "../../../env/error.ts";
import type { GraphBuilder } from "../builder.ts";
import { type Shape, shapeText, type Value } from "../value.ts";
import { broadcast } from "./elementwise.ts";

/** Of the last two axes; the others are broadcast. */
export function matmul(g: GraphBuilder, a: Value, b: Value): Value {
  const [rows, inner] = a.shape.slice(-2);
  const [other, columns] = b.shape.slice(-2);
  if (a.shape.length < 2 || b.shape.length < 2 || inner !== other || a.type !== b.type)
    refuse("MatMul", a, b);
  const batch = broadcast("MatMul", a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape: Shape = [...batch, rows!, columns!];
  return g.node("MatMul", [a, b], [{ type: a.type, shape }])[0]!;
}

/** Of two matrices, either transposed, plus a row. Stored weights are [out, in]: `transB` uses them as they lie. */
export function gemm(
  g: GraphBuilder,
  a: Value,
  b: Value,
  {
    transA = false,
    transB = false,
    bias,
  }: { transA?: boolean; transB?: boolean; bias?: Value | undefined } = {},
): Value {
  if (a.shape.length !== 2 || b.shape.length !== 2 || a.type !== b.type) refuse("Gemm", a, b);
  const [rows, inner] = transA ? a.shape.toReversed() : a.shape;
  const [other, columns] = transB ? b.shape.toReversed() : b.shape;
  if (inner !== other || (bias && bias.shape.at(-1) !== columns)) refuse("Gemm", a, b, bias);
  const inputs = bias ? [a, b, bias] : [a, b];
  const outputs = [{ type: a.type, shape: [rows!, columns!] }];
  return g.node("Gemm", inputs, outputs, {
    ...(transA && { transA: { kind: "int", value: 1 } as const }),
    ...(transB && { transB: { kind: "int", value: 1 } as const }),
  })[0]!;
}

function refuse(op: string, ...values: readonly (Value | undefined)[]): never {
  const shapes = values.flatMap((value) => (value ? [`${value.type} ${shapeText(value.shape)}`] : []));
  throw new TouchlineError(
    "graph/shape",
    `${op} of ${shapes.join(", ")}: the shapes or types do not go together.`,
  );
}
