/** @file The Mersenne twister, from which Python and numpy draw: the same seed gives the same numbers as there. */

const SIZE = 624;
const SHIFT = 397;

export class Twister {
  readonly #state = new Uint32Array(SIZE);
  #next = SIZE;
  /** The other one of a pair of normal numbers, which are made two at a time. */
  spare: number | null = null;

  /** As `np.random.seed` takes an integer. */
  static ofNumber(seed: number): Twister {
    const twister = new Twister();
    twister.#fill(seed);
    return twister;
  }

  /** As Python's `random.seed` takes an integer: by its words of 32 bits. */
  static ofInteger(seed: bigint): Twister {
    const words: number[] = [];
    for (let rest = seed < 0n ? -seed : seed; rest > 0n || words.length === 0; rest >>= 32n) {
      words.push(Number(rest & 0xffffffffn));
    }
    const twister = new Twister();
    twister.#fill(19650218);
    twister.#mix(words);
    return twister;
  }

  #fill(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const last = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(1812433253, last) + i;
    }
  }

  #mix(words: readonly number[]): void {
    const state = this.#state;
    let i = 1;
    const advance = () => {
      if (++i < SIZE) return;
      state[0] = state[SIZE - 1]!;
      i = 1;
    };
    const before = () => state[i - 1]! ^ (state[i - 1]! >>> 30);
    for (let step = 0; step < Math.max(SIZE, words.length); step++) {
      const j = step % words.length;
      state[i] = (state[i]! ^ Math.imul(before(), 1664525)) + words[j]! + j;
      advance();
    }
    for (let step = 0; step < SIZE - 1; step++) {
      state[i] = (state[i]! ^ Math.imul(before(), 1566083941)) - i;
      advance();
    }
    state[0] = 0x80000000;
  }

  /** The next 32 bits. */
  uint32(): number {
    if (this.#next >= SIZE) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < SIZE; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }

  /** In [0, 1), of 53 bits. */
  random(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Python's integer in [0, end). */
  below(end: number): number {
    const bits = 32 - Math.clz32(end);
    for (;;) {
      const value = this.uint32() >>> (32 - bits);
      if (value < end) return value;
    }
  }

  /** numpy's integer in [0, last]. */
  upTo(last: number): number {
    if (last === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(last);
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= last) return value;
    }
  }
}
