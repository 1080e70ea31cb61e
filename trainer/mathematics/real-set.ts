/** @file Sets of real numbers as intervals in order: what intervals, unions and inequalities come to. */
import { apply, type Expression, number, type Relation, symbol, variablesOf } from "./expression.ts";
import { exactOf } from "./exact.ts";
import type { Work } from "./limit.ts";
import { FLIPPED } from "./notation.ts";
import { valueOf } from "./numeric.ts";
import { compare, isSame, ONE, type Rational, toNumber, ZERO } from "./rational.ts";
import { type Outcome, sameValue } from "./value.ts";

export interface Piece {
  low: End;
  high: End;
}

interface End {
  expression: Expression;
  value: number;
  closed: boolean;
}

export interface RealSet {
  pieces: readonly Piece[];
  /** The letter that an inequality is about. */
  letter?: string;
}

const BELOW: End = { expression: apply("negate", symbol("∞")), value: -Infinity, closed: false };
const ABOVE: End = { expression: symbol("∞"), value: Infinity, closed: false };
const ALL: Piece = { low: BELOW, high: ABOVE };

/** Undefined for what is no set of real numbers. */
export function realSetOf(expression: Expression, work: Work): RealSet | undefined {
  switch (expression.kind) {
    case "interval": {
      const { low, high, closedLow, closedHigh } = expression;
      return spanOf(low, high, closedLow, closedHigh, work);
    }
    case "symbol":
      return expression.name === "ℝ"
        ? { pieces: [ALL] }
        : expression.name === "∅"
          ? { pieces: [] }
          : undefined;
    case "collection": {
      const { shape, items, joined } = expression;
      if (shape === "tuple")
        return items.length === 2 ? spanOf(items[0]!, items[1]!, false, false, work) : undefined;
      if (shape === "square") return undefined;
      const sets = items.map((item) =>
        item.kind === "relation" || shape === "list" ? realSetOf(item, work) : pointsOf([item], work),
      );
      if (
        !sets.every((set) => set !== undefined) ||
        new Set(sets.flatMap(({ letter }) => letter ?? [])).size > 1
      )
        return undefined;
      const isBoth = shape === "list" && joined !== "or" && items.every(({ kind }) => kind === "relation");
      const both = isBoth ? sets.reduce((one, other) => intersection(one, other)) : undefined;
      // "x < 1 and x > 3" means either.
      return both && both.pieces.length > 0 ? both : sets.reduce((one, other) => union(one, other));
    }
    case "apply": {
      const { operator, operands } = expression;
      if (operator !== "∪" && operator !== "∩" && operator !== "∖") return undefined;
      const [one, other] = operands.map((operand) => realSetOf(operand, work));
      if (!one || !other) return undefined;
      if (operator === "∪") return union(one, other);
      return intersection(one, operator === "∩" ? other : complement(other));
    }
    case "relation":
      return solutionsOf(expression, work);
    default:
      return undefined;
  }
}

/** Without a letter of its own, both or neither may be told. */
export function sameRealSet(gold: RealSet, answer: RealSet, work: Work): Outcome {
  if (gold.letter !== undefined && answer.letter !== undefined && gold.letter !== answer.letter)
    return "different";
  if (gold.pieces.length !== answer.pieces.length) return "different";
  let outcome: Outcome = "equal";
  for (const [at, piece] of gold.pieces.entries()) {
    for (const side of ["low", "high"] as const) {
      const [right, said] = [piece[side], answer.pieces[at]![side]];
      if (right.closed !== said.closed) return "different";
      const same = sameValue(right.expression, said.expression, work);
      if (same === "different") return same;
      if (same === "undecided") outcome = same;
    }
  }
  return outcome;
}

function endOf(expression: Expression, closed: boolean, work: Work): End | undefined {
  const text = JSON.stringify(expression, (_, part: unknown) =>
    typeof part === "bigint" ? `${part}` : part,
  );
  if (text === JSON.stringify(ABOVE.expression)) return ABOVE;
  if (text === JSON.stringify(BELOW.expression)) return BELOW;
  const value = exactOf(expression, work);
  const near = value ? toNumber(value) : valueOf(expression, new Map(), work)?.re;
  return near === undefined || !Number.isFinite(near) ? undefined : { expression, value: near, closed };
}

function spanOf(
  low: Expression,
  high: Expression,
  closedLow: boolean,
  closedHigh: boolean,
  work: Work,
): RealSet | undefined {
  const [from, to] = [endOf(low, closedLow, work), endOf(high, closedHigh, work)];
  if (!from || !to) {
    // With letters at its ends nothing is known of their order, and nothing needed while it stands alone.
    if (variablesOf(low).size + variablesOf(high).size === 0) return undefined;
    const loose = (expression: Expression, closed: boolean, end: End | undefined): End =>
      end ?? { expression, value: Number.NaN, closed };
    return { pieces: [{ low: loose(low, closedLow, from), high: loose(high, closedHigh, to) }] };
  }
  return from.value > to.value ? undefined : { pieces: [{ low: from, high: to }] };
}

function pointsOf(values: readonly Expression[], work: Work): RealSet | undefined {
  const ends = values.map((value) => endOf(value, true, work));
  return ends.every((end) => end !== undefined)
    ? ends.map((end): RealSet => ({ pieces: [{ low: end, high: end }] })).reduce(union)
    : undefined;
}

const letterOf = (one: RealSet, other: RealSet): Pick<RealSet, "letter"> => {
  const letter = one.letter ?? other.letter;
  return letter === undefined ? {} : { letter };
};

