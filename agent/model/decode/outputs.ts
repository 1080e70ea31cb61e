/**
 * @file Tensors that a graph writes its outputs to, again and again: runs are many, and new arrays for each would keep
 * the garbage collector busy. What they hold is gone with the next run.
 */
import { type Feeds, float32 } from "../../graph/index.ts";

/** Numbers that are kept. Networks that give more spend their time elsewhere. */
const MOST = 2 ** 22;

/** Outputs that have one shape. */
export class Outputs {
  readonly #names: readonly string[];
  /** In the order of the names. */
  #arrays: readonly Float32Array[] = [];
  #length = -1;
  #shape: readonly number[] = [];
  #tensors: Feeds = {};

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** A tensor of this shape for each; none when they would be too large. */
  of(...shape: readonly number[]): Feeds {
    if (shape.length === this.#shape.length && shape.every((length, axis) => length === this.#shape[axis]))
      return this.#tensors;
    const size = shape.reduce((product, length) => product * length, 1);
    if (size * this.#names.length > MOST) return {};
    if (size > this.#length) {
      this.#length = size;
      this.#arrays = this.#names.map(() => new Float32Array(size));
    }
    this.#shape = shape;
    this.#tensors = Object.fromEntries(
      this.#names.map((name, i) => [name, float32(this.#arrays[i]!.subarray(0, size), shape)]),
    );
    return this.#tensors;
  }
}
