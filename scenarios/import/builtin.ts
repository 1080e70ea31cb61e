/** @file Python's own functions, as far as scenario files need them. */
import { bind, listed } from "./argument.ts";
import { compare, equal, orderOf } from "./comparison.ts";
import { anyOrder, filtered, finds, itemsOf, mapped, nextOf, reversed, zipped } from "./iterate.ts";
import { binary, unary } from "./operator.ts";
import { notImported, type Place } from "./refusal.ts";
import { fixed, formatted, reprOf, strOf } from "./text.ts";
import {
  type Arguments,
  isNumber,
  isThing,
  keyOf,
  known,
  list,
  rangeLength,
  real,
  type Run,
  truth,
  tuple,
  typeName,
  type Value,
  whole,
} from "./value.ts";

type Call = (args: Arguments, run: Run, at: Place) => Value;

export function builtin(name: string, call: Call): Value {
  return { kind: "builtin", name, call };
}

/** A function of positional values. */
function of(name: string, call: (values: readonly Value[], run: Run, at: Place) => Value): [string, Value] {
  return [name, builtin(name, (args, run, at) => call(listed(name, args, at), run, at))];
}

/** The same with its parameters' names. */
function withNames(
  name: string,
  parameters: readonly string[],
  call: (values: (Value | undefined)[], run: Run, at: Place) => Value,
): [string, Value] {
  return [name, builtin(name, (args, run, at) => call(bind(name, parameters, args, at), run, at))];
}

const one = (name: string, call: (value: Value, run: Run, at: Place) => Value) =>
  of(name, ([value, ...rest], run, at) => {
    if (value === undefined || rest.length > 0) throw notImported(at, `${name}() takes one argument`);
    return call(value, run, at);
  });

/** What they do may change anything. */
const UNFOLLOWED = ["exec", "exit", "quit"];

/** They change nothing, and nobody needs what they say. */
const UNREAD = ["callable", "dir", "hash", "id", "type", "vars"];

/** What else Python brings; only what depends on it stops an import. */
const UNREAD_NAMES: ReadonlySet<string> = new Set(
  (
    "BaseException BaseExceptionGroup Ellipsis Exception ExceptionGroup GeneratorExit KeyboardInterrupt NotImplemented StopAsyncIteration StopIteration SystemExit aiter anext ascii bin breakpoint bytearray bytes chr classmethod compile complex delattr hex input issubclass locals " +
    "memoryview object oct open ord property slice staticmethod super"
  ).split(" "),
);

/** Whether Python has a name that is not read here, such as one of its exceptions. */
export function isUnread(name: string): boolean {
  return UNREAD_NAMES.has(name) || /^[A-Z]\w*(Error|Warning)$/.test(name);
}

export function unread(name: string, at: Place): Value {
  return { kind: "unknown", at, says: `what "${name}" gives is not read here` };
}

