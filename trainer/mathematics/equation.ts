/** @file Equations: which only name a value, and which are the same as others. */
import { apply, type Expression, keyOf, type Relation, some, variablesOf } from "./expression.ts";
import { exactOf } from "./exact.ts";
import type { Work } from "./limit.ts";
import { hashOf, type Point, valueOf } from "./numeric.ts";
import * as C from "./complex.ts";
import { FLIPPED } from "./notation.ts";
import { compare, divide, isSame, type Rational, ZERO } from "./rational.ts";
import { type Outcome, sameValue } from "./value.ts";

export interface Named {
  name: string;
  value: Expression;
}

/**
 * The value of `x = 5`, `f(x) = 2x`, `AB = 3`, `(x, y) = (1, 2)`, `x = 10/2 = 5` and `x ≈ 3.14`. Undefined for other equations,
 * for those that contradict themselves, and for what is no equation.
 */
export function valueNamed(expression: Expression, work: Work): Named | undefined {
  if (
    expression.kind !== "relation" ||
    !expression.operators.every((operator) => operator === "=" || operator === "≈" || operator === "≡")
  )
    return undefined;
  const [first, ...rest] = expression.sides;
  const name = nameOf(first!);
  const value = rest.at(-1)!;
  if (name === undefined || mentions(value, first!)) return undefined;
  // x = 4 = 5 is no answer at all.
  const agree = rest
    .slice(0, -1)
    .every((side, at) => expression.operators[at + 1] !== "=" || sameValue(side, value, work) === "equal");
  return agree
    ? { name, value: expression.operators.at(-1) === "≈" && rest.length > 1 ? rest.at(-2)! : value }
    : undefined;
}

/** What may stand for a value: a letter, points, a function of letters, a measure of points, a tuple of names. */
function nameOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "symbol":
      return expression.name;
    case "text":
      return expression.text;
    case "call":
      return `${expression.name}(${expression.operands.map((operand) => keyOfName(operand)).join(",")})`;
    case "collection":
      return expression.items.every((item) => item.kind === "symbol") ? keyOf(expression) : undefined;
    case "apply":
      return isNaming(expression) ? keyOf(expression) : undefined;
    default:
      return undefined;
  }
}

