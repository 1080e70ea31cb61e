/** @file Operators that move elements without computing anything. */
import { TouchlineError } from "../../../env/error.ts";
import type { GraphBuilder } from "../builder.ts";
import {
  axisOf,
  type Dimension,
  isStatic,
  plus,
  type Shape,
  shapeText,
  sizeOf,
  type Value,
} from "../value.ts";

/**
 * The same elements in another shape. Named lengths may stand in the target as they stand in inputs of the graph. Any
 * may be 0 when the graph runs, but one that stays in its place beside a single one that does not.
 */
export function reshape(g: GraphBuilder, x: Value, shape: Shape): Value {
  if (isStatic(x.shape) && isStatic(shape) && sizeOf(x.shape) !== sizeOf(shape)) {
    throw new TouchlineError(
      "graph/shape",
      `Reshape of ${shapeText(x.shape)} to ${shapeText(shape)}: the numbers of elements differ.`,
    );
  }
  // 0 keeps the length at its place, -1 is whatever is left.
  const target = shape.map((length, axis) => {
    if (typeof length === "number") return length;
    return length === x.shape[axis] ? 0 : -1;
  });
  const known = target.filter((length) => length === -1).length <= 1;
  const inputs = [x, known ? g.constant("int64", target) : shapeValue(g, shape)];
  // Read off the inputs, 0 is a length: a cache may be empty.
  const attributes = known ? {} : ({ allowzero: { kind: "int", value: 1 } } as const);
  return g.node("Reshape", inputs, [{ type: x.type, shape }], attributes)[0]!;
}

/** A shape as int64 of the graph. */
export function shapeValue(g: GraphBuilder, shape: Shape): Value {
  if (isStatic(shape)) return g.constant("int64", shape);
  const lengths = shape.map((length) =>
    typeof length === "number" ? g.constant("int64", [length]) : g.length(length),
  );
  return g.once(`shape ${shapeText(shape)}`, () => concat(g, lengths, 0));
}

export function transpose(g: GraphBuilder, x: Value, order: readonly number[]): Value {
  if ([...order].sort((a, b) => a - b).some((axis, i) => axis !== i) || order.length !== x.shape.length) {
    throw new TouchlineError(
      "graph/shape",
      `Transpose of ${shapeText(x.shape)} got the order ${shapeText(order)}; expected each axis once.`,
    );
  }
  const shape = order.map((axis) => x.shape[axis]!);
  return g.node("Transpose", [x], [{ type: x.type, shape }], { perm: { kind: "ints", value: order } })[0]!;
}

/** `length`: of the joined axis, where a sum of names is not what it is called. */
export function concat(g: GraphBuilder, parts: readonly Value[], axis: number, length?: Dimension): Value {
  const first = parts[0]!;
  const at = axisOf(axis, first.shape.length);
  const fits = parts.every(
    ({ type, shape }) =>
      type === first.type &&
      shape.length === first.shape.length &&
      shape.every((one, i) => i === at || one === first.shape[i]),
  );
  if (!fits) {
    throw new TouchlineError(
      "graph/shape",
      `Concat on axis ${axis} of ${parts.map(({ type, shape }) => `${type} ${shapeText(shape)}`).join(", ")}: ` +
        "all other axes must be equal.",
    );
  }
  if (parts.length === 1) return first;
  const joined = length ?? parts.map(({ shape }) => shape[at]!).reduce(plus);
  const shape = first.shape.with(at, joined);
  return g.node("Concat", parts, [{ type: first.type, shape }], { axis: { kind: "int", value: at } })[0]!;
}

/** Elements from `start` to `end`, which may be counted from the end; `length` when it cannot be told from them. */
export function slice(
  g: GraphBuilder,
  x: Value,
  axis: number,
  start: number | Value,
  end: number | Value,
  length?: Dimension,
): Value {
  const at = axisOf(axis, x.shape.length);
  const size = x.shape[at]!;
  const found = length ?? lengthBetween(size, start, end);
  if (found === undefined) {
    throw new TouchlineError(
      "graph/shape",
      `Slice of ${shapeText(x.shape)} on axis ${axis}: its length cannot be told; give it.`,
    );
  }
  const bound = (value: number | Value): Value =>
    typeof value === "number" ? g.constant("int64", [value]) : value;
  const shape = x.shape.with(at, found);
  const axes = g.constant("int64", [at]);
  return g.node("Slice", [x, bound(start), bound(end), axes], [{ type: x.type, shape }])[0]!;
}

