/**
 * @file Sines, powers and their kin, rounded to the nearest number: what Python's C library gives but for rare last
 * digits, and the same in every engine, where those of `Math` differ.
 */

/** What one of them counts as, in steps of a file. */
export const WORK = 200;

/** Binary places that are calculated with. */
const PLACES = 256n;
const ONE = 1n << PLACES;

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> PLACES;
}

function over(a: bigint, b: bigint): bigint {
  return (a << PLACES) / b;
}

const view = new DataView(new ArrayBuffer(8));

/** A number with all its digits; what is smaller than 2^-256 is lost. */
function fixed(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const digits = exponent === 0n ? fraction : fraction | 0x10000000000000n;
  const shift = PLACES + (exponent === 0n ? 1n : exponent) - 1075n;
  const size = shift >= 0n ? digits << shift : digits >> -shift;
  return bits >> 63n === 1n ? -size : size;
}

/** The nearest number, halves to even: so does `Number` round, and the division is by a power of 2. */
function nearest(value: bigint): number {
  return Number(value) / 2 ** Number(PLACES);
}

/** Sums `first`, and every term made from the one before, until they vanish. */
function series(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = first;
  let term = first;
  for (let n = 1n; term !== 0n; n++) {
    term = next(term, n);
    sum += term;
  }
  return sum;
}

/** atan(1/n). */
function inverseTangent(n: bigint): bigint {
  let power = ONE / n;
  let sum = power;
  for (let k = 1n; power !== 0n; k++) {
    power = -power / (n * n);
    sum += power / (2n * k + 1n);
  }
  return sum;
}

const PI = 4n * (4n * inverseTangent(5n) - inverseTangent(239n));

function sinOf(x: bigint): bigint {
  const square = times(x, x);
  // Truncated division, so that the terms reach 0.
  return series(x, (term, n) => -((term * square) / ONE) / (2n * n * (2n * n + 1n)));
}

function cosOf(x: bigint): bigint {
  const square = times(x, x);
  return series(ONE, (term, n) => -((term * square) / ONE) / (2n * n * (2n * n - 1n)));
}

/** Sine and cosine of any angle, from those within an eighth of a turn. */
function turn(x: bigint): [sin: bigint, cos: bigint] {
  const quarter = PI >> 1n;
  const turns = (2n * x + quarter) / (2n * quarter) - (2n * x + quarter < 0n ? 1n : 0n);
  const rest = x - turns * quarter;
  const [sin, cos] = [sinOf(rest), cosOf(rest)];
  switch (((turns % 4n) + 4n) % 4n) {
    case 0n:
      return [sin, cos];
    case 1n:
      return [cos, -sin];
    case 2n:
      return [-sin, -cos];
    default:
      return [-cos, sin];
  }
}

/** Below it sin(x) and the like are x; above it angles have lost their places. */
const TINY = 2 ** -60;
const HUGE = 2 ** 60;

function usual(x: number): boolean {
  return Math.abs(x) > TINY && Math.abs(x) < HUGE;
}

export function sin(x: number): number {
  return usual(x) ? nearest(turn(fixed(x))[0]) : Math.sin(x);
}

export function cos(x: number): number {
  return usual(x) ? nearest(turn(fixed(x))[1]) : Math.cos(x);
}

export function tan(x: number): number {
  if (!usual(x)) return Math.tan(x);
  const [s, c] = turn(fixed(x));
  return nearest(over(s, c));
}

/** The engine's own angle, and what the exact one is more. */
export function atan2(y: number, x: number): number {
  const near = Math.atan2(y, x);
  const scale = Math.max(Math.abs(x), Math.abs(y));
  if (!usual(near) || !usual(scale) || y === 0 || x === 0) return near;
  const [s, c] = turn(fixed(near));
  const [a, b] = [fixed(y), fixed(x)];
  const rest = over(times(a, c) - times(b, s), times(b, c) + times(a, s));
  return nearest(fixed(near) + rest - times(times(rest, rest), rest) / 3n);
}

export function atan(x: number): number {
  return usual(x) ? atan2(x, 1) : Math.atan(x);
}

function expOf(x: bigint): bigint {
  // Halved until it is small, then squared as often.
  const halvings = 12n;
  let power = series(ONE, (term, n) => (term * (x >> halvings)) / ONE / n);
  for (let i = 0n; i < halvings; i++) power = times(power, power);
  return power;
}

/** By Newton from the engine's own. */
function logOf(x: number): bigint {
  let value = fixed(Math.log(x));
  const target = fixed(x);
  for (let i = 0; i < 2; i++) {
    const reached = expOf(value);
    value += 2n * over(target - reached, target + reached);
  }
  return value;
}

export function exp(x: number): number {
  return Math.abs(x) > TINY && Math.abs(x) < 40 ? nearest(expOf(fixed(x))) : Math.exp(x);
}

export function log(x: number): number {
  return x > 1e-12 && x < 1e12 && x !== 1 ? nearest(logOf(x)) : Math.log(x);
}

export function pow(x: number, y: number): number {
  const plain = x ** y;
  if (Number.isInteger(x) && Number.isInteger(plain) && Number.isInteger(y) && Math.abs(plain) < 2 ** 53)
    return plain;
  const size = Math.abs(x);
  const sure =
    size > 1e-12 && size < 1e12 && Number.isFinite(plain) && usual(y) && Math.abs(y * Math.log(size)) < 100;
  if (!sure || size === 1) return plain;
  const power = nearest(expOf(times(fixed(y), logOf(size))));
  return plain < 0 ? -power : power;
}

export function hypot(x: number, y: number): number {
  if (!usual(x) || !usual(y)) return Math.hypot(x, y);
  const [a, b] = [fixed(x), fixed(y)];
  return nearest(root(a * a + b * b));
}

/** The whole part of a square root. */
function root(square: bigint): bigint {
  let guess = 1n << BigInt((square.toString(16).length + 1) * 2);
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
