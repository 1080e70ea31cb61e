/** @file A set of states by 64 bits of hash, in one typed array: open addressing, doubled when two thirds are full. */

export class StateSet {
  /** Two words a place; both 0 where nothing is. */
  #words = new Int32Array(1 << 13);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether it was new. The pair (0, 0) stands for an empty place and counts as known. */
  add(high: number, low: number): boolean {
    const place = this.#place(high, low);
    if (this.#words[place] !== 0 || this.#words[place + 1] !== 0 || (high | low) === 0) return false;
    this.#words[place] = high;
    this.#words[place + 1] = low;
    if (++this.#size * 3 > this.#words.length) this.#grow();
    return true;
  }

  /** Where the pair is, or would be. */
  #place(high: number, low: number): number {
    const words = this.#words;
    const mask = words.length - 2;
    let i = (high ^ (low >>> 7)) & mask;
    while ((words[i] !== 0 || words[i + 1] !== 0) && (words[i] !== high || words[i + 1] !== low)) {
      i = (i + 2) & mask;
    }
    return i;
  }

  #grow(): void {
    const words = this.#words;
    this.#words = new Int32Array(words.length * 2);
    for (let i = 0; i < words.length; i += 2) {
      if (words[i] === 0 && words[i + 1] === 0) continue;
      const place = this.#place(words[i]!, words[i + 1]!);
      this.#words[place] = words[i]!;
      this.#words[place + 1] = words[i + 1]!;
    }
  }
}
