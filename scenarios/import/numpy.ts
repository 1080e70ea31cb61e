/** @file The functions of numpy that scenario files need; `array.ts` has its arrays. */
import { castTo, isArray, makeArray, type NumberType, typeOf } from "./array.ts";
import { arrayOf, asArray, each } from "./broadcast.ts";
import { bind } from "./argument.ts";
import { BUILTINS, builtin, roundedByNumpy } from "./builtin.ts";
import { numpyRandom, type Source } from "./chance.ts";
import { itemsOf } from "./iterate.ts";
import { NUMBERS, ofOne, ofTwo } from "./math.ts";
import { binary } from "./operator.ts";
import { reductions } from "./reduce.ts";
import { notImported, type Place } from "./refusal.ts";
import { known, isThing, real, type Run, typeName, type Value, whole } from "./value.ts";

type Call = Extract<Value, { kind: "builtin" }>["call"];

const TYPES: Readonly<Record<string, NumberType>> = {
  bool: "bool",
  int: "int",
  int64: "int",
  float: "float",
  float64: "float",
};

/** The type that a dtype names; those of fewer bits round, which is not followed. */
export function typeNamed(dtype: Value, at: Place): NumberType {
  known(dtype);
  const name = isThing(dtype) && dtype.kind === "builtin" ? dtype.name : dtype;
  const type = typeof name === "string" && Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type !== undefined) return type;
  throw notImported(
    at,
    `the dtype ${typeof name === "string" ? `"${name}"` : typeName(name)} is not read here`,
  );
}

function typeGiven(dtype: Value | undefined, at: Place): NumberType | undefined {
  return dtype === undefined || dtype === null ? undefined : typeNamed(dtype, at);
}

const array: Call = (args, run, at) => {
  const [value, dtype] = bind("array", ["object", "dtype?"], args, at);
  return arrayOf(value!, run, at, typeGiven(dtype, at));
};

/** What is such an array already stays that one. */
const asarray: Call = (args, run, at) => {
  const [value, dtype] = bind("asarray", ["a", "dtype?"], args, at);
  const type = typeGiven(dtype, at);
  return isArray(value!) && (type ?? value.type) === value.type ? value : arrayOf(value!, run, at, type);
};

/** `zeros(shape)` and `ones(shape)`. */
function constant(name: string, number: number): [string, Value] {
  return [
    name,
    builtin(name, (args, run, at) => {
      const [shape, dtype] = bind(name, ["shape", "dtype?"], args, at);
      const type = typeGiven(dtype, at) ?? "float";
      const sizes = sizesOf(shape!, run, at);
      const size = sizes.reduce((all, length) => all * length, 1);
      return makeArray(Array<Value>(size).fill(castTo(number, type, at)), sizes, type);
    }),
  ];
}

/** The lengths of a shape, whose numbers are counted as work. */
function sizesOf(shape: Value, run: Run, at: Place): number[] {
  const sizes = (typeof shape === "bigint" ? [shape] : itemsOf(shape, run, at)).map((size) =>
    whole(size, "a size", at),
  );
  if (sizes.length === 0 || sizes.length > 8 || sizes.some((size) => size < 0))
    throw notImported(at, "an array has no such shape");
  run.spend(
    sizes.reduce((all, length) => all * length, 1),
    at,
  );
  return sizes;
}

const linspace: Call = (args, run, at) => {
  const [start, stop, num = 50n] = bind("linspace", ["start", "stop", "num?"], args, at);
  const [first, last] = [real(start!, "a bound", at), real(stop!, "a bound", at)];
  const [count] = sizesOf(typeof num === "bigint" ? num : null, run, at) as [number];
  const step = (last - first) / Math.max(1, count - 1);
  const numbers = Array.from({ length: count }, (_, i) =>
    i > 0 && i === count - 1 ? last : i * step + first,
  );
  return makeArray(numbers, [count], "float");
};

/** The second number is rounded first, and the others keep its distance, as in numpy. */
const arange: Call = (args, run, at) => {
  const [a, b, by = 1n] = bind("arange", ["start", "stop?", "step?"], args, at);
  const [start, stop] = b === undefined || b === null ? [0n as Value, a!] : [a!, b];
  const [first, last, step] = [start, stop, by ?? 1n].map((value) => real(value, "a bound", at)) as [
    number,
    number,
    number,
  ];
  if (step === 0) throw notImported(at, "arange() has a step of 0");
  const length = Math.max(0, Math.ceil((last - first) / step));
  if (!Number.isFinite(length)) throw notImported(at, "arange() never ends");
  run.spend(length, at);
  const widest = typeOf([start, stop, by ?? 1n]);
  const type = widest === "bool" ? "int" : widest;
  const distance = first + step - first;
  const numbers = Array.from({ length }, (_, i) => (i === 1 ? first + step : first + i * distance));
  return makeArray(
    numbers.map((number) => castTo(number, type, at)),
    [length],
    type,
  );
};

const clip: Call = (args, run, at) => {
  const [value, low, high] = bind("clip", ["a", "a_min", "a_max"], args, at);
  const bounds = [real(low!, "a bound", at), real(high!, "a bound", at)] as const;
  const floats = [low!, high!].some((bound) => typeof bound === "number");
  const clipped = (one: Value) => {
    const number = Math.min(bounds[1], Math.max(bounds[0], real(one, "a number", at)));
    return floats || typeof one === "number" ? number : BigInt(number);
  };
  return each(asArray(value!, run, at), clipped, at);
};

const round: Call = (args, run, at) => {
  const [value, decimals = 0n] = bind("round", ["a", "decimals?"], args, at);
  const places = whole(decimals, "the decimals of round()", at);
  if (places < 0 || places > 22) throw notImported(at, `round() to ${places} decimals is not read here`);
  const rounded = (one: Value) => {
    if (typeof one === "boolean") throw notImported(at, "round() of truth values is not read here");
    return typeof one === "number" ? roundedByNumpy(one, places) : one;
  };
  return each(asArray(value!, run, at), rounded, at);
};

const abs: Call = (args, run, at) => {
  const [value] = bind("abs", ["x"], args, at);
  const size = (one: Value) =>
    (typeof one === "number" && (one < 0 || Object.is(one, -0))) || (typeof one === "bigint" && one < 0n)
      ? binary("*", one, -1n, run, at)
      : one;
  return each(asArray(value!, run, at), size, at);
};

export function numpy(source: Source): Value {
  const ofArrays = ofOne((value, of, run, at) => each(asArray(value, run, at), of, at));
  const named = new Map(ofArrays);
  return {
    kind: "module",
    name: "numpy",
    members: new Map<string, Value>([
      ...Object.entries(NUMBERS),
      ...ofArrays,
      ...ofTwo(),
      ...reductions(),
      ["deg2rad", named.get("radians")!],
      ["rad2deg", named.get("degrees")!],
      ["array", builtin("array", array)],
      ["asarray", builtin("asarray", asarray)],
      ["random", numpyRandom(source)],
      constant("zeros", 0),
      constant("ones", 1),
      ["float64", BUILTINS.get("float")!],
      ["int64", BUILTINS.get("int")!],
      ["linspace", builtin("linspace", linspace)],
      ["arange", builtin("arange", arange)],
      ["clip", builtin("clip", clip)],
      ["abs", builtin("abs", abs)],
      ["round", builtin("round", round)],
      ["around", builtin("around", round)],
    ]),
  };
}
