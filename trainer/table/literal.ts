/**
 * @file Python literals as pandas and VLMEvalKit write them into cells: `['a', "b"]`, `{'x': None, 'y': (1, 2.5)}`. Read
 * and never evaluated, in one pass, whatever their length.
 */
import { TouchlineError } from "../../env/error.ts";

/** Deeper nesting is no data. */
const DEEPEST = 64;

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\u0007",
  "\n": "",
};
const WORDS: Readonly<Record<string, unknown>> = {
  None: null,
  True: true,
  False: false,
  nan: null,
  null: null,
  true: true,
  false: false,
};

/**
 * The value of a literal: lists, tuples and sets as arrays, dicts as objects, whole numbers that are not safe as decimal
 * text. @throws TouchlineError `suite/literal`.
 */
export function readLiteral(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) throw this.#wrong(`is nested more than ${DEEPEST} deep`);
    this.#skip();
    const first = this.#text[this.#at];
    if (first === "[") return this.#list("]", depth);
    if (first === "(") return this.#tuple(depth);
    if (first === "{") return this.#braces(depth);
    if (this.#prefixedQuote()) return this.#strings();
    return this.#word();
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#wrong("goes on after its end");
  }

  #list(closing: string, depth: number): unknown[] {
    this.#at++;
    const items: unknown[] = [];
    while (!this.#take(closing)) {
      items.push(this.value(depth + 1));
      if (!this.#take(",") && !this.#is(closing)) throw this.#wrong(`lacks a comma or "${closing}"`);
    }
    return items;
  }

  /** `(1)` is 1, and `(1,)` a tuple. */
  #tuple(depth: number): unknown {
    const start = this.#at;
    const items = this.#list(")", depth);
    const before = this.#text.slice(start, this.#at - 1).trimEnd();
    return items.length === 1 && !before.endsWith(",") ? items[0] : items;
  }

  #braces(depth: number): unknown {
    this.#at++;
    const items: unknown[] = [];
    const entries: [string, unknown][] = [];
    while (!this.#take("}")) {
      const key = this.value(depth + 1);
      if (this.#take(":")) entries.push([String(key), this.value(depth + 1)]);
      else items.push(key);
      if (!this.#take(",") && !this.#is("}")) throw this.#wrong('lacks a comma or "}"');
    }
    if (items.length === 0) return Object.fromEntries(entries);
    if (entries.length === 0) return items;
    throw this.#wrong("has an entry without a value");
  }

  /** Strings that follow one another are one. */
  #strings(): string {
    let all = "";
    for (let quote = this.#prefixedQuote(); quote; this.#skip(), quote = this.#prefixedQuote()) {
      this.#at += quote[0].length;
      all += this.#string(quote[2]!, /r/i.test(quote[1]!));
    }
    return all;
  }

  #prefixedQuote(): RegExpExecArray | null {
    const opening = /([rRuUbB]{0,2})("""|'''|"|')/y;
    opening.lastIndex = this.#at;
    return opening.exec(this.#text);
  }

  #string(quote: string, raw: boolean): string {
    const parts: string[] = [];
    const mark = new RegExp(`\\\\|${quote}`, "g");
    for (;;) {
      mark.lastIndex = this.#at;
      const found = mark.exec(this.#text);
      if (!found) throw this.#wrong("has a text without its end");
      parts.push(this.#text.slice(this.#at, found.index));
      this.#at = found.index + found[0].length;
      if (found[0] === quote) return parts.join("");
      parts.push(raw ? `\\${this.#text[this.#at++] ?? ""}` : this.#escape());
    }
  }

  #escape(): string {
    const code = /x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})/y;
    code.lastIndex = this.#at;
    const match = code.exec(this.#text);
    if (match) {
      const [all, ...codes] = match;
      const octal = codes[3] !== undefined;
      const point = Number.parseInt(
        codes.find((digits) => digits !== undefined)!,
        octal ? 8 : 16,
      );
      if (point > 0x10ffff) throw this.#wrong("has a character that is none");
      this.#at += all.length;
      return String.fromCodePoint(point);
    }
    const letter = this.#text[this.#at++] ?? "";
    if (letter in ESCAPES) return ESCAPES[letter]!;
    // As Python has it: `\d` is two characters.
    return letter === "\\" || letter === "'" || letter === '"' ? letter : `\\${letter}`;
  }

  #word(): unknown {
    const word = /[-+]?[\w.]+(?:(?<=[\d.]e)[-+]\d+)?/iy;
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0];
    if (found === undefined) throw this.#wrong("is not a Python literal");
    if (Object.hasOwn(WORDS, found)) {
      this.#at += found.length;
      return WORDS[found];
    }
    const digits = found.replaceAll("_", "");
    if (!/^[-+]?(?:\d+|\d*\.?\d+(?:e[-+]?\d+)?|\d+\.(?:e[-+]?\d+)?|0x[\da-f]+)$/i.test(digits)) {
      throw this.#wrong("is not a Python literal");
    }
    this.#at += found.length;
    const number = Number(digits.replace(/^\+/, ""));
    return /^[-+]?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits.replace(/^\+/, "") : number;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #is(mark: string): boolean {
    this.#skip();
    if (this.#at >= this.#text.length) throw this.#wrong("ends too early");
    return this.#text[this.#at] === mark;
  }

  #take(mark: string): boolean {
    const found = this.#is(mark);
    if (found) this.#at++;
    return found;
  }

  #wrong(what: string): TouchlineError {
    const near = this.#text.slice(this.#at, this.#at + 20);
    const place = `at character ${this.#at + 1}${near === "" ? "" : `, "${near}"`}`;
    return new TouchlineError("suite/literal", `The Python literal ${what} (${place}).`);
  }
}
