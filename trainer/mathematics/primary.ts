/** @file One factor of a product: numbers, names, roots, fractions, matrices, and the powers and marks behind them. */
import { apply, type Expression, number, symbol } from "./expression.ts";
import { bracketed } from "./bracket.ts";
import { type Cursor, peek, signAt, unreadable, Unreadable } from "./cursor.ts";
import { callOf, isFunctionName } from "./function.ts";
import { ORDINAL } from "./measure.ts";
import { RELATIONS } from "./notation.ts";
import { baseNumber, mixedNumber, plainNumber } from "./number.ts";
import { textOf, type Token } from "./token.ts";
import { unitOf } from "./unit.ts";

/** A primary with powers, factorials, percent and degrees behind it. */
export function readFactor(cursor: Cursor): Expression {
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
  return apply("^", left, cursor.grammar.all(sup, cursor.depth));
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
        cursor.grammar.all(token.top, cursor.depth),
        cursor.grammar.all(token.bottom, cursor.depth),
      );
    case "root":
      cursor.at++;
      return apply(
        "root",
        cursor.grammar.all(token.body, cursor.depth),
        token.index ? cursor.grammar.all(token.index, cursor.depth) : number({ top: 2n, bottom: 1n }),
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
  const inner = cursor.grammar.all(tokens, cursor.depth);
  return inner.kind === "collection" && inner.shape === "list" ? { ...inner, shape: "set" } : inner;
}

function unknownCall(name: string, cursor: Cursor): Expression {
  const argument = bracketed(cursor);
  const operands = argument.kind === "collection" ? argument.items : [argument];
  return { kind: "call", name, operands };
}

type Cells = readonly (readonly Token[])[];

function matrixOf({ rows, cases }: Token & { type: "matrix" }, cursor: Cursor): Expression {
  const lines = linesOf(rows);
  if (!cases && lines.every((line, at) => line === rows[at]))
    return {
      kind: "matrix",
      rows: rows.map((row) =>
        row
          .filter((cell, column) => cell.length > 0 || column > 0)
          .map((cell) => cursor.grammar.all(cell, cursor.depth)),
      ),
    };
  const items = lines.map((line) => caseOf(line, cursor));
  // A system of equations: its lines are one list.
  return items.length === 1 ? items[0]! : { kind: "collection", shape: "list", items, joined: "and" };
}

const isRelating = (cell: readonly Token[] | undefined): boolean =>
  cell?.[0]?.type === "sign" && RELATIONS.has(cell[0].text);

/** Columns that only align: "x &= 5" is one cell, and a line that begins with "&=" goes on from the one above. */
function linesOf(rows: readonly Cells[]): readonly Cells[] {
  const lines: Cells[] = [];
  for (const row of rows) {
    const [first = [], second, ...others] = row;
    if (!isRelating(second)) lines.push(row);
    else if (first.length > 0) lines.push([[...first, ...second!], ...others]);
    else {
      const [above = [], ...beside] = lines.pop() ?? unreadable();
      lines.push([[...above, ...second!], ...beside]);
    }
  }
  return lines;
}

/** "7 & x > 0": a value with its condition. */
function caseOf([first = [], second = []]: Cells, cursor: Cursor): Expression {
  const value = cursor.grammar.all(withoutMarks(first), cursor.depth);
  const condition = conditionOf(withoutMarks(second), cursor);
  return condition ? { kind: "collection", shape: "tuple", items: [value, condition] } : value;
}

/** Behind words such as "if"; what is nothing but words goes by them, and is the same as those alone. */
function conditionOf(cell: readonly Token[], cursor: Cursor): Expression | undefined {
  if (cell.length === 0) return undefined;
  if (cell.some((token) => token.type === "word" && /\b(?:else|otherwise)\b/i.test(token.text)))
    return symbol("otherwise");
  // Without anything else its last word is left.
  const said = cell.slice(cell.findIndex((token) => token.type !== "word" && !isMark(token)));
  if (said.some(({ type }) => type === "word")) {
    const words = textOf(cell).toLowerCase();
    return { kind: "call", name: words.replace(/[\s,.]+/g, " "), operands: [] };
  }
  return cursor.grammar.all(said, cursor.depth);
}

const withoutMarks = (cell: readonly Token[]): readonly Token[] =>
  cell.slice(0, cell.findLastIndex((token) => !isMark(token)) + 1);

const isMark = (token: Token): boolean => token.type === "sign" && /^[,;.]$/.test(token.text);
