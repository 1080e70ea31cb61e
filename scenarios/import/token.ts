/** @file Python text -> tokens, with the indents and dedents that its blocks are made of. */
import { notImported, notPython, type Place } from "./refusal.ts";
import { readString } from "./string.ts";

export type Token = Place &
  (
    | { kind: "name" | "operator"; text: string }
    | { kind: "int"; value: bigint }
    | { kind: "float"; value: number }
    | { kind: "string"; value: string; formatted: boolean; raw: boolean }
    | { kind: "newline" | "indent" | "dedent" | "end" }
  );

const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*\.?(?:[eE][+-]?\d(?:_?\d)*)?/y;
const OPERATOR =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|[-+*/%@&|^=!<>]=|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>=()[\]{},:.;]/y;
const STRING = /[rRbBuUfF]{0,2}(?=["'])/y;
const SPACE = /[ \t\f]*/y;
/** More digits are no coordinate, and slow to read. */
const MOST_DIGITS = 400;
const TAB = 8;

/** All tokens of a text; the last is `end`. */
export function tokensOf(text: string, start: Place = { line: 1, column: 1 }): Token[] {
  return new Tokenizer(text, start).all();
}

class Tokenizer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #indents = [0];
  /** Open brackets: inside of them a line goes on. */
  readonly #open: { text: string; at: Place }[] = [];
  #offset = 0;
  #line: number;
  /** The offset of column 1. */
  #lineStart: number;

  constructor(text: string, { line, column }: Place) {
    this.#text = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
    this.#line = line;
    this.#lineStart = 1 - column;
  }

  all(): Token[] {
    const length = this.#text.length;
    let fresh = true;
    while (this.#offset < length) {
      if (fresh && this.#open.length === 0 && !this.#readIndent()) continue;
      fresh = false;
      this.#match(SPACE);
      if (this.#offset >= length) break;
      const char = this.#text[this.#offset]!;
      if (char === "#") this.#offset = this.#endOfLine();
      else if (char === "\n") {
        if (this.#open.length === 0) this.#push({ kind: "newline", ...this.#place() });
        this.#nextLine();
        fresh = true;
      } else if (char === "\\" && this.#text[this.#offset + 1] === "\n") {
        this.#offset++;
        this.#nextLine();
      } else this.#readToken(char);
    }
    const bracket = this.#open.at(-1);
    if (bracket) throw notPython(bracket.at, `"${bracket.text}" is never closed`);
    const at = this.#place();
    if (this.#tokens.length > 0 && this.#tokens.at(-1)!.kind !== "newline")
      this.#push({ kind: "newline", ...at });
    for (; this.#indents.length > 1; this.#indents.pop()) this.#push({ kind: "dedent", ...at });
    this.#push({ kind: "end", ...at });
    return this.#tokens;
  }

  /** Compares a line's indent with those of the blocks around it; false for a line without code, which is passed. */
  #readIndent(): boolean {
    const spaces = this.#match(SPACE) ?? "";
    const next = this.#text[this.#offset];
    if (next === "#") this.#offset = this.#endOfLine();
    if (next === undefined) return false;
    if (next === "#" || next === "\n") {
      if (this.#text[this.#offset] === "\n") this.#nextLine();
      return false;
    }
    let width = 0;
    for (const char of spaces) {
      if (char === "\f") width = 0;
      else width = char === "\t" ? width + TAB - (width % TAB) : width + 1;
    }
    const at = this.#place();
    if (width > this.#indents.at(-1)!) {
      this.#indents.push(width);
      this.#push({ kind: "indent", ...at });
    }
    while (width < this.#indents.at(-1)!) {
      this.#indents.pop();
      this.#push({ kind: "dedent", ...at });
    }
    if (width !== this.#indents.at(-1)) throw notPython(at, "the indent fits no block above it");
    return true;
  }

  #readToken(char: string): void {
    const at = this.#place();
    const prefix = this.#match(STRING);
    if (prefix !== undefined) {
      const { value, end, lines } = readString(this.#text, this.#offset, prefix.toLowerCase(), at);
      const flags = { formatted: /f/i.test(prefix), raw: /r/i.test(prefix) };
      this.#push({ kind: "string", value, ...flags, ...at });
      this.#offset = end;
      this.#line += lines;
      if (lines > 0) this.#lineStart = this.#text.lastIndexOf("\n", end - 1) + 1;
      return;
    }
    const name = this.#match(NAME);
    if (name !== undefined) return this.#push({ kind: "name", text: name, ...at });
    const number = /[\d.]/.test(char) ? this.#match(NUMBER) : undefined;
    if (number !== undefined) return this.#readNumber(number, at);
    const operator = this.#match(OPERATOR);
    if (operator === undefined) throw notPython(at, `${JSON.stringify(char)} cannot stand`);
    if ("([{".includes(operator)) this.#open.push({ text: operator, at });
    if (")]}".includes(operator)) this.#close(operator, at);
    this.#push({ kind: "operator", text: operator, ...at });
  }

  #readNumber(text: string, at: Place): void {
    const digits = text.replaceAll("_", "");
    const next = this.#text[this.#offset];
    if (/^[jJ](?![\p{L}\d_])/u.test(this.#text.slice(this.#offset, this.#offset + 2)))
      throw notImported(at, `${text}${next} is an imaginary number, which is not followed`);
    if (next !== undefined && /[\p{L}\d_]/u.test(next)) {
      throw notPython(at, `"${text}${next}" is no number that is read here`);
    }
    if (digits.length > MOST_DIGITS) throw notPython(at, "a number has too many digits");
    if (/^0\d+$/.test(digits) && /[1-9]/.test(digits)) {
      throw notPython(at, `"${text}" begins with 0, which no integer does`);
    }
    const float = /[.eE]/.test(digits) && !/^0[xX]/.test(digits);
    if (float) this.#push({ kind: "float", value: Number(digits), ...at });
    else this.#push({ kind: "int", value: BigInt(digits), ...at });
  }

  #close(text: string, at: Place): void {
    const opened = this.#open.pop();
    if (opened === undefined) throw notPython(at, `"${text}" closes nothing`);
    if ("([{".indexOf(opened.text) !== ")]}".indexOf(text)) {
      throw notPython(at, `"${text}" does not close "${opened.text}" of line ${opened.at.line}`);
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }

  #endOfLine(): number {
    const end = this.#text.indexOf("\n", this.#offset);
    return end < 0 ? this.#text.length : end;
  }

  #nextLine(): void {
    this.#offset++;
    this.#line++;
    this.#lineStart = this.#offset;
  }

  #place(): Place {
    return { line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }

  #push(token: Token): void {
    this.#tokens.push(token);
  }
}
