/** @file Parts of an axis, and how the rest of it is filled up with zeros. */
import type { Dimension, GraphBuilder, Value } from "../../agent/graph/index.ts";
import { concat, expand, pad, shapeValue, slice } from "../../agent/graph/ops/index.ts";

/** `d` where it was cut out, and zeros around it. */
export function padded(
  g: GraphBuilder,
  d: Value,
  { axis, start, end, size }: { axis: number; start: number; end: number; size: Dimension },
): Value {
  const behind = typeof size === "number" ? size - end : undefined;
  if (start === 0 && behind === 0) return d;
  const zeros = (length: Dimension): Value => expand(g, g.scalar(0), d.shape.with(axis, length));
  if (behind === undefined) {
    // A named length: what is too much of the zeros behind is cut off.
    const more = concat(g, start === 0 ? [d, zeros(size)] : [zeros(start), d, zeros(size)], axis);
    return slice(g, more, axis, 0, bound(g, size), size);
  }
  return pad(g, d, axis, start, behind);
}

/** A length as a bound of a Slice. */
export function bound(g: GraphBuilder, length: Dimension): number | Value {
  return typeof length === "number" ? length : shapeValue(g, [length]);
}
