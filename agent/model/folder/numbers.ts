/** @file Floating point numbers of 16 bits to and from 32: IEEE 754 half precision, and bfloat16. */

/** Bytes of one element of the types that weights come in. */
export const FLOAT_TYPES = { F32: 4, F16: 2, BF16: 2 } as const;
export type FloatType = keyof typeof FLOAT_TYPES;

/** 16-bit patterns -> numbers, exactly, into `to` from `start` on. */
export function decode(dtype: "F16" | "BF16", from: Uint16Array, to: Float32Array, start = 0): void {
  const bits = new Uint32Array(to.buffer, to.byteOffset, to.length);
  if (dtype === "BF16") {
    for (let i = 0; i < from.length; i++) bits[start + i] = from[i]! << 16;
  } else {
    const table = halfTable();
    for (let i = 0; i < from.length; i++) to[start + i] = table[from[i]!]!;
  }
}

/** Numbers -> 16-bit patterns, rounded to the nearest, ties to even; what is too large becomes infinite. */
export function encode(dtype: "F16" | "BF16", from: Float32Array, to: Uint16Array): void {
  const bits = new Uint32Array(from.buffer, from.byteOffset, from.length);
  const pattern = dtype === "BF16" ? brainPattern : halfPattern;
  for (let i = 0; i < from.length; i++) to[i] = pattern(bits[i]!);
}

let table: Float32Array | undefined;

/** The value of each of the 65,536 half-precision patterns. */
function halfTable(): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, pattern) => {
    const sign = pattern & 0x8000 ? -1 : 1;
    const exponent = (pattern >> 10) & 0x1f;
    const fraction = pattern & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
  return table;
}

const INFINITY = 0x7f80_0000;

function brainPattern(bits: number): number {
  // Rounding could carry the bits of a NaN into infinity, so it is made quiet instead.
  if ((bits & 0x7fff_ffff) > INFINITY) return (bits >>> 16) | 0x40;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/** 2^-14, the smallest half-precision number with a full fraction, as 32-bit pattern. */
const LEAST_NORMAL = 0x3880_0000;
/** 65520, half a step above the largest half-precision number. */
const OVERFLOW = 0x477f_f000;

function halfPattern(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fff_ffff;
  if (size > INFINITY) return sign | 0x7e00;
  if (size >= OVERFLOW) return sign | 0x7c00;
  if (size >= LEAST_NORMAL) {
    const rebiased = size - ((127 - 15) << 23);
    return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
  }
  return sign | subnormal(size);
}

/** Counts of 2^-24 for a pattern below LEAST_NORMAL; 1024 of them are the smallest normal number. */
function subnormal(size: number): number {
  const exponent = size >>> 23;
  // Below 2^-25 even the upward half rounds to zero; a shift by more than 31 would wrap.
  if (exponent < 102) return 0;
  const shift = 126 - exponent;
  const fraction = (size & 0x7f_ffff) | 0x80_0000;
  const whole = fraction >>> shift;
  const rest = fraction - whole * 2 ** shift;
  const half = 2 ** (shift - 1);
  return rest > half || (rest === half && whole % 2 === 1) ? whole + 1 : whole;
}
