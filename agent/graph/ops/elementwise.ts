/** @file Operators that work element by element, with numpy's broadcasting. */
import { TouchlineError } from "../../../env/error.ts";
import type { GraphBuilder } from "../builder.ts";
import { DATA_TYPES, type DataType, type Dimension, type Shape, shapeText, type Value } from "../value.ts";

type Binary = (g: GraphBuilder, a: Value, b: Value) => Value;
type Unary = (g: GraphBuilder, x: Value) => Value;

export const add: Binary = (g, a, b) => binary(g, "Add", a, b);
export const sub: Binary = (g, a, b) => binary(g, "Sub", a, b);
export const mul: Binary = (g, a, b) => binary(g, "Mul", a, b);
/** Of integers: rounded towards zero. */
export const div: Binary = (g, a, b) => binary(g, "Div", a, b);
/** Of integers: the sign of the divisor. */
export const mod: Binary = (g, a, b) => binary(g, "Mod", a, b);
export const minimum: Binary = (g, a, b) => binary(g, "Min", a, b);
export const maximum: Binary = (g, a, b) => binary(g, "Max", a, b);
export const equal: Binary = (g, a, b) => binary(g, "Equal", a, b, "bool");
export const less: Binary = (g, a, b) => binary(g, "Less", a, b, "bool");
export const lessOrEqual: Binary = (g, a, b) => binary(g, "LessOrEqual", a, b, "bool");
export const and: Binary = (g, a, b) => binary(g, "And", a, b);

export const neg: Unary = (g, x) => unary(g, "Neg", x);
export const exp: Unary = (g, x) => unary(g, "Exp", x);
export const log: Unary = (g, x) => unary(g, "Log", x);
export const sqrt: Unary = (g, x) => unary(g, "Sqrt", x);
export const reciprocal: Unary = (g, x) => unary(g, "Reciprocal", x);
export const sigmoid: Unary = (g, x) => unary(g, "Sigmoid", x);
export const erf: Unary = (g, x) => unary(g, "Erf", x);
export const sin: Unary = (g, x) => unary(g, "Sin", x);
export const cos: Unary = (g, x) => unary(g, "Cos", x);
/** The exact form, with the error function. */
export const gelu: Unary = (g, x) => unary(g, "Gelu", x);
export const not: Unary = (g, x) => unary(g, "Not", x);

export function silu(g: GraphBuilder, x: Value): Value {
  return mul(g, x, sigmoid(g, x));
}

/** `yes` where the condition holds, else `no`. */
export function where(g: GraphBuilder, condition: Value, yes: Value, no: Value): Value {
  if (condition.type !== "bool" || yes.type !== no.type) mismatch("Where", condition, yes, no);
  const shape = broadcast("Where", broadcast("Where", condition.shape, yes.shape), no.shape);
  return g.node("Where", [condition, yes, no], [{ type: yes.type, shape }])[0]!;
}

export function cast(g: GraphBuilder, x: Value, type: DataType): Value {
  if (x.type === type) return x;
  const attributes = { to: { kind: "int", value: DATA_TYPES[type].code } } as const;
  return g.node("Cast", [x], [{ type, shape: x.shape }], attributes)[0]!;
}

function binary(g: GraphBuilder, op: string, a: Value, b: Value, type?: DataType): Value {
  if (a.type !== b.type) mismatch(op, a, b);
  const shape = broadcast(op, a.shape, b.shape);
  return g.node(op, [a, b], [{ type: type ?? a.type, shape }])[0]!;
}

function unary(g: GraphBuilder, op: string, x: Value): Value {
  return g.node(op, [x], [{ type: x.type, shape: x.shape }])[0]!;
}

/**
 * The shape that both are stretched to.
 * @throws TouchlineError `graph/shape` when two lengths differ and neither is 1.
 */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dimension => {
    const one = a[i - rank + a.length] ?? 1;
    const other = b[i - rank + b.length] ?? 1;
    if (one === other || other === 1) return one;
    if (one === 1) return other;
    throw new TouchlineError(
      "graph/shape",
      `${op} of ${shapeText(a)} and ${shapeText(b)}: ${one} and ${other} do not go together.`,
    );
  });
}

function mismatch(op: string, ...values: readonly Value[]): never {
  const list = values.map(({ type, shape }) => `${type} ${shapeText(shape)}`).join(", ");
  throw new TouchlineError("graph/type", `${op} got values of types that do not go together: ${list}.`);
}
