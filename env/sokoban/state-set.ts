/** @file A set of states by 64 bits of hash, in typed arrays: open addressing, doubled when half full. */

export class StateSet {
  #high = new Int32Array(1 << 12);
  #low = new Int32Array(1 << 12);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whether it was new. The pair (0, 0) stands for an empty place and counts as known. */
  add(high: number, low: number): boolean {
    const found = this.#place(high, low);
    if (this.#high[found] !== 0 || this.#low[found] !== 0 || (high | low) === 0) return false;
    this.#high[found] = high;
    this.#low[found] = low;
    if (++this.#size * 2 > this.#high.length) this.#grow();
    return true;
  }

  #place(high: number, low: number): number {
    const mask = this.#high.length - 1;
    let i = (high ^ (low >>> 7)) & mask;
    while ((this.#high[i] !== 0 || this.#low[i] !== 0) && (this.#high[i] !== high || this.#low[i] !== low)) {
      i = (i + 1) & mask;
    }
    return i;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Int32Array(high.length * 2);
    this.#low = new Int32Array(high.length * 2);
    for (let i = 0; i < high.length; i++) {
      if (high[i] === 0 && low[i] === 0) continue;
      const place = this.#place(high[i]!, low[i]!);
      this.#high[place] = high[i]!;
      this.#low[place] = low[i]!;
    }
  }
}
