/**
 * @file Whether two expressions have the same value: exactly where both are made of fractions, else at points that follow
 * from the names of their letters.
 */
import * as C from "./complex.ts";
import type { Complex } from "./complex.ts";
import { exactOf, type Assignment } from "./exact.ts";
import { type Expression, keyOf, some, variablesOf } from "./expression.ts";
import { spend, type Work } from "./limit.ts";
import { halfOfLastDigit } from "./number.ts";
import { hashOf, type Point, valueOf } from "./numeric.ts";
import { add, compare, isSame, negate, type Rational, toNumber } from "./rational.ts";

export type Outcome = "equal" | "different" | "undecided";

/** Values that letters take, by turns of this many. */
const POINTS = 8;
/** Points at which both have a value, before they count as equal. */
const ENOUGH = 3;

export function sameValue(gold: Expression, answer: Expression, work: Work): Outcome {
  const [right, said] = [keyOf(gold), keyOf(answer)];
  if (right === said) return "equal";
  if (!spend(work, Math.ceil((right.length + said.length) / 32))) return "undecided";
  const letters = [...new Set([...variablesOf(gold), ...variablesOf(answer)])].toSorted();
  if (letters.length === 0) return sameConstant(gold, answer, work);
  return exactly(gold, answer, letters, work) ?? sampled(gold, answer, letters, work);
}

function sameConstant(gold: Expression, answer: Expression, work: Work): Outcome {
  const [right, said] = [exactOf(gold, work), exactOf(answer, work)];
  if (right && said)
    return isSame(right, said) || isRounded(gold, answer, right, said, work) ? "equal" : "different";
  if (isInfinite(gold) || isInfinite(answer)) return sameInfinity(gold, answer);
  const [a, b] = [valueOf(gold, new Map(), work), valueOf(answer, new Map(), work)];
  if (!a || !b || a.lost || b.lost) return "undecided";
  if (roundsTo(gold, b) || roundsTo(answer, a)) return "equal";
  const outcome = near(a, b);
  // A large whole number next to something irrational: the double does not tell.
  if (
    outcome === "equal" &&
    (right ?? said) &&
    a.error + b.error > 0.01 &&
    isSame(right ?? said!, { top: (right ?? said!).top, bottom: 1n })
  )
    return "undecided";
  return outcome;
}

/** The same at random fractions is the same for sums, products and quotients of letters. */
function exactly(
  gold: Expression,
  answer: Expression,
  letters: readonly string[],
  work: Work,
): Outcome | undefined {
  for (let turn = 0; turn < ENOUGH; turn++) {
    const given: Assignment = new Map(
      letters.map((letter) => [
        letter,
        {
          top: BigInt(Math.floor(hashOf(letter, turn + 100) * 1e4) * (turn === 1 ? -1 : 1) + 3),
          bottom: turn === 0 ? 1009n : 997n,
        },
      ]),
    );
    const [right, said] = [exactOf(gold, work, given), exactOf(answer, work, given)];
    if (!right || !said) return undefined;
    if (!isSame(right, said)) return "different";
  }
  return "equal";
}

/** Where the right answer leaves the real numbers nothing is asked of it, unless it leaves them everywhere. */
function sampled(gold: Expression, answer: Expression, letters: readonly string[], work: Work): Outcome {
  const whole = wholeLetters(gold, answer, letters);
  const unreal: [Complex, Complex][] = [];
  let agreed = 0;
  for (let turn = 0; turn < POINTS; turn++) {
    const point: Point = new Map(letters.map((letter) => [letter, placeOf(letter, turn, whole.has(letter))]));
    const [right, said] = [valueOf(gold, point, work), valueOf(answer, point, work)];
    if (!right && !said) continue;
    // Only one has a value: the other may have overflowed, or have a pole of its own.
    if (!right || !said || right.lost || said.lost) continue;
    if (right.unreal) unreal.push([right, said]);
    else {
      const outcome = near(right, said);
      if (outcome === "different") return "different";
      if (outcome === "equal") agreed++;
    }
  }
  if (agreed >= ENOUGH) return "equal";
  for (const [right, said] of unreal) {
    const outcome = near(right, said);
    if (outcome === "different") return agreed > 0 ? "undecided" : "different";
    if (outcome === "equal") agreed++;
  }
  return agreed >= ENOUGH ? "equal" : "undecided";
}

/** By turns positive, negative, below 1, mixed, and complex. */
function placeOf(letter: string, turn: number, isWhole: boolean): Complex {
  const part = hashOf(letter, turn);
  if (isWhole) return C.real(1 + Math.floor(part * 6) + (turn % 4), 0);
  const spans = [
    [0.3, 2],
    [-2.5, -0.4],
    [0.05, 0.95],
    [1.2, 4],
    [-0.9, 2.3],
    [3, 9],
    [0.2, 0.8],
  ] as const;
  const [low, high] = spans[turn] ?? [0.3, 1.9];
  return { re: low + part * (high - low), im: turn === POINTS - 1 ? 0.2 + hashOf(letter, 50) : 0, error: 0 };
}

