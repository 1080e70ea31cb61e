/** @file Tokens as an expression: lists of relations of sums of products, by recursive descent. */
import { apply, type Collection, type Expression, symbol, variablesOf } from "./expression.ts";
import {
  type Cursor,
  cursorOf,
  type Grammar,
  peek,
  signAt,
  startsFactor,
  take,
  Unreadable,
} from "./cursor.ts";
import { ENDING, readUnit, startsUnit, together, withSign } from "./measure.ts";
import { RELATIONS } from "./notation.ts";
import { prepared } from "./prepare.ts";
import { readFactor } from "./primary.ts";
import { textOf, type Token } from "./token.ts";

const SEPARATORS = new Set([",", ";", "or", "and"]);

const GRAMMAR: Grammar = {
  all: readAll,
  list: readList,
  relation: readRelation,
  sum: readSum,
  factor: readFactor,
};

/** Undefined for what has no reading. */
export function expressionOf(tokens: readonly Token[]): Expression | undefined {
  try {
    return readAll(tokens, 0);
  } catch (error) {
    // Nothing that is short enough nests so deep but signs in a row.
    if (error instanceof Unreadable || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** All of the tokens as one expression. */
function readAll(tokens: readonly Token[], depth: number): Expression {
  const cursor = cursorOf(GRAMMAR, prepared(tokens), depth + 1);
  const expression = readList(cursor);
  const [rest, ...others] = cursor.tokens.slice(cursor.at);
  if (rest !== undefined && !(rest.type === "word" && ENDING.test(rest.text))) throw new Unreadable();
  // "5 if n > 0, 7 otherwise" says more than 5.
  if (rest && /^(?:for|if|when|whenever)\b/i.test(textOf([rest])) && others.some(saysElse))
    throw new Unreadable();
  return withoutDomains(expression);
}

/** "2kπ, k ∈ ℤ" and "1/x, x ≠ 0": what is said of the letters behind an answer that is no condition itself. */
function withoutDomains(expression: Expression): Expression {
  if (expression.kind !== "collection" || expression.shape !== "list" || expression.joined === "or")
    return expression;
  const [first, ...others] = expression.items;
  const isOpen = first!.kind === "relation" ? first.operators[0] === "=" : first!.kind !== "interval";
  return isOpen && others.every((item) => isDomain(item, variablesOf(first!))) ? first! : expression;
}

function isDomain(item: Expression, letters: ReadonlySet<string>): boolean {
  if (item.kind !== "relation" || item.operators.length !== 1) return false;
  const [letter, set] = item.sides;
  if (letter!.kind !== "symbol" || !letters.has(letter.name)) return false;
  return (
    item.operators[0] === "≠" ||
    (item.operators[0] === "∈" && set!.kind === "symbol" && /^[ℤℕℝℚ]/.test(set.name))
  );
}

const saysElse = (token: Token): boolean =>
  token.type === "word" && /^(?:,? *(?:and|or) )?(?:for|if|when|whenever|else|otherwise)\b/i.test(token.text);

function readList(cursor: Cursor, first = readRelation(cursor)): Expression {
  const items = [first];
  let joined: Collection["joined"] | undefined;
  for (
    let separator = signAt(cursor);
    separator !== undefined && SEPARATORS.has(separator);
    separator = signAt(cursor)
  ) {
    cursor.at++;
    // "1, 2, and 3"
    for (let next = signAt(cursor); next === "or" || next === "and"; next = signAt(cursor)) {
      separator = next;
      cursor.at++;
    }
    joined = separator === "or" || separator === "and" ? separator : (joined ?? ",");
    const next = peek(cursor);
    if (next === undefined || (next.type === "word" && ENDING.test(next.text))) break;
    items.push(readRelation(cursor));
  }
  return joined === undefined || items.length === 1
    ? items[0]!
    : { kind: "collection", shape: "list", items, joined };
}

function readRelation(cursor: Cursor): Expression {
  const sides = [definedFunction(cursor) ?? readRatio(cursor)];
  const operators: string[] = [];
  for (
    let operator = signAt(cursor);
    operator !== undefined && RELATIONS.has(operator);
    operator = signAt(cursor)
  ) {
    cursor.at++;
    operators.push(operator === "~" || operator === "≅" ? "≈" : operator);
    sides.push(readRatio(cursor));
  }
  // 17 ≡ 2 (mod 5) is about remainders, which the numbers alone say.
  return operators.length === 0 ? sides[0]! : { kind: "relation", operators, sides };
}

/** The left side of p(x) = x^2 + 1 or u(x, t) = 0, whatever letter names it. */
function definedFunction(cursor: Cursor): Expression | undefined {
  const [name, second] = cursor.tokens.slice(cursor.at, cursor.at + 2);
  if (name?.type !== "name" || !/^\p{L}$/u.test(name.text)) return undefined;
  const script = second?.type === "script" ? second : undefined;
  let end = cursor.at + (script ? 2 : 1);
  if (!isSign(cursor.tokens[end], "(")) return undefined;
  const operands: Expression[] = [];
  do {
    const letter = cursor.tokens[end + 1];
    if (letter?.type !== "name" || letter.text === name.text) return undefined;
    operands.push(symbol(letter.text));
    end += 2;
  } while (isSign(cursor.tokens[end], ","));
  if (!isSign(cursor.tokens[end], ")") || !isSign(cursor.tokens[end + 1], "=")) return undefined;
  cursor.at = end + 1;
  return { kind: "call", name: name.text + (script ? textOf([script]) : ""), operands };
}

const isSign = (token: Token | undefined, text: string): boolean =>
  token?.type === "sign" && token.text === text;

function readRatio(cursor: Cursor): Expression {
  const parts = [readUnion(cursor)];
  while (signAt(cursor) === ":" && !cursor.bars) {
    cursor.at++;
    parts.push(readUnion(cursor));
  }
  return parts.length === 1 ? parts[0]! : apply("ratio", ...parts);
}

function readUnion(cursor: Cursor): Expression {
  let left = readSum(cursor);
  for (
    let operator = signAt(cursor);
    operator === "∪" || operator === "∩" || operator === "∖";
    operator = signAt(cursor)
  ) {
    cursor.at++;
    left = apply(operator, left, readSum(cursor));
  }
  return left;
}

function readSum(cursor: Cursor): Expression {
  const terms: Expression[] = [];
  let operator: string | undefined = "";
  do {
    if (operator !== "") cursor.at++;
    const term = readSigned(cursor);
    if (operator === "-") terms.push(apply("negate", term));
    else if (operator === "±" || operator === "∓") terms.push(apply(operator, term));
    else terms.push(term);
    operator = signAt(cursor);
  } while (operator === "+" || operator === "-" || operator === "±" || operator === "∓");
  return terms.length === 1 ? terms[0]! : apply("+", ...terms);
}

/** Signs before a product. */
function readSigned(cursor: Cursor): Expression {
  const signs: string[] = [];
  for (
    let next = signAt(cursor);
    next === "+" || next === "-" || next === "±" || next === "∓";
    next = signAt(cursor)
  ) {
    signs.push(next);
    cursor.at++;
  }
  const product = readProduct(cursor);
  const negative = signs.filter((one) => one === "-").length % 2 === 1;
  const either = signs.find((one) => one === "±" || one === "∓");
  const signed = negative ? apply("negate", product) : product;
  return either ? apply(either, signed) : signed;
}

/** A quotient is a product with an inverse, so that long ones are flat. */
function readProduct(cursor: Cursor): Expression {
  let factors = [readFactor(cursor)];
  for (;;) {
    const operator = signAt(cursor);
    if (operator === "*" || operator === "/") {
      cursor.at++;
      const factor = readAfterOperator(cursor);
      factors.push(operator === "*" ? factor : apply("inverse", factor));
    } else if (operator === "mod") {
      cursor.at++;
      factors = [apply("mod", product(factors), readFactor(cursor))];
    } else if (startsUnit(cursor)) {
      const whole = factors[0]?.kind === "unit" ? factors[0] : undefined;
      const value = product(whole ? factors.slice(1) : factors);
      const part: Expression & { kind: "unit" } = { kind: "unit", value, unit: readUnit(cursor) };
      factors = [whole ? together(whole, part) : withSign(part)];
    } else if (startsFactor(cursor)) {
      // Two numbers side by side say nothing.
      if (peek(cursor)?.type === "number" && cursor.tokens[cursor.at - 1]?.type === "number")
        throw new Unreadable();
      factors.push(readFactor(cursor));
    } else return product(factors);
  }
}

function product(factors: readonly Expression[]): Expression {
  const [first, second] = factors;
  if (factors.length === 1) return first!;
  // A(1, 2) is a point with its name.
  const isPoint = first!.kind === "symbol" && /^[A-Z]/.test(first.name) && second!.kind === "collection";
  return isPoint && factors.length === 2 ? second : apply("*", ...factors);
}

function readAfterOperator(cursor: Cursor): Expression {
  if (take(cursor, "-")) return apply("negate", readFactor(cursor));
  take(cursor, "+");
  return readFactor(cursor);
}
