/** @file The value of an expression as a fraction, where it has one that can be worked out exactly. */
import type { Expression } from "./expression.ts";
import { type Work, spend } from "./limit.ts";
import * as Q from "./rational.ts";
import type { Rational } from "./rational.ts";

export type Assignment = ReadonlyMap<string, Rational>;

const NONE: Assignment = new Map();
/** Terms of a sum that are worked out one by one. */
export const MOST_TERMS = 1000;
/** 450! has 3,300 bits. */
const LARGEST_FACTORIAL = 450n;

/** Undefined for what is irrational, has no value, holds a letter without one, or costs too much. */
export function exactOf(expression: Expression, work: Work, given: Assignment = NONE): Rational | undefined {
  if (!spend(work, 1)) return undefined;
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "symbol":
      return given.get(expression.name);
    case "apply":
      return applied(expression, work, given);
    case "sum":
      return series(expression, work, given);
    default:
      return undefined;
  }
}

function applied(
  { operator, operands }: Expression & { kind: "apply" },
  work: Work,
  given: Assignment,
): Rational | undefined {
  const values: Rational[] = [];
  for (const operand of operands) {
    const value = exactOf(operand, work, given);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const [a, b] = values as [Rational, Rational];
  switch (operator) {
    case "+":
      return all(values, Q.ZERO, (sum, value) => Q.add(sum, value, work));
    case "*":
      return all(values, Q.ONE, (product, value) => Q.multiply(product, value, work));
    case "/":
      return Q.divide(a, b, work);
    case "inverse":
      return Q.divide(Q.ONE, a, work);
    case "negate":
      return Q.negate(a);
    case "^":
      // Roots of negative numbers are left to floating point, which knows the complex ones.
      return a.top < 0n && !Q.isWhole(b) && b.bottom % 2n === 0n ? undefined : Q.power(a, b, work);
    case "root":
      return Q.isWhole(b) && b.top > 0n ? Q.rootOf(a, Number(b.top), work) : undefined;
    case "percent":
      return Q.multiply(a, { top: 1n, bottom: 100n }, work);
    case "ratio":
      return values.length === 2 ? Q.divide(a, b, work) : undefined;
    case "abs":
      return a.top < 0n ? Q.negate(a) : a;
    case "floor":
      return Q.whole(Q.floor(a));
    case "ceil":
      return Q.whole(-Q.floor(Q.negate(a)));
    case "sgn":
      return Q.whole(Q.compare(a, Q.ZERO));
    case "mod":
      return Q.isWhole(a) && Q.isWhole(b) && b.top > 0n
        ? Q.whole(((a.top % b.top) + b.top) % b.top)
        : undefined;
    case "!":
      return Q.isWhole(a) ? falling(a.top, a.top, 1n, work) : undefined;
    case "!!":
      return Q.isWhole(a) ? falling(a.top, (a.top + 1n) / 2n, 2n, work) : undefined;
    case "binomial":
      return binomial(a, b, work);
    case "max":
      return values.reduce((most, value) => (Q.compare(value, most) > 0 ? value : most));
    case "min":
      return values.reduce((least, value) => (Q.compare(value, least) < 0 ? value : least));
    case "gcd":
    case "lcm":
      return divisors(operator, values, work);
    default:
      return undefined;
  }
}

function all(
  values: readonly Rational[],
  start: Rational,
  combine: (one: Rational, other: Rational) => Rational | undefined,
): Rational | undefined {
  let result: Rational | undefined = start;
  for (const value of values) result = result && combine(result, value);
  return result;
}

/** The product of `count` numbers from `from` down by `step`. */
function falling(from: bigint, count: bigint, step: bigint, work: Work): Rational | undefined {
  if (from < 0n || from > LARGEST_FACTORIAL || !spend(work, Number(count) * 8)) return undefined;
  let product = 1n;
  for (let i = 0n; i < count; i++) product *= from - i * step;
  return Q.whole(product);
}

function binomial(n: Rational, k: Rational, work: Work): Rational | undefined {
  if (!Q.isWhole(n) || !Q.isWhole(k) || n.top < 0n) return undefined;
  if (k.top < 0n || k.top > n.top) return Q.ZERO;
  const least = k.top < n.top - k.top ? k.top : n.top - k.top;
  if (least > LARGEST_FACTORIAL || !spend(work, Number(least) * 16)) return undefined;
  let value = 1n;
  for (let i = 1n; i <= least; i++) value = (value * (n.top - least + i)) / i;
  return value < 1n << 4096n ? Q.whole(value) : undefined;
}

function divisors(operator: "gcd" | "lcm", values: readonly Rational[], work: Work): Rational | undefined {
  if (!values.every(Q.isWhole) || values.some(({ top }) => top === 0n)) return undefined;
  return all(values, { ...values[0]! }, (one, other) => {
    const common = Q.greatestCommonDivisor(one.top, other.top);
    const product = one.top * other.top;
    return operator === "gcd"
      ? Q.whole(common)
      : Q.multiply(Q.whole(product < 0n ? -product : product), { top: 1n, bottom: common }, work);
  });
}

function series(
  { product, index, from, to, body }: Expression & { kind: "sum" },
  work: Work,
  given: Assignment,
): Rational | undefined {
  const first = exactOf(from, work, given);
  const last = exactOf(to, work, given);
  if (!first || !last || !Q.isWhole(first) || !Q.isWhole(last) || last.top - first.top > BigInt(MOST_TERMS))
    return undefined;
  let result: Rational | undefined = product ? Q.ONE : Q.ZERO;
  for (let i = first.top; result && i <= last.top; i++) {
    const term = exactOf(body, work, new Map([...given, [index, Q.whole(i)]]));
    result = term && (product ? Q.multiply(result, term, work) : Q.add(result, term, work));
  }
  return result;
}
