/** @file What Python goes over: lists as they change, iterators once, and sets where their order is sure. */
import { rowOf } from "./array.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, known, type Run, rangeLength, truth, tuple, typeName, type Value } from "./value.ts";

/** The next item, and undefined after the last. */
export type Next = () => Value | undefined;

/** An iterator of Python, which goes on where it stopped. */
export function iterator(next: Next, run: Run, at: Place): Value {
  let ended = false;
  let runs = false;
  return {
    kind: "iterator",
    next: () => {
      if (ended) return undefined;
      if (runs) throw notImported(at, "an iterator asks itself for its next item");
      runs = true;
      const item = run.deeper(at, next);
      runs = false;
      ended = item === undefined;
      return item;
    },
  };
}

/** What a `for` goes over, item by item: whoever stops leaves the rest of an iterator. */
export function nextOf(value: Value, run: Run, at: Place): Next {
  const next = source(known(value), at);
  return () => {
    run.spend(1, at);
    return next();
  };
}

/** All that a `for` goes over; of an iterator nothing is left. */
export function itemsOf(value: Value, run: Run, at: Place): readonly Value[] {
  const next = nextOf(value, run, at);
  const items: Value[] = [];
  for (let item = next(); item !== undefined; item = next()) items.push(item);
  return items;
}

/** The same for whom it does not matter in which order they come. */
export function anyOrder(value: Value, run: Run, at: Place): readonly Value[] {
  if (!isThing(value) || value.kind !== "set") return itemsOf(value, run, at);
  run.spend(value.entries.size, at);
  return [...value.entries.values()];
}

function source(value: Value, at: Place): Next {
  if (typeof value === "string") return of(Array.from(value));
  if (!isThing(value)) throw none(value, at);
  switch (value.kind) {
    case "iterator":
      return value.next;
    case "list":
    case "tuple":
      return of(value.items);
    case "array":
      return numbered(value.shape[0]!, (i) => rowOf(value, i));
    case "dict":
      return entries(value.entries, ([key]) => key, at);
    case "view":
      return entries(value.entries, ofView(value.of), at);
    case "set":
      return unchanged(value.entries, of(inOrder(value.entries, at)), at);
    case "range":
      return numbered(rangeLength(value), (i) => BigInt(value.start + i * value.step));
    default:
      throw none(value, at);
  }
}

function none(value: Value, at: Place): Error {
  return notImported(at, `a value of type ${typeName(value)} has no items to go over`);
}

/** A list may grow and shrink on the way; once at its end, that was all. */
function of(items: readonly Value[]): Next {
  let i = 0;
  return () => {
    const item = items[i];
    i = item === undefined ? Infinity : i + 1;
    return item;
  };
}

function numbered(length: number, item: (i: number) => Value): Next {
  let i = 0;
  return () => (i < length ? item(i++) : undefined);
}

function entries(
  all: ReadonlyMap<string, [Value, Value]>,
  part: (entry: [Value, Value]) => Value,
  at: Place,
): Next {
  const rest = all.values();
  return unchanged(
    all,
    () => {
      const { done, value } = rest.next();
      return done === true ? undefined : part(value);
    },
    at,
  );
}

function ofView(of: "keys" | "values" | "items"): (entry: [Value, Value]) => Value {
  if (of === "items") return (entry) => tuple([...entry]);
  return of === "keys" ? ([key]) => key : ([, value]) => value;
}

function unchanged(all: { readonly size: number }, next: Next, at: Place): Next {
  const { size } = all;
  return () => {
    if (all.size !== size) throw notImported(at, "a dict or set changes its size while it is gone over");
    return next();
  };
}

/**
 * The items of a set as Python has them: numbers below 8 have places of their own in it, in order. All others stand
 * where chance or the history of the set puts them.
 */
function inOrder(all: ReadonlyMap<string, Value>, at: Place): Value[] {
  const keys = [...all.keys()].toSorted();
  if (keys.length > 1 && !keys.every((key) => /^n[0-7]$/.test(key)))
    throw notImported(at, "the order of a set's items is not read here; put them in order with sorted()");
  return keys.map((key) => all.get(key)!);
}

/** `map`, `enumerate` and their like: something of each item. */
export function mapped(value: Value, make: (item: Value) => Value, run: Run, at: Place): Value {
  return zipped([value], ([item]) => make(item!), run, at);
}

export function filtered(value: Value, test: (item: Value) => boolean, run: Run, at: Place): Value {
  const next = nextOf(value, run, at);
  const wanted = () => {
    let item = next();
    while (item !== undefined && !test(item)) item = next();
    return item;
  };
  return iterator(wanted, run, at);
}

/** Something of one item of each, until the first of them ends. */
export function zipped(
  values: readonly Value[],
  make: (items: Value[]) => Value,
  run: Run,
  at: Place,
): Value {
  const all = values.map((value) => nextOf(value, run, at));
  const together = () => {
    const items: Value[] = [];
    for (const next of all) {
      const item = next();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items.length === 0 ? undefined : make(items);
  };
  return iterator(together, run, at);
}

export function reversed(value: Value, run: Run, at: Place): Value {
  if (isThing(value) && (value.kind === "set" || value.kind === "iterator"))
    throw notImported(at, `a value of type ${value.kind} has no last item`);
  const items = isThing(value) && value.kind === "list" ? value.items : itemsOf(value, run, at);
  let i = items.length;
  return iterator(() => items[--i], run, at);
}

/** Whether one of the items is true, or false; the rest is not looked at. */
export function finds(value: Value, wanted: boolean, run: Run, at: Place): boolean {
  if (isThing(value) && value.kind === "set")
    return anyOrder(value, run, at).some((item) => truth(item, at) === wanted);
  const next = nextOf(value, run, at);
  for (let item = next(); item !== undefined; item = next()) if (truth(item, at) === wanted) return true;
  return false;
}
