/** @file The modules that scenario files import: math, numpy and GRF's own. Of any other nothing is known. */
import { arrayOf, each } from "./array.ts";
import { bind } from "./argument.ts";
import { BUILTINS, builtin, rounded } from "./builtin.ts";
import { atan, atan2, cos, exp, hypot, log, pow, sin, tan, WORK } from "./exact.ts";
import { numpyRandom, pythonRandom, type Source } from "./chance.ts";
import { itemsOf } from "./iterate.ts";
import { binary } from "./operator.ts";
import { ROLES } from "../../env/football/scenario.ts";
import { notImported, type Place } from "./refusal.ts";
import { real, type Run, type Value, whole } from "./value.ts";

function module(name: string, members: readonly (readonly [string, Value])[]): Value {
  return { kind: "module", name, members: new Map(members) };
}

const NUMBERS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: Number.NaN,
};

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  sin,
  cos,
  tan,
  atan,
  exp,
  log,
  fabs: Math.abs,
  radians: (x) => x * (Math.PI / 180),
  degrees: (x) => x * (180 / Math.PI),
};

const OF_TWO: Readonly<Record<string, (x: number, y: number) => number>> = {
  hypot,
  atan2,
  pow,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

const WHOLE: Readonly<Record<string, (x: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
};

function finite(value: number, name: string, at: Place): number {
  if (!Number.isFinite(value)) throw notImported(at, `${name}() has no result for what it is given`);
  return value;
}

/** Those of one number; `over` says how they go over arrays. */
function ofOne(
  over: (value: Value, of: (one: Value) => Value, run: Run, at: Place) => Value,
): [string, Value][] {
  return Object.entries(FUNCTIONS).map(([name, of]) => [
    name,
    builtin(name, (args, run, at) => {
      const [x] = bind(name, ["x"], args, at);
      const ofNumber = (one: Value) => {
        run.spend(WORK, at);
        return finite(of(real(one, `what ${name}() takes`, at)), name, at);
      };
      return over(x!, ofNumber, run, at);
    }),
  ]);
}

function ofTwo(): [string, Value][] {
  return Object.entries(OF_TWO).map(([name, of]) => [
    name,
    builtin(name, (args, run, at) => {
      run.spend(WORK, at);
      const [x, y] = bind(name, ["x", "y"], args, at).map((value) =>
        real(value!, `what ${name}() takes`, at),
      );
      return finite(of(x!, y!), name, at);
    }),
  ]);
}

const MATH = module("math", [
  ...Object.entries(NUMBERS),
  ...ofOne((value, of) => of(value)),
  ...ofTwo(),
  ...Object.entries(WHOLE).map(([name, of]): [string, Value] => [
    name,
    builtin(name, (args, _run, at) => {
      const [x] = bind(name, ["x"], args, at);
      if (typeof x === "bigint") return x;
      const value = of(real(x!, `what ${name}() takes`, at));
      if (!Number.isFinite(value)) throw notImported(at, `${name}() takes no infinite number`);
      return BigInt(value);
    }),
  ]),
]);

/** An array of `length` numbers. */
function counted(length: number, of: (i: number) => Value, run: Run, at: Place): Value {
  if (length < 0) throw notImported(at, "an array has less than no items");
  run.spend(length, at);
  return { kind: "array", items: Array.from({ length }, (_, i) => of(i)) };
}

/** `zeros(shape)` and `ones(shape)`. */
function constant(name: string, value: number): [string, Value] {
  return [
    name,
    builtin(name, (args, run, at) => {
      const [shape] = bind(name, ["shape", "dtype?"], args, at);
      const sizes = typeof shape === "bigint" ? [shape] : itemsOf(shape!, run, at);
      const make = (i: number): Value =>
        i === sizes.length ? value : counted(whole(sizes[i]!, "a size", at), () => make(i + 1), run, at);
      return make(0);
    }),
  ];
}

function numpy(source: Source): Value {
  const array = builtin("array", (args, run, at) =>
    arrayOf(bind("array", ["object", "dtype?"], args, at)[0]!, run, at),
  );
  return module("numpy", [
    ...Object.entries(NUMBERS),
    ...ofOne((value, of, run, at) => each(arrayOf(value, run, at), of)),
    ...ofTwo(),
    ...["abs", "min", "max", "sum", "round"].map((name): [string, Value] => [name, BUILTINS.get(name)!]),
    ["deg2rad", FUNCTION("radians")],
    ["rad2deg", FUNCTION("degrees")],
    ["array", array],
    ["asarray", array],
    ["random", numpyRandom(source)],
    constant("zeros", 0),
    constant("ones", 1),
    ["float32", BUILTINS.get("float")!],
    ["float64", BUILTINS.get("float")!],
    ["linspace", builtin("linspace", linspace)],
    ["arange", builtin("arange", arange)],
    [
      "clip",
      builtin("clip", (args, run, at) => {
        const [value, low, high] = bind("clip", ["a", "a_min", "a_max"], args, at);
        const bounds = [real(low!, "a bound", at), real(high!, "a bound", at)] as const;
        return each(arrayOf(value!, run, at), (one) =>
          Math.min(bounds[1], Math.max(bounds[0], real(one, "a number", at))),
        );
      }),
    ],
    [
      "around",
      builtin("around", (args, _run, at) =>
        rounded(...(bind("around", ["a", "decimals"], args, at) as [Value, Value]), at),
      ),
    ],
  ]);
}

function FUNCTION(name: string): Value {
  return (MATH as Extract<Value, { kind: "module" }>).members.get(name)!;
}

const linspace: Extract<Value, { kind: "builtin" }>["call"] = (args, run, at) => {
  const [start, stop, num = 50n] = bind("linspace", ["start", "stop", "num?"], args, at);
  const [first, last] = [real(start!, "a bound", at), real(stop!, "a bound", at)];
  const count = whole(num, "the number of items", at);
  const step = (last - first) / Math.max(1, count - 1);
  return counted(count, (i) => (i > 0 && i === count - 1 ? last : i * step + first), run, at);
};

const arange: Extract<Value, { kind: "builtin" }>["call"] = (args, run, at) => {
  const [a, b, by = 1n] = bind("arange", ["start", "stop?", "step?"], args, at);
  const [start, stop] = b === undefined ? [0n as Value, a!] : [a!, b];
  const step = real(by, "a step", at);
  if (step === 0) throw notImported(at, "arange() has a step of 0");
  const length = Math.max(0, Math.ceil((real(stop, "a bound", at) - real(start, "a bound", at)) / step));
  if (!Number.isFinite(length)) throw notImported(at, "arange() never ends");
  return counted(length, (i) => binary("+", start, binary("*", by, BigInt(i), run, at), run, at), run, at);
};

export const ROLE_VALUES: ReadonlyMap<string, Value> = new Map(
  ROLES.map((role, number): [string, Value] => {
    const name = `e_PlayerRole_${role}`;
    return [name, { kind: "enum", type: "e_PlayerRole", name, number: BigInt(number) }];
  }),
);

const TEAM = module(
  "e_Team",
  ["e_Left", "e_Right"].map((name, number): [string, Value] => [
    name,
    { kind: "enum", type: "e_Team", name, number: BigInt(number) },
  ]),
);

const ROLE = module("e_PlayerRole", [...ROLE_VALUES]);

const ENGINE = module("gfootball_engine", [
  ["e_PlayerRole", ROLE],
  ["e_Team", TEAM],
]);

/** What `from . import *` brings into a scenario file; it is there without, too. */
export const SCENARIO_NAMES: ReadonlyMap<string, Value> = new Map([
  ...ROLE_VALUES,
  ["Team", TEAM],
  ["Role", ROLE],
  ["libgame", ENGINE],
]);

/** A module by its whole name, or undefined for one that is not read. */
export function moduleOf(name: string, sources: { python: Source; numpy: Source }): Value | undefined {
  if (/^\.+$/.test(name) || /^\.*(?:gfootball\.)?(?:scenarios|env\.scenario_builder)$/.test(name)) {
    return { kind: "module", name, members: SCENARIO_NAMES };
  }
  switch (name) {
    case "math":
      return MATH;
    case "random":
      return pythonRandom(sources.python);
    case "numpy":
      return numpy(sources.numpy);
    case "numpy.random":
      return numpyRandom(sources.numpy);
    case "gfootball_engine":
      return ENGINE;
    default:
      return undefined;
  }
}
