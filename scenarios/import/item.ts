/** @file Items of lists, strings and dicts: by place, by key, by slice. */
import { itemsOf } from "./iterate.ts";
import { placeIn } from "./method.ts";
import { notImported, type Place } from "./refusal.ts";
import { reprOf } from "./text.ts";
import { isThing, keyOf, list, type Run, typeName, type Value } from "./value.ts";

/** `object[index]`. */
export function itemAt(object: Value, index: Value, run: Run, at: Place): Value {
  if (isThing(object) && object.kind === "unknown") return object;
  if (isThing(index) && index.kind === "unknown") return index;
  if (isThing(object) && object.kind === "dict") {
    const entry = object.entries.get(keyOf(index, run, at));
    if (entry === undefined) throw notImported(at, `the dict has no key ${reprOf(index, run, at)}`);
    return entry[1];
  }
  if (isThing(object) && object.kind === "array" && isThing(index) && index.kind === "tuple") {
    return itemsEach(object, index.items, run, at);
  }
  if (
    typeof object !== "string" &&
    (!isThing(object) || !["list", "tuple", "range", "array"].includes(object.kind))
  ) {
    throw notImported(at, `a value of type ${typeName(object)} has no items`);
  }
  const items = itemsOf(object, run, at);
  if (!isThing(index) || index.kind !== "slice") return items[placeIn(items.length, index, at)]!;
  const part = sliced(items, index, at);
  if (typeof object === "string") return part.map(String).join("");
  return isThing(object) && (object.kind === "tuple" || object.kind === "array")
    ? { kind: object.kind, items: part }
    : list(part);
}

/** `array[:, 0]`. */
function itemsEach(object: Value, [first, ...rest]: readonly Value[], run: Run, at: Place): Value {
  if (first === undefined) return object;
  const found = itemAt(object, first, run, at);
  if (!isThing(first) || first.kind !== "slice") return itemsEach(found, rest, run, at);
  return { kind: "array", items: itemsOf(found, run, at).map((item) => itemsEach(item, rest, run, at)) };
}

/** `items[start:stop:step]`. */
function sliced(items: readonly Value[], slice: Extract<Value, { kind: "slice" }>, at: Place): Value[] {
  const step = slice.step === null ? 1 : Number(slice.step);
  if (step === 0) throw notImported(at, "a slice has a step of 0");
  const [first, last] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const bound = (value: bigint | null, otherwise: number) => {
    if (value === null) return otherwise;
    const place = Number(value) < 0 ? Number(value) + items.length : Number(value);
    return Math.min(last, Math.max(first, place));
  };
  const start = bound(slice.start, step > 0 ? first : last);
  const stop = bound(slice.stop, step > 0 ? last : first);
  const part: Value[] = [];
  for (let place = start; step > 0 ? place < stop : place > stop; place += step) part.push(items[place]!);
  return part;
}
