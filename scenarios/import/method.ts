/** @file The methods of Python's lists, dicts, sets and strings, and of numpy's arrays. */
import { isArray, listOf, placeIn } from "./array.ts";
import { arrayOf } from "./broadcast.ts";
import { bind, listed } from "./argument.ts";
import { builtin, sorted } from "./builtin.ts";
import { equal } from "./comparison.ts";
import { itemsOf } from "./iterate.ts";
import { typeNamed } from "./numpy.ts";
import { REDUCING, reducing } from "./reduce.ts";
import { notImported, type Place } from "./refusal.ts";
import { formatted, strOf } from "./text.ts";
import {
  type Arguments,
  keyOf,
  list,
  type Run,
  type Thing,
  truth,
  tuple,
  type Value,
  whole,
} from "./value.ts";

type Kind<K extends Thing["kind"]> = Extract<Thing, { kind: K }>;
type Method<T> = (self: T, values: readonly Value[], run: Run, at: Place) => Value;
type Methods<T> = Readonly<Record<string, Method<T>>>;

/** A value of one method's argument, which must be there. */
function need(values: readonly Value[], place: number, at: Place): Value {
  const value = values[place];
  if (value === undefined) throw notImported(at, "a method is given too few arguments");
  return value;
}

function text(value: Value | undefined, at: Place): string {
  if (typeof value !== "string") throw notImported(at, "a method of a string takes strings");
  return value;
}

function found(items: readonly Value[], value: Value, run: Run, at: Place): number {
  const place = items.findIndex((item) => equal(item, value, run, at));
  if (place < 0) throw notImported(at, "a value is not in the list");
  return place;
}

const SEQUENCE: Methods<{ items: readonly Value[] }> = {
  index: ({ items }, values, run, at) => BigInt(found(items, need(values, 0, at), run, at)),
  count: ({ items }, values, run, at) =>
    BigInt(items.filter((item) => equal(item, need(values, 0, at), run, at)).length),
};

const LIST: Methods<Kind<"list">> = {
  ...SEQUENCE,
  append: ({ items }, values, _run, at) => (items.push(need(values, 0, at)), null),
  extend: ({ items }, values, run, at) => {
    for (const item of itemsOf(need(values, 0, at), run, at)) items.push(item);
    return null;
  },
  insert: ({ items }, values, run, at) => {
    run.spend(items.length >> 6, at);
    const place = whole(need(values, 0, at), "an index", at);
    items.splice(place, 0, need(values, 1, at));
    return null;
  },
  pop: ({ items }, [index = -1n], _run, at) => items.splice(placeIn(items.length, index, at), 1)[0]!,
  remove: ({ items }, values, run, at) => (items.splice(found(items, need(values, 0, at), run, at), 1), null),
  reverse: ({ items }) => (items.reverse(), null),
  copy: ({ items }) => list([...items]),
  clear: ({ items }) => ((items.length = 0), null),
};

const DICT: Methods<Kind<"dict">> = {
  get: ({ entries }, values, run, at) => {
    const entry = entries.get(keyOf(need(values, 0, at), run, at));
    return entry === undefined ? (values[1] ?? null) : entry[1];
  },
  keys: ({ entries }) => ({ kind: "view", of: "keys", entries }),
  values: ({ entries }) => ({ kind: "view", of: "values", entries }),
  items: ({ entries }) => ({ kind: "view", of: "items", entries }),
  copy: ({ entries }) => ({ kind: "dict", entries: new Map(entries) }),
  pop: ({ entries }, values, run, at) => {
    const key = keyOf(need(values, 0, at), run, at);
    const entry = entries.get(key);
    const value = entry === undefined ? values[1] : entry[1];
    if (value === undefined) throw notImported(at, "a key is not in the dict");
    entries.delete(key);
    return value;
  },
  setdefault: ({ entries }, values, run, at) => {
    const key = need(values, 0, at);
    const text = keyOf(key, run, at);
    if (!entries.has(text)) entries.set(text, [key, values[1] ?? null]);
    return entries.get(text)![1];
  },
};

const SET: Methods<Kind<"set">> = {
  add: ({ entries }, values, run, at) => (entries.set(keyOf(need(values, 0, at), run, at), values[0]!), null),
  discard: ({ entries }, values, run, at) => (entries.delete(keyOf(need(values, 0, at), run, at)), null),
  copy: ({ entries }) => ({ kind: "set", entries: new Map(entries) }),
};

