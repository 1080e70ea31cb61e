/** @file A place among tokens, with the grammar that reads on from it; its parts call each other through here. */
import type { Expression } from "./expression.ts";
import { table } from "./table.ts";
import type { Token } from "./token.ts";

/** What is no expression. Caught by `expressionOf`, and nowhere else. */
export class Unreadable extends Error {}

export interface Grammar {
  /** All of some tokens. */
  all(tokens: readonly Token[], depth: number): Expression;
  list(cursor: Cursor, first?: Expression): Expression;
  relation(cursor: Cursor): Expression;
  sum(cursor: Cursor): Expression;
  factor(cursor: Cursor): Expression;
}

export interface Cursor {
  readonly grammar: Grammar;
  readonly tokens: readonly Token[];
  at: number;
  readonly depth: number;
  /** In which a bar closes, so that it opens nothing. */
  bars: boolean;
}

/** Brackets, fractions and powers within each other. */
const DEEPEST = 100;

/** Words between answers. */
const JOINING = table<string>({
  or: "or",
  oder: "or",
  ou: "or",
  或: "or",
  или: "or",
  and: "and",
  und: "and",
  et: "and",
  y: "and",
  和: "and",
  与: "and",
  и: "and",
  ",": ",",
});
const OPENING = new Set(["(", "[", "{", "⟨", "⌊", "⌈", "(|", "√"]);

export function cursorOf(grammar: Grammar, tokens: readonly Token[], depth: number): Cursor {
  if (depth > DEEPEST) throw new Unreadable();
  return { grammar, tokens, at: 0, depth, bars: false };
}

export const peek = ({ tokens, at }: Cursor): Token | undefined => tokens[at];

export function signAt(cursor: Cursor): string | undefined {
  const token = peek(cursor);
  if (token?.type === "sign") return token.text;
  return token?.type === "word"
    ? JOINING[token.text.toLowerCase().replace(/^,\s*(?=.)|(?<=.),$/g, "")]
    : undefined;
}

export function take(cursor: Cursor, text: string): boolean {
  if (signAt(cursor) !== text) return false;
  cursor.at++;
  return true;
}

export function startsFactor(cursor: Cursor): boolean {
  const token = peek(cursor);
  if (token === undefined || token.type === "script" || token.type === "space" || token.type === "word")
    return false;
  return token.type !== "sign" || OPENING.has(token.text) || (token.text === "|" && !cursor.bars);
}

export function unreadable(): never {
  throw new Unreadable();
}