/** AB is a length, |AB| too, ∠ABC an angle, cos A a ratio, P(A ∩ B) a probability, dy/dx a derivative. */
function isNaming({ operator, operands }: Expression & { kind: "apply" }): boolean {
  const [first] = operands;
  switch (operator) {
    case "*": {
      if (first!.kind !== "symbol") return false;
      if (
        /^[PE∠△]$/.test(first.name) ||
        operands.some((operand) => operand.kind === "symbol" && operand.name === "∠")
      )
        return true;
      return operands.every((operand) => operand.kind === "symbol" && /^[A-Z](?:_.*|'*)$/.test(operand.name));
    }
    case "abs":
      return first!.kind === "apply" && isNaming(first);
    case "/":
      return operands.every((operand) => keyOf(leadOf(operand)) === keyOf({ kind: "symbol", name: "d" }));
    case "sin":
    case "cos":
    case "tan":
      return !some(first!, (part) => part.kind === "apply" && part.operator !== "*");
    default:
      return false;
  }
}

const leadOf = (product: Expression): Expression =>
  product.kind === "apply" && (product.operator === "*" || product.operator === "^")
    ? leadOf(product.operands[0]!)
    : product;

const keyOfName = (expression: Expression): string =>
  expression.kind === "symbol" ? expression.name : keyOf(expression);

function mentions(value: Expression, name: Expression): boolean {
  return name.kind === "symbol" && variablesOf(value).has(name.name);
}

/** The difference of the sides of one must be that of the other times one number, above 0 for inequalities. */
export function sameEquation(gold: Relation, answer: Relation, work: Work): Outcome {
  if (gold.operators.length !== answer.operators.length) return "different";
  if (gold.operators.length > 1) return sameChain(gold, answer, work);
  const flip =
    gold.operators[0] === answer.operators[0]
      ? 1
      : FLIPPED[gold.operators[0]!] === answer.operators[0]
        ? -1
        : 0;
  if (flip === 0) return "different";
  const [right, said] = [differenceOf(gold), differenceOf(answer)];
  const isEquation = gold.operators[0] === "=" || gold.operators[0] === "≠" || gold.operators[0] === "≈";
  return proportion(right, said, isEquation ? 0 : flip, work);
}

function sameChain(gold: Relation, answer: Relation, work: Work): Outcome {
  const orders = [
    answer,
    {
      ...answer,
      sides: answer.sides.toReversed(),
      operators: answer.operators.toReversed().map((operator) => FLIPPED[operator] ?? operator),
    },
  ];
  for (const { operators, sides } of orders) {
    if (operators.some((operator, at) => operator !== gold.operators[at])) continue;
    const outcomes = sides.map((side, at) => sameValue(gold.sides[at]!, side, work));
    if (outcomes.every((outcome) => outcome === "equal")) return "equal";
  }
  return "different";
}

/** Without the denominators that hold a letter: x/y = 2 is x = 2y wherever both say something. */
function differenceOf({ sides }: Relation): Expression {
  const [left, right] = sides as [Expression, Expression];
  const terms = [...termsOf(left), ...termsOf(right).map((term) => apply("negate", term))];
  const bottoms = [...new Map(terms.flatMap(bottomsOf).map((bottom) => [keyOf(bottom), bottom])).values()];
  const sum = apply("+", ...terms);
  return bottoms.length === 0 || bottoms.length > 4 ? sum : apply("*", sum, ...bottoms);
}

const termsOf = (sum: Expression): readonly Expression[] =>
  sum.kind === "apply" && sum.operator === "+" ? sum.operands : [sum];

function bottomsOf(term: Expression): readonly Expression[] {
  if (term.kind !== "apply") return [];
  if (term.operator === "negate") return bottomsOf(term.operands[0]!);
  if (term.operator === "*") return term.operands.flatMap(bottomsOf);
  const bottom =
    term.operator === "/" ? term.operands[1] : term.operator === "inverse" ? term.operands[0] : undefined;
  return bottom && variablesOf(bottom).size > 0 ? [bottom] : [];
}

function proportion(gold: Expression, answer: Expression, sense: number, work: Work): Outcome {
  const letters = [...new Set([...variablesOf(gold), ...variablesOf(answer)])].toSorted();
  const exact = letters.length === 0 ? undefined : exactProportion(gold, answer, letters, sense, work);
  if (exact) return exact;
  if (letters.length === 0) return sameValue(gold, answer, work);
  const ratios: C.Complex[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const point: Point = new Map(
      letters.map((letter) => [letter, C.real(0.4 + 2 * hashOf(letter, turn + 30) + turn / 5, 0)]),
    );
    const [right, said] = [valueOf(gold, point, work), valueOf(answer, point, work)];
    const inverse = said && C.inverse(said);
    if (!right || !inverse || right.lost || said.lost || right.unreal) continue;
    ratios.push(C.times(right, inverse));
  }
  if (ratios.length < 3) return "undecided";
  const [first, ...rest] = ratios as [C.Complex, ...C.Complex[]];
  const isOne = rest.every(
    (ratio) => Math.hypot(ratio.re - first.re, ratio.im - first.im) <= 32 * (ratio.error + first.error),
  );
  return isOne && C.size(first) > first.error * 2 && (sense === 0 || Math.sign(first.re) === sense)
    ? "equal"
    : "different";
}

function exactProportion(
  gold: Expression,
  answer: Expression,
  letters: readonly string[],
  sense: number,
  work: Work,
): Outcome | undefined {
  let ratio: Rational | undefined;
  for (let turn = 0; turn < 3; turn++) {
    const given = new Map(
      letters.map((letter) => [
        letter,
        { top: BigInt(Math.floor(hashOf(letter, turn + 200) * 1e4) + 3), bottom: turn === 0 ? 1009n : 997n },
      ]),
    );
    const [right, said] = [exactOf(gold, work, given), exactOf(answer, work, given)];
    if (!right || !said) return undefined;
    const next = divide(right, said, work);
    if (!next || next.top === 0n) return right.top === 0n && said.top === 0n ? undefined : "different";
    if (ratio && !isSame(ratio, next)) return "different";
    ratio = next;
  }
  return sense === 0 || compare(ratio!, ZERO) === sense ? "equal" : "different";
}