function union(one: RealSet, other: RealSet): RealSet {
  const pieces: Piece[] = [];
  for (const piece of [...one.pieces, ...other.pieces].sort((a, b) => startOrder(a.low, b.low))) {
    const last = pieces.at(-1);
    const touches =
      last &&
      (piece.low.value < last.high.value ||
        (piece.low.value === last.high.value && (piece.low.closed || last.high.closed)));
    if (!touches) pieces.push(piece);
    else if (
      piece.high.value > last.high.value ||
      (piece.high.value === last.high.value && piece.high.closed)
    ) {
      pieces[pieces.length - 1] = { low: last.low, high: piece.high };
    }
  }
  return { pieces, ...letterOf(one, other) };
}

function startOrder(a: End, b: End): number {
  return a.value === b.value ? Number(b.closed) - Number(a.closed) : a.value - b.value;
}

function intersection(one: RealSet, other: RealSet): RealSet {
  const pieces: Piece[] = [];
  for (const a of one.pieces) {
    for (const b of other.pieces) {
      const low = a.low.value > b.low.value || (a.low.value === b.low.value && !a.low.closed) ? a.low : b.low;
      const high =
        a.high.value < b.high.value || (a.high.value === b.high.value && !a.high.closed) ? a.high : b.high;
      if (low.value < high.value || (low.value === high.value && low.closed && high.closed))
        pieces.push({ low, high });
    }
  }
  return { pieces, ...letterOf(one, other) };
}

function complement({ pieces, letter }: RealSet): RealSet {
  let left: RealSet = { pieces: [ALL] };
  for (const { low, high } of pieces) {
    const outside: Piece[] = [];
    if (low.value > -Infinity) outside.push({ low: BELOW, high: { ...low, closed: !low.closed } });
    if (high.value < Infinity) outside.push({ low: { ...high, closed: !high.closed }, high: ABOVE });
    left = intersection(left, { pieces: outside });
  }
  return { ...left, ...(letter !== undefined && { letter }) };
}

/** What a letter may be by an inequality that is linear in it, or in whose absolute value it is. */
function solutionsOf({ operators, sides }: Relation, work: Work): RealSet | undefined {
  let all: RealSet | undefined;
  for (const [at, operator] of operators.entries()) {
    const [left, right] = [sides[at]!, sides[at + 1]!];
    const set = operator === "∈" ? memberOf(left, right, work) : solved(left, operator, right, work);
    if (!set || (all && letterOf(all, set).letter !== set.letter)) return undefined;
    all = all ? intersection(all, set) : set;
  }
  return all;
}

function memberOf(left: Expression, right: Expression, work: Work): RealSet | undefined {
  const set = left.kind === "symbol" ? realSetOf(right, work) : undefined;
  return set && left.kind === "symbol" ? { ...set, letter: left.name } : undefined;
}

function solved(left: Expression, operator: string, right: Expression, work: Work): RealSet | undefined {
  if (FLIPPED[operator] === undefined) return undefined;
  const [variable, others] = [variablesOf(left), variablesOf(right)];
  if (variable.size === 0 && others.size === 1) return solved(right, FLIPPED[operator], left, work);
  if (variable.size !== 1 || others.size > 0) return undefined;
  const [letter] = variable as unknown as [string];
  const absolute = left.kind === "apply" && left.operator === "abs" ? left.operands[0] : undefined;
  if (absolute) {
    const [above, below] = [
      solved(absolute, operator, right, work),
      solved(absolute, FLIPPED[operator], apply("negate", right), work),
    ];
    if (!above || !below || operator === "≠") return undefined;
    const set = operator === "<" || operator === "≤" ? intersection(above, below) : union(above, below);
    return { ...set, letter };
  }
  const line = left.kind === "symbol" ? { slope: ONE, start: ZERO } : lineOf(left, letter, work);
  if (!line || line.slope.top === 0n) return undefined;
  const moved = isSame(line.start, ZERO) ? right : apply("+", right, apply("negate", number(line.start)));
  const bound = endOf(
    isSame(line.slope, ONE) ? moved : apply("/", moved, number(line.slope)),
    operator !== "<" && operator !== ">",
    work,
  );
  if (!bound) return undefined;
  const sense = compare(line.slope, ZERO) > 0 ? operator : FLIPPED[operator];
  return { pieces: piecesOf(sense, bound), letter };
}

function piecesOf(operator: string, bound: End): readonly Piece[] {
  const open = { ...bound, closed: false };
  if (operator === "=") return [{ low: bound, high: bound }];
  if (operator === "<" || operator === "≤") return [{ low: BELOW, high: bound }];
  if (operator === ">" || operator === "≥") return [{ low: bound, high: ABOVE }];
  return [
    { low: BELOW, high: open },
    { low: open, high: ABOVE },
  ];
}

/** Slope and value at 0, if the values at 0, 1, 2 and 7 lie on a line. */
function lineOf(
  expression: Expression,
  letter: string,
  work: Work,
): { slope: Rational; start: Rational } | undefined {
  const at = (place: bigint) => exactOf(expression, work, new Map([[letter, { top: place, bottom: 1n }]]));
  const [start, one] = [at(0n), at(1n)];
  if (!start || !one) return undefined;
  const slope = exactOf(apply("+", number(one), apply("negate", number(start))), work);
  if (!slope) return undefined;
  const onLine = (place: bigint) => {
    const [value, expected] = [
      at(place),
      exactOf(apply("+", number(start), apply("*", number(slope), number({ top: place, bottom: 1n }))), work),
    ];
    return value !== undefined && expected !== undefined && isSame(value, expected);
  };
  return onLine(2n) && onLine(-7n) ? { slope, start } : undefined;
}
