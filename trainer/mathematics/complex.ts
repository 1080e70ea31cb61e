/** @file Complex numbers in floating point, each with a bound of how far rounding may have moved it. */

export interface Complex {
  readonly re: number;
  readonly im: number;
  /** How far off it may be. */
  readonly error: number;
  /** A term vanished beside a much larger one, or a root or logarithm left the real numbers. */
  readonly lost?: boolean;
  readonly unreal?: boolean;
}

const UNIT = 2 ** -52;
/** A term so much smaller than its neighbour cannot be told from rounding. */
const VANISHING = 1e-13;
/** Below it floating point has fewer digits, and then none. */
export const SMALLEST = 2 ** -960;

export const real = (re: number, error = Math.abs(re) * UNIT): Complex => ({ re, im: 0, error });
export const I: Complex = { re: 0, im: 1, error: 0 };
export const size = ({ re, im }: Complex): number => Math.hypot(re, im);
export const isReal = ({ im, error }: Complex): boolean => Math.abs(im) <= error;

const flags = (...of: readonly Complex[]): Pick<Complex, "lost" | "unreal"> => ({
  ...(of.some(({ lost }) => lost) && { lost: true }),
  ...(of.some(({ unreal }) => unreal) && { unreal: true }),
});

const made = (re: number, im: number, error: number, ...of: readonly Complex[]): Complex => ({
  re,
  im,
  error,
  ...flags(...of),
});

export function plus(a: Complex, b: Complex): Complex {
  const [re, im] = [a.re + b.re, a.im + b.im];
  const [large, small] = size(a) > size(b) ? [a, b] : [b, a];
  const vanished = size(small) > 2 * small.error && size(small) < VANISHING * size(large);
  return {
    ...made(re, im, a.error + b.error + UNIT * Math.hypot(re, im), a, b),
    ...(vanished && { lost: true }),
  };
}

export const minus = (a: Complex): Complex => ({ ...a, re: -a.re, im: a.im === 0 ? 0 : -a.im });

export function times(a: Complex, b: Complex): Complex {
  const re = a.re * b.re - a.im * b.im;
  const im = a.re * b.im + a.im * b.re;
  const error = size(a) * b.error + size(b) * a.error + a.error * b.error + 4 * UNIT * size(a) * size(b);
  return made(re, im, error, a, b);
}

export function inverse(a: Complex): Complex | undefined {
  const length = size(a);
  if (length <= 2 * a.error || length > 1 / SMALLEST) return undefined;
  return made(
    a.re / length / length,
    -a.im / length / length,
    (2 * a.error) / length / length + (8 * UNIT) / length,
    a,
  );
}

/** NaN, which is no value, where the result is too small for floating point: it is no 0. */
export function exp(a: Complex): Complex {
  const length = Math.exp(a.re);
  const value = made(
    length * Math.cos(a.im),
    a.im === 0 ? 0 : length * Math.sin(a.im),
    length * (Math.min(a.error, 1) * 2 + UNIT * (4 + size(a))),
    a,
  );
  if (length < SMALLEST) return { ...value, re: Number.NaN };
  // Beside 1 a small exponent has vanished.
  const vanished = size(a) > 2 * a.error && size(a) < VANISHING;
  return { ...value, ...(vanished && { lost: true }) };
}

/** The principal value; of a negative number with the imaginary part π. */
export function ln(given: Complex): Complex | undefined {
  const a = isReal(given) ? { ...given, im: 0 } : given;
  const length = size(a);
  if (length <= 2 * a.error) return undefined;
  const [re, im] = [Math.log(length), Math.atan2(a.im, a.re)];
  const left = isReal(given) && a.re < 0 ? { unreal: true } : {};
  return { ...made(re, im, (2 * a.error) / length + UNIT * (1 + Math.hypot(re, im)), a), ...left };
}

export function power(a: Complex, b: Complex): Complex | undefined {
  if (b.im === 0 && Number.isInteger(b.re) && b.error <= Math.abs(b.re) * UNIT && Math.abs(b.re) <= 1024)
    return wholePower(a, b.re);
  if (size(a) <= a.error)
    return b.re > 0 && b.im === 0 ? { ...a, re: 0, im: 0, error: a.error ** b.re } : undefined;
  const logarithm = ln(a);
  return logarithm && exp(times(b, logarithm));
}

