/** @file Adds up the contributions to the gradient of one value. */
import type { DataType, GraphBuilder, Value } from "../../agent/graph/index.ts";
import { add, cast, concat, expand } from "../../agent/graph/ops/index.ts";
import { padded } from "./padded.ts";
import type { Contribution, Dense, Part, Sparse } from "./rule.ts";

/** Of the shape and type of `value`. Sums of 16 bits are made in float32, for want of digits and of operators. */
export function sumOf(g: GraphBuilder, value: Value, contributions: readonly Contribution[]): Value {
  const type = HALVES.has(value.type) ? "float32" : value.type;
  const dense: Dense[] = [];
  const parts: Part[] = [];
  const sparse: Sparse[] = [];
  for (const one of contributions) {
    if (typeof one === "function") dense.push(one);
    else if (one.kind === "part") parts.push(one);
    else sparse.push(one);
  }
  if (dense.length === 1 && contributions.length === 1) return dense[0]!();
  const wide = (d: Value): Value => cast(g, d, type);
  const terms = [...dense.map((build) => wide(build())), ...joined(g, parts, wide)];
  const zeros = (): Value => expand(g, cast(g, g.scalar(0), type), value.shape);
  let sum = terms.length === 0 ? zeros() : terms.reduce((total, d) => add(g, total, d));
  for (const { into } of sparse) sum = into(sum);
  return cast(g, sum, value.type);
}

const HALVES: ReadonlySet<DataType> = new Set<DataType>(["float16", "bfloat16"]);

/** Parts that together are an axis, joined; else each with zeros around it. */
function joined(g: GraphBuilder, parts: readonly Part[], wide: (d: Value) => Value): Value[] {
  const sorted = parts.toSorted((a, b) => a.start - b.start);
  const { axis, size } = sorted[0] ?? {};
  let end = 0;
  const whole = sorted.every((part) => {
    const follows = part.axis === axis && part.start === end;
    end = part.end;
    return follows;
  });
  if (axis !== undefined && whole && end === size) {
    const built = sorted.map(({ build }) => wide(build()));
    return [concat(g, built, axis)];
  }
  return parts.map((part) => padded(g, wide(part.build()), part));
}
