/**
 * @file Arrays that are used again. Patches of a picture take half a megabyte outside JavaScript's heap, and whoever
 * reads hundreds of pictures a second would keep the garbage collector busy with nothing else.
 */

export class Buffers {
  /** By their lengths. */
  readonly #spare = new Map<number, Float32Array[]>();
  #kept = 0;
  readonly #most: number;

  /** `most`: numbers that are kept while nobody uses them. */
  constructor(most = 2 ** 24) {
    this.#most = most;
  }

  /** Holds whatever it held before. */
  take(length: number): Float32Array {
    const spare = this.#spare.get(length)?.pop();
    if (spare) this.#kept -= length;
    return spare ?? new Float32Array(length);
  }

  /** Nobody may read it from here on. */
  give(array: Float32Array): void {
    if (this.#kept + array.length > this.#most) return;
    this.#kept += array.length;
    const own = this.#spare.get(array.length);
    if (own) own.push(array);
    else this.#spare.set(array.length, [array]);
  }
}