export const BUILTINS: ReadonlyMap<string, Value> = new Map([
  one("abs", (value, run, at) => {
    if (typeof value === "number") return Math.abs(value);
    return truth(compare("<", value, 0n, run, at), at) ? unary("-", value, at) : unary("+", value, at);
  }),
  one("all", (value, run, at) => !finds(value, false, run, at)),
  one("any", (value, run, at) => finds(value, true, run, at)),
  withNames("bool", ["x?"], ([value = false], _run, at) => truth(value, at)),
  ["dict", builtin("dict", (args, run, at) => dictOf("dict", args, run, at))],
  withNames("divmod", ["a", "b"], ([a, b], run, at) =>
    tuple([binary("//", a!, b!, run, at), binary("%", a!, b!, run, at)]),
  ),
  withNames("enumerate", ["iterable", "start?"], ([items, start = 0n], run, at) => {
    let count = whole(start, "the start of enumerate()", at);
    return mapped(items!, (item) => tuple([BigInt(count++), item]), run, at);
  }),
  withNames("filter", ["function", "iterable"], ([test, items], run, at) =>
    filtered(items!, (item) => truth(test === null ? item : run.call(test!, [item], at), at), run, at),
  ),
  withNames("float", ["x?"], ([value = 0], _run, at) => floatOf(value, at)),
  withNames("frozenset", ["iterable?"], ([value], run, at) => ({ ...setOf(value, run, at), frozen: true })),
  of("int", ([value = 0n, ...rest], _run, at) => intOf(value, rest, at)),
  withNames("isinstance", ["value", "type"], ([value, type], run, at) => isInstance(value!, type!, run, at)),
  one("iter", (value, run, at) =>
    isThing(value) && value.kind === "iterator" ? value : mapped(value, (item) => item, run, at),
  ),
  one("len", (value, run, at) => lengthOf(value, run, at)),
  withNames("list", ["iterable?"], ([value], run, at) =>
    list(value === undefined ? [] : [...itemsOf(value, run, at)]),
  ),
  of("map", ([call, ...lists], run, at) => {
    if (call === undefined || lists.length === 0)
      throw notImported(at, "map() takes a function and what it goes over");
    return zipped(lists, (items) => run.call(call, items, at), run, at);
  }),
  ["max", extreme("max", 1)],
  ["min", extreme("min", -1)],
  of("next", ([from, ...fallback], run, at) => {
    if (from === undefined || !isThing(from) || from.kind !== "iterator" || fallback.length > 1)
      throw notImported(at, "next() takes an iterator and a value for its end");
    const item = nextOf(from, run, at)() ?? fallback[0];
    if (item === undefined) throw notImported(at, "next() finds nothing more");
    return item;
  }),
  withNames("pow", ["base", "exp"], ([a, b], run, at) => binary("**", a!, b!, run, at)),
  ["print", builtin("print", () => null)],
  of("range", (values, _run, at) => rangeOf(values, at)),
  one("repr", (value, run, at) => reprOf(value, run, at)),
  one("reversed", reversed),
  withNames("round", ["number", "ndigits?"], ([value, digits = null], run, at) =>
    rounded(value!, digits, run, at),
  ),
  withNames("set", ["iterable?"], ([value], run, at) => setOf(value, run, at)),
  withNames("sorted", ["iterable", "key?", "reverse?"], ([items, key = null, reverse = false], run, at) =>
    list(sorted((key === null ? anyOrder : itemsOf)(items!, run, at), key, truth(reverse, at), run, at)),
  ),
  withNames("str", ["object?"], ([value = ""], run, at) => strOf(value, run, at)),
  withNames("sum", ["iterable", "start?"], ([items, start = 0n], run, at) => added(items!, start, run, at)),
  withNames("tuple", ["iterable?"], ([value], run, at) =>
    tuple(value === undefined ? [] : itemsOf(value, run, at)),
  ),
  of("zip", (values, run, at) => zipped(values, tuple, run, at)),
  ...UNREAD.map((name): [string, Value] => [name, builtin(name, (_args, _run, at) => unread(name, at))]),
  ...UNFOLLOWED.map((name): [string, Value] => [
    name,
    builtin(name, (_args, _run, at) => {
      throw notImported(at, `${name}() is not followed`);
    }),
  ]),
  withNames("format", ["value", "spec?"], ([value, spec = ""], run, at) =>
    formatted(value!, strOf(spec, run, at), run, at),
  ),
]);

/** `sum()`: whole numbers give the same in any order. */
function added(value: Value, start: Value, run: Run, at: Place): Value {
  const whole =
    isThing(value) &&
    value.kind === "set" &&
    [...value.entries.values()].every((item) => typeof item === "bigint");
  const items = (whole ? anyOrder : itemsOf)(value, run, at);
  return items.reduce((total, item) => binary("+", total, item, run, at), start);
}

export function sorted(items: readonly Value[], key: Value, reverse: boolean, run: Run, at: Place): Value[] {
  const keyed = items.map((item) => ({ item, by: key === null ? item : run.call(key, [item], at) }));
  keyed.sort((a, b) => (reverse ? orderOf(b.by, a.by, run, at) : orderOf(a.by, b.by, run, at)));
  return keyed.map(({ item }) => item);
}

function extreme(name: string, sign: 1 | -1): Value {
  return builtin(name, (args, run, at) => {
    const key = args.named.get("key") ?? null;
    for (const other of args.named.keys()) {
      if (other !== "key" && other !== "default")
        throw notImported(at, `${name}() has no argument "${other}"`);
    }
    const over = key === null ? anyOrder : itemsOf;
    const items = args.positional.length === 1 ? over(args.positional[0]!, run, at) : args.positional;
    if (items.length === 0) {
      const fallback = args.named.get("default");
      if (fallback === undefined) throw notImported(at, `${name}() has nothing to choose from`);
      return fallback;
    }
    const by = (item: Value) => (key === null ? item : run.call(key, [item], at));
    return items.reduce((best, item) => (sign * orderOf(by(item), by(best), run, at) > 0 ? item : best));
  });
}

function rangeOf(values: readonly Value[], at: Place): Value {
  const numbers = values.map((value) => whole(value, "an argument of range()", at));
  if (numbers.length === 0 || numbers.length > 3)
    throw notImported(at, "range() takes one to three arguments");
  const [start, stop, step = 1] =
    numbers.length === 1 ? [0, numbers[0]!] : (numbers as [number, number, number?]);
  if (step === 0) throw notImported(at, "range() has a step of 0");
  return { kind: "range", start, stop, step };
}

