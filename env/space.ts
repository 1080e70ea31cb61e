/** @file Action and observation spaces as plain data, with Gymnasium's names and meaning. */

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

/** A text of `minLength` to `maxLength` characters, one of `choices`. */
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

export type Space = Discrete | Box | MultiDiscrete | TextSpace | DictSpace | TupleSpace;
