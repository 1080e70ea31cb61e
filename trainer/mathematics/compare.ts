/** @file Whether two expressions say the same: what kind each is, and then part by part. */
import { sameCollection, spreadOf } from "./collection.ts";
import { apply, type Expression, number } from "./expression.ts";
import { exactOf } from "./exact.ts";
import { spend, type Work } from "./limit.ts";
import { matrixOf, sameMatrix } from "./matrix.ts";
import { sameEquation, valueNamed } from "./equation.ts";
import { valueOf } from "./numeric.ts";
import { realSetOf, sameRealSet } from "./real-set.ts";
import { compare as order, ONE, whole } from "./rational.ts";
import { unitIn } from "./measure.ts";
import { hasSameDimension } from "./unit.ts";
import { type Outcome, sameValue } from "./value.ts";

/**
 * The right answer leads: what it leaves open (a name, a unit, the kind of bracket of a pair) the other may fill in, and what it
 * says the other may not contradict.
 */
export function same(gold: Expression, answer: Expression, work: Work): Outcome {
  if (!spend(work, 1)) return "undecided";
  const [right, said] = [roundedOf(gold), roundedOf(answer)];
  // Either side of √13 ≈ 3.61 may be what was asked for.
  if (right) return same(right.exact, answer, work);
  if (said) return same(gold, said.exact, work) === "equal" ? "equal" : same(gold, said.rounded, work);
  return sameRelations(gold, answer, work) ?? sameSets(gold, answer, work) ?? sameParts(gold, answer, work);
}

/** The sides of "a ≈ b" where both are numbers and b, as a decimal, is a rounding of a, or they are no more than a hundredth apart. */
function roundedOf(expression: Expression): { exact: Expression; rounded: Expression } | undefined {
  if (expression.kind !== "relation" || expression.operators.length !== 1 || expression.operators[0] !== "≈")
    return undefined;
  const [exact, rounded] = expression.sides as [Expression, Expression];
  const work = { left: 1000 };
  const [a, b] = [valueOf(exact, new Map(), work), valueOf(rounded, new Map(), work)];
  const most = rounded.kind === "number" ? 10 ** -(rounded.decimals ?? 0) : Math.abs((a?.re ?? 0) / 100);
  return a && b && Math.abs(a.re - b.re) < most ? { exact, rounded } : undefined;
}

const isRelation = (expression: Expression): expression is Expression & { kind: "relation" } =>
  expression.kind === "relation";

/**
 * Equation or value. `x = 5` is 5, and `y = 2x + 1` is 2x + 1: the left side only names the value. Any other equation, such as
 * `2 + 3 = 5` or `xy = 6`, is none of its sides. Two equations are the same if one is the other times a number.
 */
function sameRelations(gold: Expression, answer: Expression, work: Work): Outcome | undefined {
  const [right, said] = [valueNamed(gold, work), valueNamed(answer, work)];
  if (right && said) {
    if (areSameName(right.name, said.name)) {
      const outcome = same(right.value, said.value, work);
      if (outcome === "equal") return outcome;
    }
    return isRelation(gold) && isRelation(answer) ? sameEquation(gold, answer, work) : "different";
  }
  if (right && !isRelation(answer)) return same(right.value, answer, work);
  if (said && !isRelation(gold)) return same(gold, said.value, work);
  const equations = isRelation(gold) && isRelation(answer);
  if (equations) {
    const outcome = sameEquation(gold, answer, work);
    if (outcome === "equal") return outcome;
    const [one, other] = [realSetOf(gold, work), realSetOf(answer, work)];
    return one && other ? sameRealSet(one, other, work) : outcome;
  }
  // x = ±2 in two: a list of named values is looked at as one.
  return undefined;
}

/** y and f(x) both name a function. */
function areSameName(one: string, other: string): boolean {
  return one === other || functionName(one) === functionName(other);
}

const functionName = (name: string): string => (/^[fgh]\(x\)$/.test(name) ? "y" : name);

const isSet = (expression: Expression): boolean =>
  expression.kind === "interval" ||
  (expression.kind === "symbol" && (expression.name === "ℝ" || expression.name === "∅")) ||
  (expression.kind === "apply" && ["∪", "∩", "∖"].includes(expression.operator)) ||
  (expression.kind === "relation" &&
    expression.operators.some((operator) => operator !== "=" && operator !== "≈")) ||
  (expression.kind === "collection" && expression.shape === "list" && expression.items.some(isSet));

/** Intervals, unions and inequalities of one letter are sets of real numbers, whichever way they are written. */
function sameSets(gold: Expression, answer: Expression, work: Work): Outcome | undefined {
  if (!isSet(gold) && !isSet(answer)) return undefined;
  if (gold.kind === "matrix" || answer.kind === "matrix") return undefined;
  const [one, other] = [realSetOf(gold, work), realSetOf(answer, work)];
  if (one && other) return sameRealSet(one, other, work);
  if (gold.kind === "collection" && answer.kind === "collection")
    return sameCollection(gold, answer, work, same);
  if (one && other === undefined && !isSet(answer)) return "different";
  if (other && one === undefined && !isSet(gold)) return "different";
  return gold.kind === answer.kind ? sameByParts(gold, answer, work) : "undecided";
}

/** Sets that are no sets of numbers: the same operator on the same parts, or nobody knows. */
function sameByParts(gold: Expression, answer: Expression, work: Work): Outcome {
  if (
    gold.kind === "apply" &&
    answer.kind === "apply" &&
    gold.operator === answer.operator &&
    gold.operands.length === answer.operands.length
  ) {
    const outcomes = gold.operands.map((operand, at) => same(operand, answer.operands[at]!, work));
    return outcomes.every((outcome) => outcome === "equal") ? "equal" : "undecided";
  }
  return "undecided";
}

