/** @file Keys and values of the tokens so far: what decoding asks of them, wherever they lie. */
import type { Feeds, Tensor } from "../../graph/index.ts";
import type { TextConfig } from "../folder/index.ts";
import { keyName, newKeyName, newValueName, valueName } from "../network/index.ts";
import type { Prefix } from "./prefix.ts";

export interface Cache {
  /** How many rows are left. */
  readonly rows: number;
  /** What some rows begin with, where that is kept apart. */
  readonly prefix?: Prefix;
  /** Inputs of the decoder graph. */
  feeds(): Record<string, Tensor>;
  /** Takes over keys and values of new tokens: `lengths[i]` of them for row `first + i`. */
  append(outputs: Feeds, lengths: readonly number[], first?: number): Promise<void>;
  /**
   * Leaves these rows; a row may be kept several times. Gives back the order in which they stand now, which need not
   * be the one asked for: the places of rows that left are filled with as little copying as may be.
   */
  keep(rows: readonly number[]): Promise<readonly number[]>;
  /** Puts the rows of another cache of its kind after its own; the other is then empty. Not everywhere possible. */
  join?(other: Cache): void;
  close(): void;
}

/** Inputs and outputs of the decoder graph that belong together. */
export function cacheNames({ layers }: TextConfig): { input: string; output: string }[] {
  return range(layers).flatMap((layer) => [
    { input: keyName(layer), output: newKeyName(layer) },
    { input: valueName(layer), output: newValueName(layer) },
  ]);
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
