/**
 * @file The seeded generator: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2018), seeded by SplitMix32. Four words of plain data, so a snapshot can hold it.
 */

/** Changed in place by every draw. */
export type Random = Uint32Array;

/** A generator for any number as seed (its low 32 bits count); `stream` makes independent ones of one seed. */
export function makeRandom(seed: number, stream = 0): Random {
  let state = ((seed >>> 0) ^ Math.imul(stream, 0x9e3779b9)) >>> 0;
  const words = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    words[i] = z ^ (z >>> 16);
  }
  return words;
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** An integer in [0, 2^32). */
export function nextUint32(random: Random): number {
  const [s0, s1, s2, s3] = random as unknown as [number, number, number, number];
  const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
  const t = s1 << 9;
  const u2 = s2 ^ s0;
  const u3 = s3 ^ s1;
  random[1] = s1 ^ u2;
  random[0] = s0 ^ u3;
  random[2] = u2 ^ t;
  random[3] = rotateLeft(u3, 11);
  return result;
}

/** A number in [0, 1). */
export function uniform(random: Random): number {
  return nextUint32(random) / 0x100000000;
}

/** A number in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * uniform(random);
}

/** An integer in [0, n). */
export function integer(random: Random, n: number): number {
  return Math.floor(uniform(random) * n);
}

/** True with this probability. */
export function chance(random: Random, probability: number): boolean {
  return uniform(random) < probability;
}

/**
 * Nearly normal: mean 0, deviation 1, within [-3, 3]. Three uniforms summed, for `Math.log` and `Math.cos`
 * are not the same in every engine.
 */
export function bell(random: Random): number {
  return (uniform(random) + uniform(random) + uniform(random)) * 2 - 3;
}
