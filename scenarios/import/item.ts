/** @file Items of lists, strings and dicts: by place, by key, by slice. */
import { cut, isArray, placeIn, windowAt } from "./array.ts";
import { itemsOf } from "./iterate.ts";
import { notImported, type Place } from "./refusal.ts";
import { reprOf } from "./text.ts";
import { isThing, keyOf, list, type Run, tuple, typeName, type Value } from "./value.ts";

/** `object[index]`. */
export function itemAt(object: Value, index: Value, run: Run, at: Place): Value {
  if (isThing(object) && object.kind === "unknown") return object;
  if (isThing(index) && index.kind === "unknown") return index;
  if (isThing(object) && object.kind === "dict") {
    const entry = object.entries.get(keyOf(index, run, at));
    if (entry === undefined) throw notImported(at, `the dict has no key ${reprOf(index, run, at)}`);
    return entry[1];
  }
  if (isArray(object)) {
    const window = windowAt(object, index, at);
    return window.shape.length === 0 ? window.data[window.offset]! : window;
  }
  if (typeof object !== "string" && (!isThing(object) || !["list", "tuple", "range"].includes(object.kind))) {
    throw notImported(at, `a value of type ${typeName(object)} has no items`);
  }
  const items = itemsOf(object, run, at);
  if (!isThing(index) || index.kind !== "slice") return items[placeIn(items.length, index, at)]!;
  const { start, step, count } = cut(items.length, index, at);
  const part = Array.from({ length: count }, (_, i) => items[start + i * step]!);
  if (typeof object === "string") return part.map(String).join("");
  return isThing(object) && object.kind === "tuple" ? tuple(part) : list(part);
}
