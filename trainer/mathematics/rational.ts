/** @file Fractions of whole numbers of any size, so that numbers too large, too small or too near for floating point stay apart. */
import { MOST_BITS, spend, type Work } from "./limit.ts";

/** In lowest terms; `bottom` is positive. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

const MOST_DEGREE = 64;

export const ZERO: Rational = { top: 0n, bottom: 1n };
export const ONE: Rational = { top: 1n, bottom: 1n };

export const whole = (value: bigint | number): Rational => ({ top: BigInt(value), bottom: 1n });

/** Undefined for a division by zero, and when it gets too large or the work is spent. */
export function fraction(top: bigint, bottom: bigint, work: Work): Rational | undefined {
  if (bottom === 0n) return undefined;
  const bits = Math.max(bitsOf(top), bitsOf(bottom));
  const words = Math.ceil(bits / 64);
  if (bits > 2 * MOST_BITS || !spend(work, 2 * words * words)) return undefined;
  const common = bottom === 1n ? 1n : greatestCommonDivisor(top, bottom);
  const sign = bottom < 0n ? -1n : 1n;
  const reduced = { top: (sign * top) / common, bottom: (sign * bottom) / common };
  return bitsOf(reduced.top) > MOST_BITS || bitsOf(reduced.bottom) > MOST_BITS ? undefined : reduced;
}

export function add(a: Rational, b: Rational, work: Work): Rational | undefined {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom, work);
}

export function multiply(a: Rational, b: Rational, work: Work): Rational | undefined {
  return fraction(a.top * b.top, a.bottom * b.bottom, work);
}

export function divide(a: Rational, b: Rational, work: Work): Rational | undefined {
  return fraction(a.top * b.bottom, a.bottom * b.top, work);
}

export const negate = (a: Rational): Rational => ({ top: -a.top, bottom: a.bottom });

export const isWhole = (a: Rational): boolean => a.bottom === 1n;

export const isSame = (a: Rational, b: Rational): boolean => a.top === b.top && a.bottom === b.bottom;

export function compare(a: Rational, b: Rational): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function floor(a: Rational): bigint {
  const quotient = a.top / a.bottom;
  return a.top % a.bottom < 0n ? quotient - 1n : quotient;
}

/** Undefined where there is no exact fraction: irrational roots, and 0 to what is not positive. */
export function power(base: Rational, exponent: Rational, work: Work): Rational | undefined {
  if (!isWhole(exponent)) {
    const degree = exponent.bottom;
    if (degree > BigInt(MOST_DEGREE)) return undefined;
    const root = rootOf(base, Number(degree), work);
    return root && power(root, whole(exponent.top), work);
  }
  if (base.top === 0n) return exponent.top > 0n ? ZERO : undefined;
  if (base.bottom === 1n && (base.top === 1n || base.top === -1n)) {
    return base.top === 1n || exponent.top % 2n === 0n ? ONE : base;
  }
  const size = exponent.top < 0n ? -exponent.top : exponent.top;
  const bits = Math.max(bitsOf(base.top), bitsOf(base.bottom));
  if (size > BigInt(MOST_BITS) || Number(size) * (bits - 1) > MOST_BITS) return undefined;
  if (!spend(work, Math.ceil((Number(size) * bits) / 64))) return undefined;
  const top = base.top ** size;
  const bottom = base.bottom ** size;
  if (exponent.top > 0n) return { top, bottom };
  return top < 0n ? { top: -bottom, bottom: -top } : { top: bottom, bottom: top };
}

/** The real root where it is a fraction. */
export function rootOf(value: Rational, degree: number, work: Work): Rational | undefined {
  if (degree < 1 || degree > MOST_DEGREE) return undefined;
  if (value.top < 0n) {
    const root = degree % 2 === 1 ? rootOf(negate(value), degree, work) : undefined;
    return root && negate(root);
  }
  const top = wholeRoot(value.top, degree, work);
  const bottom = top === undefined ? undefined : wholeRoot(value.bottom, degree, work);
  return top === undefined || bottom === undefined ? undefined : { top, bottom };
}

function wholeRoot(value: bigint, degree: number, work: Work): bigint | undefined {
  if (value < 2n || degree === 1) return value;
  const bits = bitsOf(value);
  const words = Math.ceil(bits / 64);
  if (!spend(work, words * words * 8)) return undefined;
  const power = BigInt(degree);
  let guess = 1n << BigInt(Math.ceil(bits / degree));
  // Newton's method from above, until it no longer falls.
  for (;;) {
    const next = ((power - 1n) * guess + value / guess ** (power - 1n)) / power;
    if (next >= guess) break;
    guess = next;
  }
  return guess ** power === value ? guess : undefined;
}

/** The nearest floating-point number; infinite or 0 where there is none near. */
export function toNumber({ top, bottom }: Rational): number {
  const topBits = bitsOf(top);
  const bottomBits = bitsOf(bottom);
  if (topBits < 1000 && bottomBits < 1000) return Number(top) / Number(bottom);
  const shift = 64 - (topBits - bottomBits);
  const quotient = shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift));
  return Number(quotient) * 2 ** -shift;
}

function bitsOf(value: bigint): number {
  if (value > -9007199254740992n && value < 9007199254740992n) {
    return value === 0n ? 0 : 1 + Math.floor(Math.log2(Math.abs(Number(value))));
  }
  return 4 * (value < 0n ? -value : value).toString(16).length;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