const COUNTING = /^[nmkNjl](?:_.*)?$/;

/** n in (-1)^n, n! and sin(nπ) counts something, and so do the bounds of sums. */
function wholeLetters(gold: Expression, answer: Expression, letters: readonly string[]): ReadonlySet<string> {
  if (!some(gold, counts) && !some(answer, counts)) return new Set();
  const sums = some(gold, isSum) || some(answer, isSum);
  return new Set(letters.filter((letter) => COUNTING.test(letter) || (sums && /^[a-wyz]$/.test(letter))));
}

const isSum = ({ kind }: Expression): boolean => kind === "sum";
const isNegation = (part: Expression): boolean => part.kind === "apply" && part.operator === "negate";
const isPi = (part: Expression): boolean => part.kind === "symbol" && part.name === "π";
const WHOLE = new Set(["!", "!!", "binomial", "floor", "ceil", "mod"]);

function counts(part: Expression): boolean {
  if (part.kind !== "apply") return part.kind === "sum";
  const [first] = part.operands;
  if (part.operator === "^") return variablesOf(first!).size === 0 && some(first!, isNegation);
  return WHOLE.has(part.operator) || (/^(?:sin|cos|tan|cis|exp)$/.test(part.operator) && some(part, isPi));
}

/** Equal as far as their errors allow to say so. */
function near(a: Complex, b: Complex): Outcome {
  const distance = Math.hypot(a.re - b.re, a.im - b.im);
  const room = 16 * (a.error + b.error);
  const scale = Math.max(C.size(a), C.size(b));
  if (distance > room) return "different";
  return room < 1e-8 * scale || room < 1e-11 ? "equal" : "undecided";
}

const isInfinite = (expression: Expression): boolean =>
  some(expression, (part) => part.kind === "symbol" && part.name === "∞");

/** Infinity is no finite value; sums with it are not worked out. */
function sameInfinity(gold: Expression, answer: Expression): Outcome {
  const [right, said] = [infinityOf(gold), infinityOf(answer)];
  if (right && said) return right === said ? "equal" : "different";
  return (right && !isInfinite(answer)) || (said && !isInfinite(gold)) ? "different" : "undecided";
}

function infinityOf(expression: Expression): string | undefined {
  if (expression.kind === "symbol") return expression.name === "∞" ? "+" : undefined;
  if (expression.kind !== "apply") return undefined;
  const [operand] = expression.operands;
  if (expression.operator === "negate") return infinityOf(operand!) === "+" ? "-" : undefined;
  return undefined;
}

/**
 * A decimal of six digits or more stands for what it is the right rounding of: 1.41421 for the root of 2, 0.333333 for a
 * third, as graders that compare floating-point numbers to six digits have it (Math-Verify). Shorter ones do not: 0.33 is
 * no third, and 3.14 is not π.
 */
const MANY_DIGITS = 6;

function digitsOf(expression: Expression): number | undefined {
  const number =
    expression.kind === "apply" && expression.operator === "negate" ? expression.operands[0]! : expression;
  if (number.kind !== "number" || number.decimals === undefined) return undefined;
  const top = `${number.value.top * (10n ** BigInt(number.decimals) / number.value.bottom)}`;
  return top.length >= MANY_DIGITS ? number.decimals : undefined;
}

function isRounded(
  gold: Expression,
  answer: Expression,
  right: Rational,
  said: Rational,
  work: Work,
): boolean {
  const [decimals, others] = [
    digitsOf(gold) ?? digitsOf(answer),
    digitsOf(gold) === undefined ? gold : answer,
  ];
  if (decimals === undefined || isLiteral(others)) return false;
  const distance = add(right, negate(said), work);
  if (!distance) return false;
  const length = distance.top < 0n ? negate(distance) : distance;
  return compare(length, halfOfLastDigit(decimals)) <= 0;
}

/** Decimals and whole numbers, which say exactly what they say; a fraction of another kind is what may be rounded. */
const isLiteral = (expression: Expression): boolean =>
  !some(expression, (part) => part.kind === "apply" && part.operator !== "negate" && part.operator !== "+") &&
  !(expression.kind === "number" && expression.value.bottom !== 1n && expression.decimals === undefined);

function roundsTo(decimal: Expression, value: Complex): boolean {
  const decimals = digitsOf(decimal);
  const exact = decimals === undefined ? undefined : exactOf(decimal, { left: 100 });
  if (!exact || !C.isReal(value)) return false;
  return Math.abs(toNumber(exact) - value.re) <= 0.5 * 10 ** -decimals! * (1 + 1e-9);
}
