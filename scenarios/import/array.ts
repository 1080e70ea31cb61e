/** @file numpy's arrays, as far as scenario files use them: lists of numbers that calculate item by item. */
import { itemsOf } from "./iterate.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, type Run, type Value } from "./value.ts";

/** `np.array(value)`: lists and tuples become arrays, all the way down. */
export function arrayOf(value: Value, run: Run, at: Place, depth = 0): Value {
  if (depth > 8) throw notImported(at, "an array has too many dimensions");
  const nested = isThing(value) && ["list", "tuple", "array", "range"].includes(value.kind);
  if (!nested) return value;
  const items = itemsOf(value, run, at).map((item) => arrayOf(item, run, at, depth + 1));
  const array: Value = { kind: "array", items };
  return depth === 0 && holdsFloat(array) ? each(array, floated) : array;
}

/** An array has numbers of one type: one float among them makes all of them floats. */
function holdsFloat(value: Value): boolean {
  if (!isThing(value) || value.kind !== "array") return typeof value === "number";
  return value.items.some(holdsFloat);
}

function floated(value: Value): Value {
  return typeof value === "bigint" || typeof value === "boolean" ? Number(value) : value;
}

/** `tolist()`. */
export function listOf(value: Value): Value {
  if (!isThing(value) || value.kind !== "array") return value;
  return { kind: "list", items: value.items.map(listOf) };
}

/** Item by item; a number, or the last dimension, goes with every item. */
export function combine(
  left: Value,
  right: Value,
  of: (a: Value, b: Value) => Value,
  run: Run,
  at: Place,
): Value {
  const a = arrayOf(left, run, at);
  const b = arrayOf(right, run, at);
  const deep = depthOf(a);
  const other = depthOf(b);
  if (deep === 0 && other === 0) return of(a, b);
  if (deep > other) return mapped(a, (item) => combine(item, b, of, run, at), run, at);
  if (other > deep) return mapped(b, (item) => combine(a, item, of, run, at), run, at);
  const mine = itemsOf(a, run, at);
  const theirs = itemsOf(b, run, at);
  if (mine.length !== theirs.length) {
    throw notImported(at, `arrays of ${mine.length} and ${theirs.length} items do not go together`);
  }
  return { kind: "array", items: mine.map((item, i) => combine(item, theirs[i]!, of, run, at)) };
}

function mapped(array: Value, of: (item: Value) => Value, run: Run, at: Place): Value {
  return { kind: "array", items: itemsOf(array, run, at).map(of) };
}

function depthOf(value: Value): number {
  if (!isThing(value) || value.kind !== "array") return 0;
  return 1 + (value.items.length === 0 ? 0 : depthOf(value.items[0]!));
}

/** `shape`. */
export function shapeOf(value: Value): Value[] {
  if (!isThing(value) || value.kind !== "array") return [];
  return [BigInt(value.items.length), ...(value.items.length === 0 ? [] : shapeOf(value.items[0]!))];
}

/** One function over every number of an array, or over a number. */
export function each(value: Value, of: (number: Value) => Value): Value {
  if (!isThing(value) || value.kind !== "array") return of(value);
  return { kind: "array", items: value.items.map((item) => each(item, of)) };
}
