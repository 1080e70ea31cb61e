/** @file Python's `math`. */
import { bind } from "./argument.ts";
import { builtin } from "./builtin.ts";
import { atan, atan2, cos, exp, hypot, log, pow, sin, tan, WORK } from "./exact.ts";
import { notImported, type Place } from "./refusal.ts";
import { real, type Run, type Value } from "./value.ts";

export const NUMBERS: Readonly<Record<string, number>> = {
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
export function ofOne(
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

export function ofTwo(): [string, Value][] {
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

export const MATH: Value = {
  kind: "module",
  name: "math",
  members: new Map([
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
  ]),
};
