/** @file Sums, means, least and greatest numbers of numpy's arrays, in the order in which numpy adds. */
import { castTo, isArray, makeArray, numbersOf, ofNumbers, rowsOf, windowAt } from "./array.ts";
import { asArray } from "./broadcast.ts";
import { bind } from "./argument.ts";
import { builtin } from "./builtin.ts";
import { notImported, type Place } from "./refusal.ts";
import type { NumberArray, Run, Value } from "./value.ts";
import { whole } from "./value.ts";

type Reduction = (numbers: readonly Value[], at: Place) => Value;

/** numpy adds up to so many numbers in eight rows, and halves what is longer. */
const BLOCK = 128;

function pairwise(numbers: readonly number[]): number {
  const { length } = numbers;
  if (length < 8) return numbers.reduce((sum, number) => sum + number, 0);
  if (length > BLOCK) {
    const half = Math.floor(length / 2);
    const cut = half - (half % 8);
    return pairwise(numbers.slice(0, cut)) + pairwise(numbers.slice(cut));
  }
  const even = length - (length % 8);
  const rows = numbers.slice(0, 8);
  for (let i = 8; i < even; i++) rows[i % 8]! += numbers[i]!;
  const [a, b, c, d, e, f, g, h] = rows as [number, number, number, number, number, number, number, number];
  return numbers.slice(even).reduce((sum, number) => sum + number, a + b + (c + d) + (e + f + (g + h)));
}

const sum: Reduction = (numbers, at) =>
  numbers.some((number) => typeof number === "number")
    ? pairwise(numbers as number[])
    : castTo(
        numbers.reduce<bigint>((total, number) => total + BigInt(number as bigint | boolean), 0n),
        "int",
        at,
      );

const mean: Reduction = (numbers, at) => Number(sum(numbers, at)) / numbers.length;

function extreme(better: (a: Value, b: Value) => boolean): Reduction {
  return (numbers, at) => {
    if (numbers.some(Number.isNaN)) throw notImported(at, "an array has no least and no greatest number");
    return numbers.reduce((best, number) => (better(number, best) ? number : best));
  };
}

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum,
  mean,
  min: extreme((a, b) => a! < b!),
  max: extreme((a, b) => a! > b!),
};

/** The methods of an array that make one number of many. */
export const REDUCING: readonly string[] = Object.keys(REDUCTIONS);

export function reducing(self: NumberArray, name: string): Value {
  return builtin(name, (args, run, at) =>
    reduced(self, name, bind(name, ["axis?"], args, at)[0] ?? null, run, at),
  );
}

/** `np.sum(a, axis)` and its like. */
export function reductions(): [string, Value][] {
  return REDUCING.map((name) => [
    name,
    builtin(name, (args, run, at) => {
      const [value, axis = null] = bind(name, ["a", "axis?"], args, at);
      const array = asArray(value!, run, at);
      return reduced(isArray(array) ? array : ofNumbers([array], [1], at), name, axis, run, at);
    }),
  ]);
}

function reduced(array: NumberArray, name: string, axis: Value, run: Run, at: Place): Value {
  const of = REDUCTIONS[name]!;
  const { shape, type } = array;
  const numbers = numbersOf(array);
  run.spend(numbers.length, at);
  if (numbers.length === 0) throw notImported(at, `${name}() of an array without numbers is not read here`);
  const adds = type === "float" && (name === "sum" || name === "mean");
  // A part of a larger array lies apart, and numpy may add it in another order.
  const apart = adds && shape.length > 1 && !isWhole(array);
  const refused = () => notImported(at, `${name}() of such a part of an array is not read here`);
  if (axis === null) {
    if (apart) throw refused();
    return of(numbers, at);
  }
  const given = whole(axis, "an axis", at);
  const along = given < 0 ? given + shape.length : given;
  if (along !== 0 && along !== shape.length - 1)
    throw notImported(at, `${name}() along axis ${given} is not read here`);
  if (shape.length === 1) return of(numbers, at);
  if (shape.length > 2)
    throw notImported(at, `${name}() of ${shape.length} dimensions along an axis is not read here`);
  if (along === 1)
    return ofNumbers(
      rowsOf(array).map((row) => of(numbersOf(row as NumberArray), at)),
      [shape[0]!],
      at,
    );
  if (apart) throw refused();
  const columns = Array.from({ length: shape[1]! }, (_, i) => {
    const column = windowAt(array, { kind: "tuple", items: [ALL, BigInt(i)] }, at);
    return adds && shape[1]! > 1 ? inTurn(numbersOf(column) as number[], name) : of(numbersOf(column), at);
  });
  return ofNumbers(columns, [shape[1]!], at);
}

const ALL: Value = { kind: "slice", start: null, stop: null, step: null };

/** Along the first axis numpy adds row to row. */
function inTurn(numbers: readonly number[], name: string): number {
  const total = numbers.reduce((one, number) => one + number);
  return name === "mean" ? total / numbers.length : total;
}

function isWhole({ shape, strides }: NumberArray): boolean {
  const own = makeArray([], shape, "float").strides;
  return strides.every((stride, i) => stride === own[i]);
}
