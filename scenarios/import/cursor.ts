/** @file Where a parser stands in the tokens of a file. */
import { notPython, type Place } from "./refusal.ts";
import type { Token } from "./token.ts";

/** Brackets in brackets and blocks in blocks; Python allows about as many. */
const DEEPEST = 90;

export class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next token, or the one after it. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.peek();
    if (this.#next < this.#tokens.length - 1) this.#next++;
    return token;
  }

  /** Whether the next token is this operator or keyword. */
  sees(text: string): boolean {
    const token = this.peek();
    return (token.kind === "operator" || token.kind === "name") && token.text === text;
  }

  accept(text: string): boolean {
    const found = this.sees(text);
    if (found) this.take();
    return found;
  }

  expect(text: string): Token {
    if (this.sees(text)) return this.take();
    throw this.wrong(`expected "${text}"`);
  }

  /** Passes over what stands before it, brackets and all, on this line. */
  skipTo(text: string): void {
    for (let depth = 0; depth > 0 || !this.sees(text);) {
      const token = this.peek();
      if (token.kind === "newline" || token.kind === "end") throw this.wrong(`expected "${text}"`);
      if (["(", "[", "{"].some((open) => this.sees(open))) depth++;
      if ([")", "]", "}"].some((close) => this.sees(close))) depth--;
      this.take();
    }
  }

  /** A name that is no keyword. */
  name(): string {
    const token = this.peek();
    if (token.kind !== "name" || KEYWORDS.has(token.text)) throw this.wrong("expected a name");
    this.take();
    return token.text;
  }

  /** What stands next, and what could have. */
  wrong(expected: string): Error {
    const token = this.peek();
    return notPython(token, `${shown(token)} stands where the text needs something else (${expected})`);
  }

  /** Runs a parser one level deeper. */
  deeper<T>(parse: () => T): T {
    if (++this.#depth > DEEPEST) throw notPython(this.place(), `more than ${DEEPEST} levels are nested`);
    const result = parse();
    this.#depth--;
    return result;
  }

  place(): Place {
    const { line, column } = this.peek();
    return { line, column };
  }
}

function shown(token: Token): string {
  switch (token.kind) {
    case "name":
    case "operator":
      return JSON.stringify(token.text.length <= 40 ? token.text : `${token.text.slice(0, 40)}...`);
    case "int":
    case "float":
      return "a number";
    case "string":
      return "a string";
    case "newline":
      return "the end of the line";
    case "end":
      return "the end of the file";
    case "indent":
      return "an indent";
    default:
      return "the end of a block";
  }
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);