const STRING: Methods<string> = {
  upper: (self) => self.toUpperCase(),
  lower: (self) => self.toLowerCase(),
  strip: (self) => self.trim(),
  lstrip: (self) => self.trimStart(),
  rstrip: (self) => self.trimEnd(),
  split: (self, [by = null], _run, at) =>
    list(by === null ? (self.match(/\S+/g) ?? []) : self.split(text(by === "" ? null : by, at))),
  splitlines: (self) => list(self.split(/\r\n?|\n/)),
  startswith: (self, [start], _run, at) => self.startsWith(text(start, at)),
  endswith: (self, [end], _run, at) => self.endsWith(text(end, at)),
  replace: (self, [from, to], run, at) => {
    const parts = self.split(text(from, at));
    run.spend(self.length + parts.length * text(to, at).length, at);
    return parts.join(text(to, at));
  },
  join: (self, values, run, at) => {
    const parts = itemsOf(need(values, 0, at), run, at).map((item) => text(item, at));
    run.spend(
      parts.reduce((sum, part) => sum + part.length + self.length, 0),
      at,
    );
    return parts.join(self);
  },
  find: (self, [part], _run, at) => BigInt(self.indexOf(text(part, at))),
  isdigit: (self) => /^\d+$/.test(self),
  zfill: (self, [width], _run, at) => self.padStart(Math.min(whole(width ?? 0n, "a width", at), 1000), "0"),
};

const ARRAY: Methods<Kind<"array">> = {
  tolist: (self) => listOf(self),
  copy: (self, _values, run, at) => arrayOf(self, run, at),
  astype: (self, values, run, at) => arrayOf(self, run, at, typeNamed(need(values, 0, at), at)),
};

/** Those that also take arguments by name. */
function withNames(self: Value, name: string, args: Arguments, run: Run, at: Place): Value | undefined {
  const kind = typeof self === "string" ? "str" : (self as Thing).kind;
  if (kind === "list" && name === "sort") {
    const [key = null, reverse = false] = bind("sort", ["key?", "reverse?"], args, at);
    const items = (self as Kind<"list">).items;
    items.splice(0, items.length, ...sorted(items, key, truth(reverse, at), run, at));
    return null;
  }
  if (kind === "dict" && name === "update") {
    const { entries } = self as Kind<"dict">;
    for (const other of args.positional) {
      if (typeof other !== "object" || other?.kind !== "dict") throw notImported(at, "update() takes a dict");
      for (const [key, entry] of other.entries) entries.set(key, entry);
    }
    for (const [key, value] of args.named) entries.set(`s${key}`, [key, value]);
    return null;
  }
  return kind === "str" && name === "format" ? format(self as string, args, run, at) : undefined;
}

/** `"{} {name:.2f}".format(...)`. */
function format(self: string, args: Arguments, run: Run, at: Place): Value {
  let next = 0;
  run.spend(self.length, at);
  return self.replace(/\{\{|\}\}|\{(\w*)(?::([^{}]*))?\}/g, (whole: string, key?: string, spec?: string) => {
    if (key === undefined) return whole[0]!;
    const value =
      key === ""
        ? args.positional[next++]
        : /^\d+$/.test(key)
          ? args.positional[Number(key)]
          : args.named.get(key);
    if (value === undefined) throw notImported(at, `format() is not given "${key}"`);
    return spec === undefined ? strOf(value, run, at) : formatted(value, spec, run, at);
  });
}

const NAMED: Readonly<Record<string, readonly string[]>> = {
  list: ["sort"],
  dict: ["update"],
  str: ["format"],
};

const TABLES: Readonly<Record<string, Methods<never>>> = {
  list: LIST,
  tuple: SEQUENCE,
  dict: DICT,
  set: SET,
  str: STRING,
  array: ARRAY,
};

/** A method bound to its value, or an array's shape; undefined when there is none. */
export function methodOf(self: Value, name: string): Value | undefined {
  if (self === null || typeof self === "boolean" || typeof self === "bigint" || typeof self === "number")
    return undefined;
  const kind = typeof self === "string" ? "str" : self.kind;
  if (isArray(self) && name === "shape") return tuple(self.shape.map(BigInt));
  if (isArray(self) && REDUCING.includes(name)) return reducing(self, name);
  if (NAMED[kind]?.includes(name))
    return builtin(name, (args, run, at) => withNames(self, name, args, run, at)!);
  const methods = TABLES[kind];
  if (methods === undefined || !Object.hasOwn(methods, name)) return undefined;
  const method = methods[name]!;
  return builtin(name, (args, run, at) => {
    run.spend(1 + (typeof self === "string" ? self.length : 0), at);
    return method(self as never, listed(name, args, at), run, at);
  });
}
