/** @file Numbers as they are written: decimals, digits that repeat, mixed numbers, other bases. */
import type { Expression } from "./expression.ts";
import { add, divide, multiply, power, type Rational, whole } from "./rational.ts";
import { table } from "./table.ts";
import { textOf, type Token } from "./token.ts";

type NumberExpression = Expression & { kind: "number" };

/** A number of a few hundred digits at most costs little. */
const FREE = () => ({ left: 1_000_000 });

/** The number and how many of the next tokens belong to it. Undefined for "1.2.3". */
export function plainNumber(
  text: string,
  next: Token | undefined,
): { expression: NumberExpression; used: number } | undefined {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || text === ".") return undefined;
  const [, integer = "", part] = match;
  if (next?.type === "marked" && part !== undefined && /^(?:¯|dot|overline|bar)$/.test(next.mark)) {
    const repeated = textOf(next.tokens);
    if (/^\d+$/.test(repeated))
      return { expression: { kind: "number", value: repeating(integer, part, repeated) }, used: 1 };
  }
  if (next?.type === "sign" && next.text === "…" && part !== undefined) {
    const period = periodOf(part);
    if (period)
      return {
        expression: { kind: "number", value: repeating(integer, period.before, period.repeated) },
        used: 1,
      };
    return { expression: decimal(integer, part), used: 1 };
  }
  return {
    expression:
      part === undefined ? { kind: "number", value: whole(BigInt(integer)) } : decimal(integer, part),
    used: 0,
  };
}

function decimal(integer: string, part: string): NumberExpression {
  const value = divide(whole(BigInt(integer + part || "0")), whole(10n ** BigInt(part.length)), FREE())!;
  return { kind: "number", value, decimals: part.length };
}

/** 0.1(6) is (16 - 1) / 90. */
function repeating(integer: string, before: string, repeated: string): Rational {
  const all = BigInt(integer + before + repeated) - BigInt(integer + before || "0");
  return divide(
    whole(all),
    whole((10n ** BigInt(repeated.length) - 1n) * 10n ** BigInt(before.length)),
    FREE(),
  )!;
}

/** 0.333... repeats 3, 0.1818... repeats 18; a period has to be seen twice, one digit three times. */
function periodOf(part: string): { before: string; repeated: string } | undefined {
  for (let length = 1; length <= part.length / 2 && length <= 12; length++) {
    const repeated = part.slice(-length);
    const times = length === 1 ? 3 : 2;
    if (part.length < times * length || !part.endsWith(repeated.repeat(times))) continue;
    let start = part.length - times * length;
    while (start >= length && part.slice(start - length, start) === repeated) start -= length;
    return { before: part.slice(0, start), repeated };
  }
  return undefined;
}

/** 3\frac12 is three and a half; only of whole numbers, the top less than the bottom. */
export function mixedNumber(
  token: Token & { type: "number" },
  next: Token | undefined,
): NumberExpression | undefined {
  if (next?.type !== "fraction" || !/^\d+$/.test(token.text)) return undefined;
  const top = textOf(next.top);
  const bottom = textOf(next.bottom);
  if (!/^\d+$/.test(top) || !/^\d+$/.test(bottom) || BigInt(top) >= BigInt(bottom)) return undefined;
  const part = divide(whole(BigInt(top)), whole(BigInt(bottom)), FREE());
  const value = part && add(whole(BigInt(token.text)), part, FREE());
  return value && { kind: "number", value };
}

const BASES = table<number>({
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  sixteen: 16,
  hex: 16,
  bin: 2,
});

/** 101_2: its value, and 101 as it stands there. */
export function baseNumber(written: NumberExpression, base: string): NumberExpression | undefined {
  if (written.decimals !== undefined || written.written || written.value.bottom !== 1n) return undefined;
  return inBase(`${written.value.top}`, base);
}

export function inBase(digits: string, base: string): NumberExpression | undefined {
  const size = BASES[base.toLowerCase()] ?? (/^\d+$/.test(base) ? Number(base) : 0);
  if (size < 2 || size > 36) return undefined;
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (!(worth < size)) return undefined;
    value = value * BigInt(size) + BigInt(worth);
  }
  const written = /^\d+$/.test(digits) ? { written: whole(BigInt(digits)) } : {};
  return { kind: "number", value: whole(value), ...written };
}

/** A decimal that is the right rounding of a value is off by half of its last digit at most. */
export function halfOfLastDigit(decimals: number): Rational {
  return multiply({ top: 1n, bottom: 2n }, power(whole(10), whole(-decimals), FREE())!, FREE())!;
}
