/** @file The value of an expression in floating point, complex where need be, where its letters have values. */
import * as C from "./complex.ts";
import type { Complex } from "./complex.ts";
import { exactOf, MOST_TERMS } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { spend, type Work } from "./limit.ts";
import { toNumber } from "./rational.ts";
import { table } from "./table.ts";

export type Point = ReadonlyMap<string, Complex>;

const CONSTANTS = table<Complex>({ π: C.real(Math.PI), e: C.real(Math.E), i: C.I });

/** Undefined where there is no finite value, or none that can be trusted. */
export function valueOf(expression: Expression, point: Point, work: Work): Complex | undefined {
  if (!spend(work, 4)) return undefined;
  const value = rawValue(expression, point, work);
  if (
    value === undefined ||
    !Number.isFinite(value.re) ||
    !Number.isFinite(value.im) ||
    !Number.isFinite(value.error)
  )
    return undefined;
  return value;
}

function rawValue(expression: Expression, point: Point, work: Work): Complex | undefined {
  switch (expression.kind) {
    case "number": {
      const value = toNumber(expression.value);
      // What is too small for floating point is no 0.
      const isExact = expression.value.bottom === 1n && Number.isSafeInteger(value);
      return value === 0 && expression.value.top !== 0n
        ? undefined
        : C.real(value, isExact ? 0 : Math.abs(value) * 2 ** -53);
    }
    case "symbol":
      return point.get(expression.name) ?? CONSTANTS[expression.name];
    case "sum":
      return series(expression, point, work);
    case "call":
      return unknown(expression, point, work);
    case "apply":
      return applied(expression, point, work);
    default:
      return undefined;
  }
}