function lengthBetween(size: Dimension, start: number | Value, end: number | Value): Dimension | undefined {
  if (typeof start !== "number" || typeof end !== "number") return undefined;
  if (typeof size !== "number") return start >= 0 === end >= 0 ? end - start : undefined;
  const place = (value: number): number => Math.max(0, Math.min(size, value < 0 ? size + value : value));
  return Math.max(0, place(end) - place(start));
}

/** Parts of these lengths along an axis. */
export function split(g: GraphBuilder, x: Value, axis: number, lengths: readonly number[]): Value[] {
  const at = axisOf(axis, x.shape.length);
  let start = 0;
  const parts = lengths.map((length) => {
    const part = slice(g, x, at, start, start + length);
    start += length;
    return part;
  });
  if (start !== x.shape[at]) {
    throw new TouchlineError(
      "graph/shape",
      `Split of ${shapeText(x.shape)} on axis ${axis} into ${lengths.join(" + ")}: expected ${x.shape[at]} in all.`,
    );
  }
  return parts;
}

/** Rows of a table: `indices` of any shape, along the first axis of `table`. `inverse`: see GraphBuilder.inverses. */
export function gather(g: GraphBuilder, table: Value, indices: Value, inverse?: Value): Value {
  const shape = [...indices.shape, ...table.shape.slice(1)];
  const rows = g.node("Gather", [table, indices], [{ type: table.type, shape }], {
    axis: { kind: "int", value: 0 },
  })[0]!;
  if (inverse) g.inverses.set(rows.name, inverse);
  return rows;
}

/** Of each row of `x` [rows, columns] the element at its index; `indices` int64 [rows]. */
export function pick(g: GraphBuilder, x: Value, indices: Value): Value {
  const column = reshape(g, indices, [x.shape[0]!, 1]);
  const outputs = [{ type: x.type, shape: column.shape }];
  const found = g.node("GatherElements", [x, column], outputs, { axis: { kind: "int", value: 1 } })[0]!;
  return reshape(g, found, indices.shape);
}

/** `base` with each of `updates` added at its index along an axis, in order; `indices` has the shape of `updates`. */
export function scatterAdd(
  g: GraphBuilder,
  base: Value,
  axis: number,
  indices: Value,
  updates: Value,
): Value {
  return g.node("ScatterElements", [base, indices, updates], [{ type: base.type, shape: base.shape }], {
    axis: { kind: "int", value: axis },
    reduction: { kind: "string", value: "add" },
  })[0]!;
}

/** Zeros before and behind along an axis of a length that is a number. */
export function pad(g: GraphBuilder, x: Value, axis: number, before: number, behind: number): Value {
  const pads = (count: number): number[] => x.shape.map((_, i) => (i === axis ? count : 0));
  const shape = x.shape.with(axis, (x.shape[axis] as number) + before + behind);
  const inputs = [x, g.constant("int64", [...pads(before), ...pads(behind)])];
  return g.node("Pad", inputs, [{ type: x.type, shape }])[0]!;
}

/** Stretches axes of length 1. */
export function expand(g: GraphBuilder, x: Value, shape: Shape): Value {
  return g.node("Expand", [x, shapeValue(g, shape)], [{ type: x.type, shape }])[0]!;
}

/** int64 0, 1, ... up to and without `length`. */
export function range(g: GraphBuilder, length: Dimension): Value {
  if (typeof length === "number") return g.constant("int64", Array(length).keys());
  return g.once(`range ${length}`, () => {
    const inputs = [g.scalar(0, "int64"), reshape(g, g.length(length), []), g.scalar(1, "int64")];
    return g.node("Range", inputs, [{ type: "int64", shape: [length] }])[0]!;
  });
}

/** `base` with `updates` written at the rows `indices`, each of which stands there once. */
export function scatterRows(g: GraphBuilder, base: Value, indices: Value, updates: Value): Value {
  const rows = reshape(g, indices, [...indices.shape, 1]);
  return g.node("ScatterND", [base, rows, updates], [{ type: base.type, shape: base.shape }])[0]!;
}
