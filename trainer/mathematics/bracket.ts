/** @file What stands in brackets: groups, tuples, intervals, sets, absolute values, rounding. */
import { type Cursor, cursorOf, signAt, take, Unreadable } from "./cursor.ts";
import { apply, type Expression, keyOf, replaced, symbol } from "./expression.ts";

/** Reads from the opening bracket to what closes it. */
export function bracketed(cursor: Cursor): Expression {
  const opening = signAt(cursor);
  cursor.at++;
  switch (opening) {
    case "(":
    case "[":
      return tupleOrInterval(opening, cursor);
    case "{":
      return setOf(cursor);
    case "⟨": {
      const inner = inside(cursor, ["⟩"]).expression;
      return { kind: "collection", shape: "tuple", items: listed(inner) };
    }
    case "⌊":
      return apply("floor", inside(cursor, ["⌋"]).expression);
    case "⌈":
      return apply("ceil", inside(cursor, ["⌉"]).expression);
    case "(|": {
      // \left| ... \right| and \lvert ... \rvert; of a matrix the determinant.
      const inner = inside(cursor, ["|)"]).expression;
      return apply(inner.kind === "matrix" ? "det" : "abs", inner);
    }
    case "|":
      return apply("abs", inside(cursor, ["|"], true).expression);
    case "‖":
      return apply("norm", inside(cursor, ["‖"], true).expression);
    case "√":
      return apply("root", cursor.grammar.factor(cursor), { kind: "number", value: { top: 2n, bottom: 1n } });
    default:
      throw new Unreadable();
  }
}

/** A list up to one of the closing signs. */
function inside(
  cursor: Cursor,
  closing: readonly string[],
  bars = false,
): { expression: Expression; closed: string } {
  const inner = innerOf(cursor, bars);
  const expression = inner.grammar.list(inner);
  const closed = closing.find((sign) => take(inner, sign));
  if (closed === undefined) throw new Unreadable();
  cursor.at = inner.at;
  return { expression, closed };
}

const innerOf = ({ grammar, tokens, depth, at }: Cursor, bars: boolean): Cursor => ({
  ...cursorOf(grammar, tokens, depth + 1),
  at,
  bars,
});

const listed = (expression: Expression): readonly Expression[] =>
  expression.kind === "collection" && expression.shape === "list" ? expression.items : [expression];

function tupleOrInterval(opening: "(" | "[", cursor: Cursor): Expression {
  if (opening === "(" && signAt(cursor) === "mod") return remainderOf(cursor);
  const { expression, closed } = inside(cursor, [")", "]"]);
  const isList = expression.kind === "collection" && expression.shape === "list";
  if (!isList) {
    const isPair = (opening === "(" && closed === ")") || (opening === "[" && closed === "]");
    if (!isPair) throw new Unreadable();
    return expression;
  }
  const { items } = expression;
  if (opening === "(" && closed === ")") return { kind: "collection", shape: "tuple", items };
  if (items.length === 2) {
    const [low, high] = items as [Expression, Expression];
    return { kind: "interval", low, high, closedLow: opening === "[", closedHigh: closed === "]" };
  }
  if (opening === "[" && closed === "]") return { kind: "collection", shape: "square", items };
  throw new Unreadable();
}

/** (mod 5) after a congruence says nothing that could be compared. */
function remainderOf(cursor: Cursor): Expression {
  cursor.at++;
  const { expression } = inside(cursor, [")"]);
  return apply("modulus", expression);
}

function setOf(cursor: Cursor): Expression {
  if (take(cursor, "}")) return symbol("∅");
  const inner = innerOf(cursor, true);
  const first = inner.grammar.relation(inner);
  inner.bars = false;
  const bar = signAt(inner);
  const isBuilt = bar === "|" || bar === ":";
  if (isBuilt) inner.at++;
  const rest = isBuilt ? inner.grammar.list(inner) : inner.grammar.list(inner, first);
  if (!take(inner, "}")) throw new Unreadable();
  cursor.at = inner.at;
  return isBuilt ? builtOf(first, rest) : { kind: "collection", shape: "set", items: listed(rest) };
}

const isLetter = ({ kind }: Expression): boolean => kind === "symbol" || kind === "text";

/**
 * { x | x > 1 } is what its condition says, and so is { x ∈ ℝ | x > 1 }. Of { 2k | k ∈ ℤ } nobody knows more than that it goes by its
 * term and its condition, whatever the letter is called.
 */
function builtOf(term: Expression, condition: Expression): Expression {
  if (
    isLetter(term) ||
    (term.kind === "relation" && isLetter(term.sides[0]!)) ||
    (term.kind === "collection" && term.items.every(isLetter))
  )
    return condition;
  const letter = condition.kind === "relation" ? condition.sides[0]! : undefined;
  const renamed =
    letter?.kind === "symbol" ? new Map([[letter.name, symbol("each")]]) : new Map<string, Expression>();
  return {
    kind: "call",
    name: `set of each with ${keyOf(replaced(condition, renamed))}`,
    operands: [replaced(term, renamed)],
  };
}
