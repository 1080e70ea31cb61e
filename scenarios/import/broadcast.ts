/** @file Lists and arrays -> arrays of numpy, which calculate number by number and are written into. */
import {
  castTo,
  isArray,
  makeArray,
  numbersOf,
  type NumberType,
  ofNumbers,
  places,
  typeOf,
} from "./array.ts";
import { itemsOf } from "./iterate.ts";
import { notImported, type Place } from "./refusal.ts";
import { isNumber, isThing, known, type NumberArray, type Run, typeName, type Value } from "./value.ts";

const WIDTH = { bool: 0, int: 1, float: 2 } as const;
const MOST_DIMENSIONS = 8;

/** `np.array(value)`: lists and tuples become an array, all the way down; a number stays one. */
export function arrayOf(value: Value, run: Run, at: Place, type?: NumberType): NumberArray | Value {
  const shape = shapeOfLists(value, run, at);
  const numbers: Value[] = [];
  collect(value, shape, numbers, run, at);
  const widest = type ?? typeOf(numbers);
  const cast = numbers.map((number) => castTo(number, widest, at));
  return shape.length === 0 ? cast[0]! : makeArray(cast, shape, widest);
}

/** An array is taken as it is, without a copy; all else as `np.array` has it. */
export function asArray(value: Value, run: Run, at: Place): NumberArray | Value {
  return isArray(value) ? value : arrayOf(value, run, at);
}

function isNested(value: Value): boolean {
  return isThing(value) && ["list", "tuple", "range", "array"].includes(value.kind);
}

function shapeOfLists(value: Value, run: Run, at: Place): number[] {
  const shape: number[] = [];
  for (let one: Value | undefined = value; one !== undefined && isNested(one);) {
    if (shape.length === MOST_DIMENSIONS) throw notImported(at, "an array has too many dimensions");
    const items = itemsOf(one, run, at);
    shape.push(items.length);
    one = items[0];
  }
  return shape;
}

function collect(value: Value, [length, ...rest]: readonly number[], to: Value[], run: Run, at: Place): void {
  if (length === undefined) {
    if (isNested(value)) throw notImported(at, "the rows of an array differ in length");
    if (!isNumber(known(value)))
      throw notImported(at, `an array holds numbers here, and no ${typeName(value)}`);
    to.push(value);
    return;
  }
  const items = isNested(value) ? itemsOf(value, run, at) : [];
  if (items.length !== length) throw notImported(at, "the rows of an array differ in length");
  for (const item of items) collect(item, rest, to, run, at);
}

/** Writes into a window; whoever else looks there sees it. */
export function fill(window: NumberArray, value: Value, run: Run, at: Place): void {
  const given = asArray(value, run, at);
  if (isArray(given) && given.shape.length > window.shape.length)
    throw notImported(at, "an array is written into one of fewer dimensions");
  const all = places(window);
  run.spend(all.length, at);
  const numbers = spread(given, window.shape, at);
  for (const [i, place] of all.entries()) window.data[place] = castTo(numbers[i]!, window.type, at);
}

/** `array += value`: whoever else has the array sees it change. */
export function fillInPlace(window: NumberArray, made: Value, run: Run, at: Place): void {
  if (!isArray(made)) throw notImported(at, "an array is changed by what is none");
  if (WIDTH[made.type] > WIDTH[window.type])
    throw notImported(at, `an array of type ${window.type} cannot become one of type ${made.type} in place`);
  fill(window, made, run, at);
}

/** The numbers once for each place of a larger shape. */
function spread(value: Value, shape: readonly number[], at: Place): Value[] {
  if (!isArray(value))
    return Array.from({ length: shape.reduce((size, length) => size * length, 1) }, () => value);
  const missing = shape.length - value.shape.length;
  const strides = shape.map((length, i) => {
    const own = i < missing ? 1 : value.shape[i - missing]!;
    if (own !== length && own !== 1)
      throw notImported(at, `arrays of ${own} and ${length} items do not go together`);
    return own === 1 ? 0 : value.strides[i - missing]!;
  });
  return numbersOf({ ...value, shape, strides });
}

/** Number by number; a number, a row and a column go with every one that they face. */
export function combine(
  left: Value,
  right: Value,
  of: (a: Value, b: Value) => Value,
  run: Run,
  at: Place,
): Value {
  const a = asArray(left, run, at);
  const b = asArray(right, run, at);
  if (!isArray(a) && !isArray(b)) return of(a, b);
  const shapes = [a, b].map((one) => (isArray(one) ? one.shape : []));
  const dimensions = Math.max(...shapes.map((shape) => shape.length));
  const shape = Array.from({ length: dimensions }, (_, i) => {
    const [mine = 1, theirs = 1] = shapes.map((one) => one[i - dimensions + one.length]);
    return mine === 1 ? theirs : mine;
  });
  run.spend(
    shape.reduce((size, length) => size * length, 1),
    at,
  );
  const others = spread(b, shape, at);
  const made = spread(a, shape, at).map((number, i) => of(number, others[i]!));
  return ofNumbers(made, shape, at);
}

/** One function over every number of an array, or over a number. */
export function each(value: Value, of: (number: Value) => Value, at: Place): Value {
  return isArray(value) ? ofNumbers(numbersOf(value).map(of), value.shape, at) : of(value);
}