function applied(expression: Expression & { kind: "apply" }, point: Point, work: Work): Complex | undefined {
  const { operator, operands } = expression;
  const values: Complex[] = [];
  for (const operand of operands) {
    const value = valueOf(operand, point, work);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const [a, b] = values as [Complex, Complex];
  switch (operator) {
    case "+":
      return values.reduce(C.plus);
    case "*": {
      const product = values.reduce(C.times);
      // Underflow: a product of what is not 0 is not 0.
      return C.size(product) < C.SMALLEST && values.every((value) => C.size(value) > 0) ? undefined : product;
    }
    case "^":
      return raised(a, b, operands[1]!, work);
    case "root": {
      const degree = exactOf(operands[1]!, work);
      if (degree?.bottom === 1n && degree.top > 0n && degree.top <= 64n) return C.root(a, Number(degree.top));
      const inverse = C.inverse(b);
      return inverse && C.power(a, inverse);
    }
    case "/":
    case "ratio": {
      const inverse = values.length === 2 ? C.inverse(b) : undefined;
      return inverse && C.times(a, inverse);
    }
    case "log": {
      const [top, bottom] = [C.ln(a), C.ln(b)];
      const inverse = bottom && C.inverse(bottom);
      return top && inverse && C.times(top, inverse);
    }
    default:
      return FUNCTIONS[operator]?.(a, b) ?? rounded(expression, a, work);
  }
}

/** Odd roots of negative numbers are real, however they are written. */
function raised(a: Complex, b: Complex, exponent: Expression, work: Work): Complex | undefined {
  if (b.im === 0 && Number.isInteger(b.re) && b.error === 0) return C.power(a, b);
  const exact = exactOf(exponent, work);
  if (exact && exact.bottom <= 64n && exact.bottom > 1n) {
    const root = C.root(a, Number(exact.bottom));
    return root && C.power(root, C.real(Number(exact.top), 0));
  }
  return C.power(a, b);
}

type OfComplex = (a: Complex, b: Complex) => Complex | undefined;

const half =
  (sign: 1 | -1): OfComplex =>
  (a) => {
    const [one, other] = [C.exp(a), C.exp(C.minus(a))];
    return C.times(C.real(0.5, 0), C.plus(one, sign < 0 ? C.minus(other) : other));
  };
const over =
  (top: OfComplex, bottom: OfComplex): OfComplex =>
  (a, b) => {
    const [one, other] = [top(a, b), bottom(a, b)];
    const inverse = other && C.inverse(other);
    return one && inverse && C.times(one, inverse);
  };
const ONE: OfComplex = () => C.real(1, 0);
const ofInverse =
  (of: OfComplex): OfComplex =>
  (a, b) => {
    const inverse = C.inverse(a);
    return inverse && of(inverse, b);
  };
const arccosine: OfComplex = (a) => {
  const value = C.arcsine(a);
  return value && C.plus(C.real(Math.PI / 2), C.minus(value));
};
/** ln(x + sqrt(x² + by)), the inverse of sinh and cosh. */
const area =
  (by: 1 | -1): OfComplex =>
  (a) => {
    const root = C.root(C.plus(C.times(a, a), C.real(by, 0)), 2);
    return root && C.ln(C.plus(a, root));
  };
const onReals =
  (of: (x: number) => number): OfComplex =>
  (a) =>
    C.isReal(a) ? { ...a, re: of(a.re), im: 0 } : undefined;

const FUNCTIONS = table<OfComplex | undefined>({
  negate: (a) => C.minus(a),
  inverse: (a) => C.inverse(a),
  percent: (a) => C.times(a, C.real(0.01)),
  degree: (a) => C.times(a, C.real(Math.PI / 180)),
  exp: (a) => C.exp(a),
  ln: (a) => C.ln(a),
  "log?": (a) => C.ln(a),
  sin: (a) => C.sine(a),
  cos: (a) => C.cosine(a),
  tan: over(C.sine, C.cosine),
  cot: over(C.cosine, C.sine),
  sec: over(ONE, C.cosine),
  csc: over(ONE, C.sine),
  sinh: half(-1),
  cosh: half(1),
  tanh: over(half(-1), half(1)),
  coth: over(half(1), half(-1)),
  sech: over(ONE, half(1)),
  csch: over(ONE, half(-1)),
  arcsin: C.arcsine,
  arccos: arccosine,
  arctan: C.arctangent,
  arccot: ofInverse(C.arctangent),
  arcsec: ofInverse(arccosine),
  arccsc: ofInverse(C.arcsine),
  arsinh: area(1),
  arcosh: area(-1),
  artanh: (a) => {
    const quotient = over(
      (x) => C.plus(C.real(1, 0), x),
      (x) => C.plus(C.real(1, 0), C.minus(x)),
    )(a, a);
    const logarithm = quotient && C.ln(quotient);
    return logarithm && C.times(C.real(0.5, 0), logarithm);
  },
  cis: (a) => C.exp(C.times(C.I, a)),
  abs: (a) => (C.isReal(a) ? { ...a, re: Math.abs(a.re), im: 0 } : { ...a, re: C.size(a), im: 0 }),
  norm: (a) => ({ ...a, re: C.size(a), im: 0 }),
  Re: (a) => ({ ...a, im: 0 }),
  Im: (a) => ({ ...a, re: a.im, im: 0 }),
  arg: (a) => (C.size(a) > 2 * a.error ? { ...a, re: Math.atan2(a.im, a.re), im: 0 } : undefined),
  sgn: onReals(Math.sign),
  "¯": (a) => ({ ...a, im: -a.im }),
  "!": C.factorial,
  binomial: (n, k) => {
    const [top, one, other] = [C.factorial(n), C.factorial(k), C.factorial(C.plus(n, C.minus(k)))];
    const inverse = one && other && C.inverse(C.times(one, other));
    return top && inverse && C.times(top, inverse);
  },
  max: (a, b) => (b && C.isReal(a) && C.isReal(b) ? (a.re > b.re ? a : b) : undefined),
  min: (a, b) => (b && C.isReal(a) && C.isReal(b) ? (a.re < b.re ? a : b) : undefined),
});

/** Rounding down or up, where no error can carry the value over a whole number. */
function rounded(
  { operator, operands }: Expression & { kind: "apply" },
  a: Complex,
  work: Work,
): Complex | undefined {
  if ((operator !== "floor" && operator !== "ceil") || !C.isReal(a)) return undefined;
  const exact = exactOf(operands[0]!, work);
  if (exact?.bottom === 1n) return a;
  if (Math.abs(a.re - Math.round(a.re)) <= 4 * a.error) return undefined;
  return {
    ...C.real(operator === "floor" ? Math.floor(a.re) : Math.ceil(a.re), 0),
    ...(a.lost && { lost: true }),
  };
}

/** Some smooth function that goes by its name alone: equal for equal arguments, and for hardly any others. */
function unknown(
  { name, operands }: Expression & { kind: "call" },
  point: Point,
  work: Work,
): Complex | undefined {
  let value = C.real(hashOf(name, 0));
  for (const [place, operand] of operands.entries()) {
    const argument = valueOf(operand, point, work);
    if (argument === undefined) return undefined;
    const turned = C.sine(C.times(argument, C.real(0.3 + hashOf(name, place + 1))));
    value = C.plus(
      C.times(value, C.real(1.37)),
      C.plus(turned, C.times(argument, C.real(0.1 + hashOf(name, 7 + place)))),
    );
  }
  return value;
}

function series(
  { product, index, from, to, body }: Expression & { kind: "sum" },
  point: Point,
  work: Work,
): Complex | undefined {
  const [first, last] = [valueOf(from, point, work), valueOf(to, point, work)];
  if (
    !first ||
    !last ||
    !Number.isInteger(first.re) ||
    !Number.isInteger(last.re) ||
    last.re - first.re > MOST_TERMS
  )
    return undefined;
  let result: Complex | undefined = C.real(product ? 1 : 0, 0);
  for (let i = first.re; result && i <= last.re; i++) {
    const term = valueOf(body, new Map([...point, [index, C.real(i, 0)]]), work);
    result = term && (product ? C.times(result, term) : C.plus(result, term));
  }
  return result;
}

/** A number from 0 to 1 for a name and a seed, the same everywhere. */
export function hashOf(name: string, seed: number): number {
  let hash = 2166136261 ^ Math.imul(seed + 1, 0x9e3779b1);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