function sameParts(gold: Expression, answer: Expression, work: Work): Outcome {
  const [right, said] = [spreadOf(gold), spreadOf(answer)];
  const [goldMatrix, answerMatrix] = [matrixOf(right), matrixOf(said)];
  if (goldMatrix || answerMatrix) return sameMatrix(goldMatrix ?? right, answerMatrix ?? said, work, same);
  if (right.kind === "collection" || said.kind === "collection")
    return sameCollection(right, said, work, same);
  if (right.kind === "text" || said.kind === "text") return "undecided";
  const ratio = sameRatio(right, said, work);
  if (ratio) return ratio;
  return sameMeasure(right, said, work);
}

const isRatio = (one: Expression): boolean =>
  one.kind === "apply" && one.operator === "ratio" && one.operands.length > 2;

/** 1:2:3 is 2:4:6. */
function sameRatio(gold: Expression, answer: Expression, work: Work): Outcome | undefined {
  if (gold.kind !== "apply" || answer.kind !== "apply" || !isRatio(gold) || !isRatio(answer))
    return undefined;
  if (gold.operands.length !== answer.operands.length) return "different";
  const outcomes = gold.operands.map((part, at) =>
    sameValue(
      apply("*", part, answer.operands[0]!),
      apply("*", answer.operands[at]!, gold.operands[0]!),
      work,
    ),
  );
  return outcomes.find((outcome) => outcome !== "equal") ?? "equal";
}

/**
 * Units. Without one on either side the numbers count: the question says which is asked for. With both they must measure the same
 * kind of thing, and may be converted: 120 mm is 12 cm.
 */
function sameMeasure(gold: Expression, answer: Expression, work: Work): Outcome {
  const [right, said] = [measured(gold, answer), measured(answer, gold)];
  // Only a number may go without its unit: 50 cm is no 50 %.
  const [withUnit, without] = right.kind === "unit" ? [right, said] : [said, right];
  if (withUnit.kind === "unit" && !isRadian(withUnit) && isMarked(without) && !isMarked(withUnit.value))
    return "different";
  if (right.kind === "unit" && said.kind === "unit") {
    if (!hasSameDimension(right.unit, said.unit)) return "different";
    return samePercent(
      apply("*", right.value, number(right.unit.factor)),
      apply("*", said.value, number(said.unit.factor)),
      work,
    );
  }
  const [one, other] = [
    right.kind === "unit" ? right.value : right,
    said.kind === "unit" ? said.value : said,
  ] as const;
  // 30° is not 30 rad.
  return isRadian(right) || isRadian(said) ? sameValue(one, other, work) : samePercent(one, other, work);
}

const isRadian = (expression: Expression): boolean =>
  expression.kind === "unit" && expression.unit.powers["rad"] === 1;

const isMarked = (expression: Expression): boolean =>
  without(expression, "percent") !== undefined || without(expression, "degree") !== undefined;

/** -(5 cm) is (-5) cm; and beside a measure "5m" and "10 \frac{m}{s}" measure, too, if the letters are units. */
function measured(expression: Expression, other: Expression): Expression {
  if (expression.kind !== "apply") return expression;
  const { operator, operands } = expression;
  if (operator === "negate") {
    const inner = measured(operands[0]!, other);
    return inner.kind === "unit" ? { ...inner, value: apply("negate", inner.value) } : expression;
  }
  if (other.kind !== "unit" || operator !== "*") return expression;
  const [value, ...letters] = operands;
  const unit = value!.kind === "number" ? unitIn(apply("*", ...letters)) : undefined;
  return unit ? { kind: "unit", value: value!, unit } : expression;
}

/**
 * Percent and degrees. 50 % is 0.5, and also 50 where the other side leaves the sign out; but 0.5 is not 0.5 %, so a bare right
 * answer of 1 or less is never taken for a number of percents. 90° is 90 and, where the other side is no bare number, π/2.
 */
function samePercent(gold: Expression, answer: Expression, work: Work): Outcome {
  const [right, said] = [without(gold, "percent"), without(answer, "percent")];
  if (right && !said && sameValue(right, answer, work) === "equal") return "equal";
  if (said && !right && isAboveOne(gold, work) && sameValue(gold, said, work) === "equal") return "equal";
  const [degrees, other] = [without(gold, "degree"), without(answer, "degree")];
  if (degrees && !other && sameValue(degrees, answer, work) === "equal") return "equal";
  if (other && !degrees && sameValue(gold, other, work) === "equal") return "equal";
  const [base, digits] = [writtenIn(gold), writtenIn(answer)];
  if (base && !digits && sameValue(base, answer, work) === "equal") return "equal";
  return sameValue(gold, answer, work);
}

function without(expression: Expression, operator: string): Expression | undefined {
  if (expression.kind !== "apply") return undefined;
  if (expression.operator === operator) return expression.operands[0];
  if (expression.operator !== "negate") return undefined;
  const inner = without(expression.operands[0]!, operator);
  return inner && apply("negate", inner);
}

function isAboveOne(expression: Expression, work: Work): boolean {
  const value = exactOf(expression, work);
  return value !== undefined && (order(value, ONE) > 0 || order(value, whole(-1)) < 0);
}

/** 101_2 without its base, which the question may have told. */
const writtenIn = (expression: Expression): Expression | undefined =>
  expression.kind === "number" && expression.written ? number(expression.written) : undefined;