function wholePower(a: Complex, exponent: number): Complex | undefined {
  let result = real(1, 0);
  let square = a;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square);
    if (left > 1) square = times(square, square);
  }
  if (size(result) < SMALLEST && size(a) > 0) return undefined;
  return exponent < 0 ? inverse(result) : result;
}

/** The real root where there is one, else the principal one. */
export function root(a: Complex, degree: number): Complex | undefined {
  if (isReal(a)) {
    const length = Math.abs(a.re);
    // A root of what is nothing but rounding may be far from 0.
    if (length <= 2 * a.error) return made(0, 0, (length + a.error) ** (1 / degree), a);
    const value =
      degree === 2 ? Math.sqrt(length) : degree === 3 ? Math.cbrt(length) : length ** (1 / degree);
    const error = (value * a.error) / (degree * length) + 4 * UNIT * value;
    if (a.re > 0) return made(value, 0, error, a);
    if (degree % 2 === 1) return made(-value, 0, error, a);
    if (degree === 2) return { ...made(0, value, error, a), unreal: true };
  }
  const result = power(a, real(1 / degree));
  return result;
}

export function sine(a: Complex): Complex {
  if (a.im === 0) {
    const value = Math.sin(a.re);
    return made(value, 0, Math.min(a.error, 2) + 2 * UNIT * Math.abs(value), a);
  }
  const [re, im] = [Math.sin(a.re) * Math.cosh(a.im), Math.cos(a.re) * Math.sinh(a.im)];
  return made(re, im, (a.error + UNIT * (4 + size(a))) * 2 * Math.cosh(a.im), a);
}

export function cosine(a: Complex): Complex {
  if (a.im === 0) return made(Math.cos(a.re), 0, Math.min(a.error, 2) + UNIT * (1 + Math.abs(a.re)), a);
  const [re, im] = [Math.cos(a.re) * Math.cosh(a.im), -Math.sin(a.re) * Math.sinh(a.im)];
  return made(re, im, (a.error + UNIT * (4 + size(a))) * 2 * Math.cosh(a.im), a);
}

/** -i ln(iz + sqrt(1 - z²)), and of real numbers within the circle as usual. */
export function arcsine(a: Complex): Complex | undefined {
  if (isReal(a) && Math.abs(a.re) < 1 - a.error) {
    return made(Math.asin(a.re), 0, a.error / Math.sqrt(1 - a.re * a.re) + 2 * UNIT, a);
  }
  if (isReal(a) && Math.abs(Math.abs(a.re) - 1) <= a.error + UNIT)
    return made((Math.sign(a.re) * Math.PI) / 2, 0, Math.sqrt(2 * a.error) + UNIT, a);
  const cosine = root(plus(real(1, 0), minus(times(a, a))), 2);
  const logarithm = cosine && ln(plus(times(I, a), cosine));
  return logarithm && { ...minus(times(I, logarithm)), ...(isReal(a) && { unreal: true }) };
}

/** i/2 (ln(1 - iz) - ln(1 + iz)). */
export function arctangent(a: Complex): Complex | undefined {
  if (isReal(a)) return made(Math.atan(a.re), 0, a.error / (1 + a.re * a.re) + 2 * UNIT, a);
  const turned = times(I, a);
  const [one, other] = [ln(plus(real(1, 0), minus(turned))), ln(plus(real(1, 0), turned))];
  return one && other && times({ re: 0, im: 0.5, error: 0 }, plus(one, minus(other)));
}

/** Γ(x + 1) of a real x above -1, by Lanczos's approximation. */
export function factorial(a: Complex): Complex | undefined {
  if (!isReal(a) || a.re <= -1 || a.re > 170) return undefined;
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const sum = coefficients.reduce(
    (total, coefficient, at) => total + coefficient / (a.re + at + 1),
    0.9999999999998099,
  );
  const t = a.re + 7.5;
  const value = Math.sqrt(2 * Math.PI) * t ** (a.re + 0.5) * Math.exp(-t) * sum;
  return made(value, 0, value * (1e-13 + a.error * 8), a);
}
