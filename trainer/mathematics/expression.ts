/** @file What an answer says, as a tree: values, and what is made of them. */
import type { Rational } from "./rational.ts";
import type { Unit } from "./unit.ts";

/** Arithmetic ("+", "*", "/", "^", "negate", "±", "percent" ...) and functions ("root", "log", "sin" ...). */
export type Operator = string;

export type Expression =
  | {
      kind: "number";
      value: Rational;
      /** Digits after the point where it was written as a decimal. */
      decimals?: number;
      /** A number in another base as it was written, without the base. */
      written?: Rational;
    }
  | { kind: "symbol"; name: string }
  | { kind: "apply"; operator: Operator; operands: readonly Expression[] }
  /** A function that nothing is known of, such as f(x). */
  | { kind: "call"; name: string; operands: readonly Expression[] }
  | { kind: "sum"; product: boolean; index: string; from: Expression; to: Expression; body: Expression }
  | { kind: "unit"; value: Expression; unit: Unit }
  | Collection
  | { kind: "interval"; low: Expression; high: Expression; closedLow: boolean; closedHigh: boolean }
  /** a < b = c has two operators and three sides. */
  | Relation
  | { kind: "matrix"; rows: readonly (readonly Expression[])[] }
  | { kind: "text"; text: string };

export interface Collection {
  kind: "collection";
  /** A list has no brackets: "1, 2" or "1 or 2". */
  shape: "set" | "tuple" | "square" | "list";
  items: readonly Expression[];
  joined?: "and" | "or" | ",";
}

export interface Relation {
  kind: "relation";
  operators: readonly string[];
  sides: readonly Expression[];
}

export const apply = (operator: Operator, ...operands: readonly Expression[]): Expression => ({
  kind: "apply",
  operator,
  operands,
});

export const number = (value: Rational): Expression => ({ kind: "number", value });

export const symbol = (name: string): Expression => ({ kind: "symbol", name });

/** Names that stand for one number. */
export const CONSTANTS: ReadonlySet<string> = new Set(["π", "e", "i", "∞"]);

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "apply":
    case "call":
      return expression.operands;
    case "sum":
      return [expression.from, expression.to, expression.body];
    case "unit":
      return [expression.value];
    case "collection":
      return expression.items;
    case "interval":
      return [expression.low, expression.high];
    case "relation":
      return expression.sides;
    case "matrix":
      return expression.rows.flat();
    default:
      return [];
  }
}

/** Whether it or any part of it is such. */
export function some(expression: Expression, is: (part: Expression) => boolean): boolean {
  return is(expression) || childrenOf(expression).some((child) => some(child, is));
}

/** With something else for each of its parts, the innermost first. Sums stay as they are: they bind a letter of their own. */
export function mapped(expression: Expression, of: (part: Expression) => Expression): Expression {
  const one = (part: Expression): Expression => mapped(part, of);
  switch (expression.kind) {
    case "apply":
    case "call":
      return of({ ...expression, operands: expression.operands.map(one) });
    case "unit":
      return of({ ...expression, value: one(expression.value) });
    case "collection":
      return of({ ...expression, items: expression.items.map(one) });
    case "interval":
      return of({ ...expression, low: one(expression.low), high: one(expression.high) });
    case "relation":
      return of({ ...expression, sides: expression.sides.map(one) });
    case "matrix":
      return of({ ...expression, rows: expression.rows.map((row) => row.map(one)) });
    default:
      return of(expression);
  }
}

/** With something else for each symbol of these names. */
export const replaced = (expression: Expression, by: ReadonlyMap<string, Expression>): Expression =>
  mapped(expression, (part) => (part.kind === "symbol" ? (by.get(part.name) ?? part) : part));

/** The names of what may vary. */
export function variablesOf(expression: Expression, found = new Set<string>()): Set<string> {
  if (expression.kind === "symbol" && !CONSTANTS.has(expression.name)) found.add(expression.name);
  for (const child of childrenOf(expression)) variablesOf(child, found);
  if (expression.kind === "sum") found.delete(expression.index);
  return found;
}

/** One text for each tree, whatever its numbers are written like. */
export function keyOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) =>
    typeof value === "bigint" ? `${value}` : key === "decimals" || key === "joined" ? undefined : value,
  );
}
