/** @file What flows along the edges of a graph: named tensors whose type and shape are known while building. */

export const DATA_TYPES = {
  // The codes are those of ONNX's TensorProto.DataType.
  float32: { code: 1, bytes: 4 },
  uint8: { code: 2, bytes: 1 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
  bool: { code: 9, bytes: 1 },
  float16: { code: 10, bytes: 2 },
  float64: { code: 11, bytes: 8 },
  bfloat16: { code: 16, bytes: 2 },
  /** Two in a byte, the first in its lower half; -8 to 7. */
  int4: { code: 22, bytes: 0.5 },
} as const;
export type DataType = keyof typeof DATA_TYPES;

/** How long an axis is, or the name of a length that is known when the graph runs. */
export type Dimension = number | string;
export type Shape = readonly Dimension[];

export interface Value {
  readonly name: string;
  readonly type: DataType;
  readonly shape: Shape;
}

export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** Elements of a shape without named lengths. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Narrows a shape to one without named lengths. */
export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((length) => typeof length === "number");
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `a * b` as a length: a number, or the name of the product. */
export function times(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return a * b;
  if (a === 1) return b;
  if (b === 1) return a;
  // Sums are multiplied out, since names have no brackets.
  const terms = (length: Dimension): string[] => String(length).split("+");
  return terms(a)
    .flatMap((one) => terms(b).map((other) => `${one}*${other}`))
    .join("+");
}

/** `a + b` as a length. */
export function plus(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return `${a}+${b}`;
}

/** Negative axes count from the end. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
