/** @file The methods of Python's lists, dicts, sets and strings, and of numpy's arrays. */
import { isArray, listOf, placeIn } from "./array.ts";
import { arrayOf } from "./broadcast.ts";
import { bind } from "./argument.ts";
import { builtin, dictOf, sorted } from "./builtin.ts";
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
/** Its parameters by name, with "?" after those that may be left out, and what it does. */
type Method<T> = readonly [
  parameters: readonly string[],
  call: (self: T, values: readonly Value[], run: Run, at: Place) => Value,
];
type Methods<T> = Readonly<Record<string, Method<T>>>;

function text(value: Value | undefined, at: Place): string {
  if (typeof value !== "string") throw notImported(at, "a method of a string takes strings");
  return value;
}

/** Where a search of `length` items begins and ends. */
function bounds(length: number, start: Value = null, stop: Value = null, at: Place): [number, number] {
  const bound = (value: Value, otherwise: number) => {
    const place = value === null ? otherwise : whole(value, "a bound", at);
    return Math.min(length, Math.max(0, place < 0 ? place + length : place));
  };
  return [bound(start, 0), bound(stop, length)];
}

function found(items: readonly Value[], [value, start, stop]: readonly Value[], run: Run, at: Place): number {
  const [first, last] = bounds(items.length, start, stop, at);
  const place = items.slice(first, Math.max(first, last)).findIndex((item) => equal(item, value!, run, at));
  if (place < 0) throw notImported(at, "a value is not in the list");
  return first + place;
}

const SEQUENCE: Methods<{ items: readonly Value[] }> = {
  index: [
    ["value", "start?", "stop?"],
    ({ items }, values, run, at) => BigInt(found(items, values, run, at)),
  ],
  count: [
    ["value"],
    ({ items }, [value], run, at) => BigInt(items.filter((item) => equal(item, value!, run, at)).length),
  ],
};

const LIST: Methods<Kind<"list">> = {
  ...SEQUENCE,
  append: [["object"], ({ items }, [value]) => (items.push(value!), null)],
  extend: [
    ["iterable"],
    ({ items }, [more], run, at) => {
      for (const item of itemsOf(more!, run, at)) items.push(item);
      return null;
    },
  ],
  insert: [
    ["index", "object"],
    ({ items }, [index, value], run, at) => {
      run.spend(items.length >> 6, at);
      items.splice(whole(index!, "an index", at), 0, value!);
      return null;
    },
  ],
  pop: [
    ["index?"],
    ({ items }, [index = -1n], _run, at) => items.splice(placeIn(items.length, index, at), 1)[0]!,
  ],
  remove: [["value"], ({ items }, values, run, at) => (items.splice(found(items, values, run, at), 1), null)],
  reverse: [[], ({ items }) => (items.reverse(), null)],
  copy: [[], ({ items }) => list([...items])],
  clear: [[], ({ items }) => ((items.length = 0), null)],
};

const DICT: Methods<Kind<"dict">> = {
  get: [
    ["key", "default?"],
    ({ entries }, [key, fallback = null], run, at) => {
      const entry = entries.get(keyOf(key!, run, at));
      return entry === undefined ? fallback : entry[1];
    },
  ],
  keys: [[], ({ entries }) => ({ kind: "view", of: "keys", entries })],
  values: [[], ({ entries }) => ({ kind: "view", of: "values", entries })],
  items: [[], ({ entries }) => ({ kind: "view", of: "items", entries })],
  copy: [[], ({ entries }) => ({ kind: "dict", entries: new Map(entries) })],
  pop: [
    ["key", "default?"],
    ({ entries }, [key, fallback], run, at) => {
      const place = keyOf(key!, run, at);
      const entry = entries.get(place);
      const value = entry === undefined ? fallback : entry[1];
      if (value === undefined) throw notImported(at, "a key is not in the dict");
      entries.delete(place);
      return value;
    },
  ],
  setdefault: [
    ["key", "default?"],
    ({ entries }, [key, fallback = null], run, at) => {
      const place = keyOf(key!, run, at);
      if (!entries.has(place)) entries.set(place, [key!, fallback]);
      return entries.get(place)![1];
    },
  ],
};

const SET: Methods<Kind<"set">> = {
  add: [
    ["elem"],
    ({ entries }, [value], run, at) => {
      const place = keyOf(value!, run, at);
      // The first of two that are equal stays.
      if (!entries.has(place)) entries.set(place, value!);
      return null;
    },
  ],
  discard: [["elem"], ({ entries }, [value], run, at) => (entries.delete(keyOf(value!, run, at)), null)],
  copy: [[], ({ entries }) => ({ kind: "set", entries: new Map(entries) })],
};

