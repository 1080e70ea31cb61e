/**
 * @file numpy's arrays, as far as scenario files use them: windows on numbers of one type. What is taken out of one is
 * a number of Python. `broadcast.ts` calculates with them.
 */
import { notImported, type Place } from "./refusal.ts";
import { isNumber, isThing, type NumberArray, typeName, type Value, whole } from "./value.ts";

export type NumberType = NumberArray["type"];

const INT64 = 1n << 63n;

export function isArray(value: Value): value is NumberArray {
  return isThing(value) && value.kind === "array";
}

/** An array of its own: the numbers in their order, the last dimension fastest. */
export function makeArray(
  numbers: readonly Value[],
  shape: readonly number[],
  type: NumberType,
): NumberArray {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((size, length) => size * length, 1));
  return { kind: "array", type, data: [...numbers], offset: 0, strides, shape };
}

/** One type holds all: with one float among them all are floats. */
export function typeOf(numbers: readonly Value[]): NumberType {
  if (numbers.length === 0 || numbers.some((number) => typeof number === "number")) return "float";
  return numbers.some((number) => typeof number === "bigint") ? "int" : "bool";
}

/** A number as an array of that type keeps it: an int of a float has lost its decimals. */
export function castTo(number: Value, type: NumberType, at: Place): Value {
  if (type === "float") return Number(number);
  if (type === "bool") return Boolean(number);
  if (typeof number === "number" && !Number.isFinite(number))
    throw notImported(at, `${number} becomes no int of an array`);
  const int = BigInt(typeof number === "number" ? Math.trunc(number) : (number as bigint | boolean));
  if (int < -INT64 || int >= INT64) throw notImported(at, "an int of an array grows beyond 64 bits");
  return int;
}

/** Where the numbers of a window are in its data, the last dimension fastest. */
export function places({ offset, shape, strides }: NumberArray): number[] {
  let all = [offset];
  for (const [i, length] of shape.entries()) {
    const step = strides[i]!;
    all = all.flatMap((start) => Array.from({ length }, (_, place) => start + place * step));
  }
  return all;
}

export function numbersOf(array: NumberArray): Value[] {
  return places(array).map((place) => array.data[place]!);
}

/** `array[i]`: a number, or the window on a row. */
export function rowOf({ shape, strides, offset, ...array }: NumberArray, i: number): Value {
  const place = offset + i * strides[0]!;
  if (shape.length === 1) return array.data[place]!;
  return { ...array, offset: place, shape: shape.slice(1), strides: strides.slice(1) };
}

export function rowsOf(array: NumberArray): Value[] {
  return Array.from({ length: array.shape[0]! }, (_, i) => rowOf(array, i));
}

/** `tolist()`. */
export function listOf(value: Value): Value {
  return isArray(value) ? { kind: "list", items: rowsOf(value).map(listOf) } : value;
}

/** The window that an index opens, of no dimension where it is one number. */
export function windowAt(array: NumberArray, index: Value, at: Place): NumberArray {
  const indices = isThing(index) && index.kind === "tuple" ? index.items : [index];
  if (indices.length > array.shape.length)
    throw notImported(at, `an array of ${array.shape.length} dimensions gets ${indices.length} indices`);
  let { offset } = array;
  const shape: number[] = [];
  const strides: number[] = [];
  for (const [i, length] of array.shape.entries()) {
    const one = indices[i];
    const stride = array.strides[i]!;
    if (one === undefined || (isThing(one) && one.kind === "slice")) {
      const { start, step, count } =
        one === undefined ? { start: 0, step: 1, count: length } : cut(length, one, at);
      offset += start * stride;
      shape.push(count);
      strides.push(step * stride);
    } else {
      // Of lists, arrays and truth values numpy makes a choice of rows.
      if (typeof one === "boolean" || (isThing(one) && one.kind !== "enum"))
        throw notImported(
          at,
          `an array is indexed with a value of type ${typeName(one)}, which is not read here`,
        );
      offset += placeIn(length, one, at) * stride;
    }
  }
  return { ...array, offset, shape, strides };
}

/** Where `start:stop:step` begins, and how many items it takes. */
export function cut(
  length: number,
  slice: Extract<Value, { kind: "slice" }>,
  at: Place,
): { start: number; step: number; count: number } {
  const step = slice.step === null ? 1 : Number(slice.step);
  if (step === 0) throw notImported(at, "a slice has a step of 0");
  const [first, last] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: bigint | null, otherwise: number) => {
    if (value === null) return otherwise;
    const place = Number(value) < 0 ? Number(value) + length : Number(value);
    return Math.min(last, Math.max(first, place));
  };
  const start = bound(slice.start, step > 0 ? first : last);
  const stop = bound(slice.stop, step > 0 ? last : first);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

/** A place in a list, from its end where negative. */
export function placeIn(length: number, index: Value, at: Place): number {
  const place = whole(index, "an index", at);
  const from = place < 0 ? place + length : place;
  if (from < 0 || from >= length) throw notImported(at, `index ${place} is beyond ${length} items`);
  return from;
}

/** An array of numbers that were calculated or drawn, of the type that holds them. */
export function ofNumbers(numbers: readonly Value[], shape: readonly number[], at: Place): NumberArray {
  const type = typeOf(numbers);
  const cast = numbers.map((number) => {
    if (!isNumber(number)) throw notImported(at, `an array holds numbers here, and no ${typeName(number)}`);
    return castTo(number, type, at);
  });
  return makeArray(cast, shape, type);
}
