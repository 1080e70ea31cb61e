/** @file Whether a value lies in a space, and if not, why. */
import type { Box, Space } from "./space.ts";

/** Whether the value is one of the space. */
export function contains(space: Space, value: unknown): boolean {
  return whyNotIn(space, value) === undefined;
}

/**
 * Why the value is none of the space, as the end of a sentence that begins with its place, or undefined when it is
 * one. A Box may come as nested lists, as a flat typed array, or as a picture `{ width, height, data }`.
 */
export function whyNotIn(space: Space, value: unknown, place = "the value"): string | undefined {
  switch (space.kind) {
    case "discrete": {
      const known = isIndex(value, space.n) || (typeof value === "string" && !!space.names?.includes(value));
      return known ? undefined : `${place} is ${show(value)}; expected an integer from 0 to ${space.n - 1}`;
    }
    case "multi-discrete":
      return eachOf(value, space.nvec.length, place, (one, i) =>
        isIndex(one, space.nvec[i]!) ? undefined : `an integer from 0 to ${space.nvec[i]! - 1}`,
      );
    case "multi-binary":
      return eachOf(value, space.n, place, (one) =>
        typeof one === "boolean" || isIndex(one, 2) ? undefined : "0 or 1",
      );
    case "text": {
      if (typeof value !== "string") return `${place} is ${show(value)}; expected a text`;
      const { minLength, maxLength, choices } = space;
      if (value.length < minLength || value.length > maxLength)
        return `${place} has ${value.length} characters; expected ${minLength} to ${maxLength}`;
      const known = choices.length === 0 || choices.includes(value);
      return known ? undefined : `${place} is ${show(value)}; expected one of the space's choices`;
    }
    case "tuple":
      return asList(value)?.length === space.spaces.length
        ? firstOf(space.spaces, (one, i) => whyNotIn(one, asList(value)![i], `${place}[${i}]`))
        : `${place} is ${show(value)}; expected a list of ${space.spaces.length}`;
    case "dict": {
      const names = Object.keys(space.spaces);
      // The space without keys is that of an env that shows nothing.
      if (value === null && names.length === 0) return undefined;
      if (typeof value !== "object" || value === null)
        return `${place} is ${show(value)}; expected an object`;
      const odd = Object.keys(value).find((name) => !names.includes(name));
      if (odd !== undefined) return `${place} has the key "${odd}", which its space has not`;
      const record = value as Readonly<Record<string, unknown>>;
      return firstOf(names, (name) => whyNotIn(space.spaces[name]!, record[name], `${place}.${name}`));
    }
    default:
      return whyNotInBox(space, value, place);
  }
}

function whyNotInBox(space: Box, value: unknown, place: string): string | undefined {
  const { shape, low, high, dtype } = space;
  const size = shape.reduce((product, length) => product * length, 1);
  const whole = !dtype.startsWith("float");
  const flat = numbersOf(value, shape);
  if (flat === undefined || flat.length !== size)
    return `${place} is ${show(value)}; expected ${size === 1 && shape.length === 0 ? "a number" : `numbers in the shape ${shape.join(" x ")}`}`;
  for (let i = 0; i < size; i++) {
    const one = flat[i]!;
    if (!(one >= low && one <= high) || (whole && !Number.isInteger(one)))
      return `${place} holds ${one}; expected ${whole ? "integers" : "numbers"} from ${low} to ${high}`;
  }
  return undefined;
}

/** The numbers of a Box's value in one flat list, or undefined when it has another shape. */
function numbersOf(value: unknown, shape: readonly number[]): ArrayLike<number> | undefined {
  if (shape.length === 0) return typeof value === "number" ? [value] : undefined;
  if (ArrayBuffer.isView(value)) return value as Uint8Array;
  if (Array.isArray(value)) {
    const [length, ...rest] = shape;
    if (value.length !== length) return undefined;
    const parts = value.map((one) => numbersOf(one, rest));
    return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => Array.from(part!));
  }
  if (typeof value !== "object" || value === null || !("data" in value)) return undefined;
  const picture = value as { width?: unknown; height?: unknown; data: unknown };
  const fits = picture.height === shape[0] && picture.width === shape[1];
  return fits && ArrayBuffer.isView(picture.data) ? (picture.data as Uint8Array) : undefined;
}

function isIndex(value: unknown, n: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < n;
}

function asList(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value as unknown[];
  return ArrayBuffer.isView(value) ? (value as Uint8Array) : undefined;
}

/** `expected` says what a part should be when it is not. */
function eachOf(
  value: unknown,
  length: number,
  place: string,
  expected: (one: unknown, i: number) => string | undefined,
): string | undefined {
  const list = asList(value);
  if (list?.length !== length) return `${place} is ${show(value)}; expected a list of ${length}`;
  return firstOf(Array.from(list), (one, i) => {
    const wish = expected(one, i);
    return wish === undefined ? undefined : `${place}[${i}] is ${show(one)}; expected ${wish}`;
  });
}

function firstOf<T>(list: readonly T[], ask: (one: T, i: number) => string | undefined): string | undefined {
  for (let i = 0; i < list.length; i++) {
    const answer = ask(list[i]!, i);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function show(value: unknown): string {
  if (typeof value === "number" || value === null || value === undefined) return `${value as number}`;
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return ArrayBuffer.isView(value) ? `an array of ${(value as Uint8Array).length}` : `a ${typeof value}`;
}
