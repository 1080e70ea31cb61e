/** @file Action and observation spaces as plain data, with Gymnasium's names and meaning. */
import { between, integer, type Random } from "./random.ts";

/** One of `n` integers, from 0. `names` are what each of them means. */
export interface Discrete {
  kind: "discrete";
  n: number;
  names?: readonly string[];
}

/** Numbers in [low, high] in an array of `shape`. */
export interface Box {
  kind: "box";
  shape: readonly number[];
  low: number;
  high: number;
  dtype: "uint8" | "int32" | "float32" | "float64";
}

/** One choice for each controlled player. */
export interface MultiDiscrete {
  kind: "multi-discrete";
  nvec: readonly number[];
}

/** `n` truths. */
export interface MultiBinary {
  kind: "multi-binary";
  n: number;
}

/** A text of `minLength` to `maxLength` characters: one of `choices`, or any when they are none. */
export interface TextSpace {
  kind: "text";
  minLength: number;
  maxLength: number;
  choices: readonly string[];
}

export interface DictSpace {
  kind: "dict";
  spaces: Readonly<Record<string, Space>>;
}

export interface TupleSpace {
  kind: "tuple";
  spaces: readonly Space[];
}

export type Space = Discrete | Box | MultiDiscrete | MultiBinary | TextSpace | DictSpace | TupleSpace;

/** A member of the space, drawn evenly: a number, a text, a list or a dictionary of them, as the space says. */
export function sample(space: Space, random: Random): unknown {
  switch (space.kind) {
    case "discrete":
      return integer(random, space.n);
    case "multi-discrete":
      return space.nvec.map((n) => integer(random, n));
    case "multi-binary":
      return Array.from({ length: space.n }, () => integer(random, 2));
    case "text":
      return space.choices[integer(random, space.choices.length)] ?? "x".repeat(space.minLength);
    case "tuple":
      return space.spaces.map((part) => sample(part, random));
    case "dict":
      return Object.fromEntries(
        Object.entries(space.spaces).map(([name, part]) => [name, sample(part, random)]),
      );
    default:
      return sampleBox(space, space.shape, random);
  }
}

function sampleBox(box: Box, shape: readonly number[], random: Random): unknown {
  const [size, ...inner] = shape;
  if (size !== undefined) return Array.from({ length: size }, () => sampleBox(box, inner, random));
  const whole = box.dtype === "uint8" || box.dtype === "int32";
  return whole ? box.low + integer(random, box.high - box.low + 1) : between(random, box.low, box.high);
}