const STRING: Methods<string> = {
  upper: [[], (self) => self.toUpperCase()],
  lower: [[], (self) => self.toLowerCase()],
  strip: [
    ["chars?"],
    (self, [chars], _run, at) => stripped(stripped(self, chars, "start", at), chars, "end", at),
  ],
  lstrip: [["chars?"], (self, [chars], _run, at) => stripped(self, chars, "start", at)],
  rstrip: [["chars?"], (self, [chars], _run, at) => stripped(self, chars, "end", at)],
  split: [
    ["sep?", "maxsplit?"],
    (self, [by = null, most = -1n], _run, at) => {
      const limit = whole(most, "the most splits", at);
      if (by === null && limit >= 0) throw notImported(at, "split() at spaces with a limit is not read here");
      if (by === null) return list(self.match(/\S+/g) ?? []);
      const parts = self.split(some(by, at));
      if (limit >= 0 && parts.length > limit + 1) parts.push(parts.splice(limit).join(text(by, at)));
      return list(parts);
    },
  ],
  splitlines: [
    [],
    (self) =>
      list(
        self
          .replace(/(\r\n?|\n)$/, "")
          .split(/\r\n?|\n/)
          .slice(self === "" ? 1 : 0),
      ),
  ],
  startswith: [["prefix"], (self, [start], _run, at) => self.startsWith(text(start, at))],
  endswith: [["suffix"], (self, [end], _run, at) => self.endsWith(text(end, at))],
  replace: [
    ["old", "new", "count?"],
    (self, [from, to, most = -1n], run, at) => {
      const limit = whole(most, "the most replacements", at);
      const parts = self.split(some(from!, at));
      run.spend(self.length + parts.length * text(to, at).length, at);
      const rest = limit < 0 ? [] : parts.splice(limit + 1);
      return [parts.join(text(to, at)), ...rest].join(text(from, at));
    },
  ],
  join: [
    ["iterable"],
    (self, [items], run, at) => {
      const parts = itemsOf(items!, run, at).map((item) => text(item, at));
      run.spend(
        parts.reduce((sum, part) => sum + part.length + self.length, 0),
        at,
      );
      return parts.join(self);
    },
  ],
  find: [
    ["sub", "start?", "end?"],
    (self, [part, start, end], _run, at) => {
      const [first, last] = bounds(self.length, start, end, at);
      const place = self.slice(first, Math.max(first, last)).indexOf(some(part!, at));
      return BigInt(place < 0 ? -1 : first + place);
    },
  ],
  isdigit: [[], (self) => /^\d+$/.test(self)],
  zfill: [
    ["width"],
    (self, [width], _run, at) => {
      const [, sign = "", rest = ""] = /^([-+]?)([^]*)$/.exec(self)!;
      return sign + rest.padStart(Math.min(whole(width!, "a width", at), 1000) - sign.length, "0");
    },
  ],
};

/** An empty text is found everywhere, or is an error; no file needs it. */
function some(value: Value, at: Place): string {
  if (value === "") throw notImported(at, "an empty string is looked for");
  return text(value, at);
}

/** Without spaces, or any of these characters, at its start or end. */
function stripped(self: string, chars: Value = null, side: "start" | "end", at: Place): string {
  if (chars === null) return side === "start" ? self.trimStart() : self.trimEnd();
  const all = text(chars, at);
  let [start, end] = [0, self.length];
  if (side === "start") while (start < end && all.includes(self[start]!)) start++;
  else while (end > start && all.includes(self[end - 1]!)) end--;
  return self.slice(start, end);
}

const ARRAY: Methods<Kind<"array">> = {
  tolist: [[], (self) => listOf(self)],
  copy: [[], (self, _values, run, at) => arrayOf(self, run, at)],
  astype: [["dtype"], (self, [dtype], run, at) => arrayOf(self, run, at, typeNamed(dtype!, at))],
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
    for (const [key, entry] of dictOf("update", args, run, at).entries) entries.set(key, entry);
    return null;
  }
  return kind === "str" && name === "format" ? format(self as string, args, run, at) : undefined;
}

/** `"{} {name:.2f}".format(...)`. */
function format(self: string, args: Arguments, run: Run, at: Place): Value {
  let next = 0;
  run.spend(self.length, at);
  return self.replace(
    /\{\{|\}\}|\{(\w*)(?::([^{}]*))?\}|[{}]/g,
    (whole: string, key?: string, spec?: string) => {
      if (whole.length === 1) throw notImported(at, "format() is used in a way that is not read here");
      if (key === undefined) return whole[0]!;
      const value =
        key === ""
          ? args.positional[next++]
          : /^\d+$/.test(key)
            ? args.positional[Number(key)]
            : args.named.get(key);
      if (value === undefined) throw notImported(at, `format() is not given "${key}"`);
      return spec === undefined ? strOf(value, run, at) : formatted(value, spec, run, at);
    },
  );
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
  const [parameters, method] = methods[name]!;
  return builtin(name, (args, run, at) => {
    run.spend(1 + (typeof self === "string" ? self.length : 0), at);
    // Those that were left out are undefined, which is where the defaults of the methods come in.
    return method(self as never, bind(name, parameters, args, at) as Value[], run, at);
  });
}
