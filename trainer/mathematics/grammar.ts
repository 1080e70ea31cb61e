/** @file Tokens as an expression: lists of relations of sums of products, by recursive descent. */
import { apply, type Collection, type Expression, number, symbol } from "./expression.ts";
import { bracketed } from "./bracket.ts";
import {
  type Cursor,
  cursorOf,
  type Grammar,
  peek,
  signAt,
  startsFactor,
  take,
  unreadable,
  Unreadable,
} from "./cursor.ts";
import { callOf, isFunctionName } from "./function.ts";
import { baseNumber, mixedNumber, plainNumber } from "./number.ts";
import { ENDING, ORDINAL, readUnit, startsUnit, together } from "./measure.ts";
import { prepared } from "./prepare.ts";
import { unitOf } from "./unit.ts";
import { textOf, type Token } from "./token.ts";

const RELATIONS = new Set(["=", "≡", "≠", "<", ">", "≤", "≥", "≈", "~", "≅", "∈", "∉"]);
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
  const rest = cursor.tokens[cursor.at];
  if (rest !== undefined && !(rest.type === "word" && ENDING.test(rest.text))) throw new Unreadable();
  return expression;
}

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
  const sides = [readRatio(cursor)];
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
      factors = [whole ? together(whole, part) : part];
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

/** A primary with powers, factorials, percent and degrees behind it. */
function readFactor(cursor: Cursor): Expression {
  let left = readPrimary(cursor);
  for (;;) {
    const token = peek(cursor);
    if (token?.type === "script") {
      cursor.at++;
      left = scripted(left, token, cursor);
      continue;
    }
    const text = signAt(cursor);
    if (text === "!") {
      const double = cursor.tokens[cursor.at + 1];
      const isDouble = double?.type === "sign" && double.text === "!";
      cursor.at += isDouble ? 2 : 1;
      left = apply(isDouble ? "!!" : "!", left);
    } else if (text === "%") {
      cursor.at++;
      left = apply("percent", left);
    } else if (text === "°") {
      cursor.at++;
      const scale = peek(cursor);
      const isScale = (scale?.type === "name" || scale?.type === "word") && /^[CF]$/.test(scale.text);
      if (isScale) cursor.at++;
      left = isScale ? { kind: "unit", value: left, unit: unitOf(`°${scale.text}`)! } : apply("degree", left);
    } else if (text === "'" && left.kind === "symbol") {
      cursor.at++;
      left = symbol(`${left.name}'`);
    } else return left;
  }
}

function scripted(base: Expression, { sub, sup }: Token & { type: "script" }, cursor: Cursor): Expression {
  let left = base;
  if (sub) {
    if (left.kind === "symbol") left = symbol(`${left.name}_${textOf(sub)}`);
    else if (left.kind === "number") left = baseNumber(left, textOf(sub)) ?? unreadable();
    else throw new Unreadable();
  }
  if (!sup) return left;
  const text = textOf(sup);
  if (/^'+$/.test(text) && left.kind === "symbol") return symbol(left.name + text);
  if (text === "°") return apply("degree", left);
  if (ORDINAL.test(text)) return left;
  if (/^[*+-]$/.test(text) && left.kind === "symbol") return symbol(left.name + text);
  return apply("^", left, readAll(sup, cursor.depth));
}

function readPrimary(cursor: Cursor): Expression {
  const token = peek(cursor);
  if (token === undefined) throw new Unreadable();
  switch (token.type) {
    case "number": {
      cursor.at++;
      const mixed = mixedNumber(token, peek(cursor));
      if (mixed) {
        cursor.at++;
        return mixed;
      }
      const { expression, used } = plainNumber(token.text, peek(cursor)) ?? unreadable();
      cursor.at += used;
      return expression;
    }
    case "name": {
      cursor.at++;
      const script = peek(cursor);
      const after = cursor.tokens[cursor.at + 1];
      // f^{-1}(x) and f'(x) are functions of their own.
      if (
        isFunctionName(token.text) &&
        script?.type === "script" &&
        after?.type === "sign" &&
        after.text === "("
      ) {
        cursor.at++;
        return unknownCall(token.text + textOf([script]), cursor);
      }
      return isFunctionName(token.text) && signAt(cursor) === "("
        ? unknownCall(token.text, cursor)
        : symbol(token.text);
    }
    case "marked":
      cursor.at++;
      return symbol(
        token.mark === "hat" || token.mark === "vec" || token.mark === "overrightarrow"
          ? markedName(token)
          : token.mark + textOf(token.tokens),
      );
    case "function":
      return callOf(cursor);
    case "group":
      cursor.at++;
      return grouped(token.tokens, cursor);
    case "fraction":
    case "binomial":
      cursor.at++;
      return apply(
        token.type === "fraction" ? "/" : "binomial",
        readAll(token.top, cursor.depth),
        readAll(token.bottom, cursor.depth),
      );
    case "root":
      cursor.at++;
      return apply(
        "root",
        readAll(token.body, cursor.depth),
        token.index ? readAll(token.index, cursor.depth) : number({ top: 2n, bottom: 1n }),
      );
    case "matrix":
      cursor.at++;
      return matrixOf(token, cursor);
    case "sign":
      return bracketed(cursor);
    case "word":
      cursor.at++;
      return { kind: "text", text: token.text };
    default:
      throw new Unreadable();
  }
}

/** A hat on i, j and k makes them directions; arrows are only a way to write a vector's name. */
function markedName(token: Token & { type: "marked" }): string {
  const name = textOf(token.tokens);
  return token.mark === "hat" && /^[ijk]$/.test(name) ? `hat${name}` : name;
}

/** Braces only group, but {1, 2} in plain text is a set. */
function grouped(tokens: readonly Token[], cursor: Cursor): Expression {
  const inner = readAll(tokens, cursor.depth);
  return inner.kind === "collection" && inner.shape === "list" ? { ...inner, shape: "set" } : inner;
}

function unknownCall(name: string, cursor: Cursor): Expression {
  const argument = bracketed(cursor);
  const operands = argument.kind === "collection" ? argument.items : [argument];
  return { kind: "call", name, operands };
}

function matrixOf({ rows, cases }: Token & { type: "matrix" }, cursor: Cursor): Expression {
  const read = rows.map((row) =>
    row.filter((cell, column) => cell.length > 0 || column > 0).map((cell) => readAll(cell, cursor.depth)),
  );
  if (!cases) return { kind: "matrix", rows: read };
  // A system of equations: its lines are one list; a second column only explains.
  return {
    kind: "collection",
    shape: "list",
    items: read.map((row) => row[0] ?? unreadable()),
    joined: "and",
  };
}