export function lengthOf(value: Value, run: Run, at: Place): Value {
  if (isThing(value) && value.kind === "range") return BigInt(rangeLength(value));
  if (isThing(value) && value.kind === "iterator") throw notImported(at, "an iterator has no length");
  return BigInt(anyOrder(value, run, at).length);
}

function setOf(value: Value | undefined, run: Run, at: Place): Extract<Value, { kind: "set" }> {
  const items = value === undefined ? [] : anyOrder(value, run, at);
  return { kind: "set", entries: new Map(items.map((item) => [keyOf(item, run, at), item])) };
}

/** `dict(pairs, name=value)`, and what `update` takes. */
export function dictOf(name: string, args: Arguments, run: Run, at: Place): Extract<Value, { kind: "dict" }> {
  const [value] = bind(name, ["iterable?"], { ...args, named: new Map() }, at);
  const entries = new Map<string, [Value, Value]>();
  if (value !== undefined && isThing(value) && value.kind === "dict") {
    for (const [key, entry] of value.entries) entries.set(key, entry);
  } else {
    for (const pair of value === undefined ? [] : itemsOf(value, run, at)) {
      const [key, item, ...rest] = itemsOf(pair, run, at);
      if (key === undefined || item === undefined || rest.length > 0)
        throw notImported(at, `${name}() takes pairs`);
      entries.set(keyOf(key, run, at), [key, item]);
    }
  }
  for (const [key, item] of args.named) entries.set(`s${key}`, [key, item]);
  return { kind: "dict", entries };
}

function floatOf(value: Value, at: Place): number {
  if (typeof value !== "string") return real(value, "what float() takes", at);
  const text = value.trim().replaceAll("_", "");
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  throw notImported(at, `float() takes no ${JSON.stringify(value)}`);
}

function intOf(value: Value, rest: readonly Value[], at: Place): bigint {
  known(value);
  if (rest.length > 0) throw notImported(at, "int() is given a base");
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return BigInt(value);
  if (isThing(value) && value.kind === "enum") return value.number;
  if (typeof value === "number" && Number.isFinite(value)) return BigInt(Math.trunc(value));
  if (typeof value === "string" && /^\s*[+-]?\d{1,300}\s*$/.test(value))
    return BigInt(value.trim().replace("+", ""));
  throw notImported(at, `int() takes no such ${typeName(value)}`);
}

/** To the even neighbour where two are as near. */
function rounded(value: Value, digits: Value, run: Run, at: Place): Value {
  known(value);
  const places = digits === null ? 0 : whole(digits, "the digits of round()", at);
  if (typeof value === "bigint" || typeof value === "boolean") {
    if (places < 0) throw notImported(at, "round() is given less than 0 digits");
    return BigInt(value);
  }
  const number = real(value, "what round() takes", at);
  if (!Number.isFinite(number)) throw notImported(at, "round() takes no infinite number");
  if (places < 0) throw notImported(at, "round() is given less than 0 digits");
  if (digits !== null) {
    const made = Math.abs(number) >= 1e21 ? number : Number(fixed(number, places));
    // A float out of an array is none of Python's, and is not told from one here.
    if (run.usesNumpy && roundedByNumpy(number, places) !== made)
      throw notImported(
        at,
        `numpy rounds ${number} to another number, and whether it is numpy's is not followed`,
      );
    return made;
  }
  return Math.abs(number) >= 1e15 ? BigInt(number) : BigInt(fixed(number, 0));
}

/** numpy rounds after it has moved the point, where Python rounds the number itself. */
export function roundedByNumpy(number: number, places: number): number {
  const scale = 10 ** places;
  const moved = number * scale;
  const floor = Math.floor(moved);
  const rest = moved - floor;
  const whole = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return whole === 0 && number < 0 ? -0 : whole / scale;
}

function isInstance(value: Value, type: Value, run: Run, at: Place): Value {
  if (isThing(type) && type.kind === "tuple") {
    return type.items.some((one) => truth(isInstance(value, one, run, at), at));
  }
  known(value);
  const name =
    isThing(known(type)) && (type as { kind: string }).kind === "builtin"
      ? (type as { name: string }).name
      : "";
  if (name === "") throw notImported(at, "isinstance() is given no type that is read here");
  return (
    equal(typeName(value), name, run, at) || (name === "int" && typeof value === "boolean" && isNumber(value))
  );
}
