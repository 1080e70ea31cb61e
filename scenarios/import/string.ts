/** @file One Python string in the text: where it ends, and what its escapes stand for. */
import { notImported, notPython, type Place } from "./refusal.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads from the opening quote at `offset`. A formatted string (`f` in the prefix) keeps its escapes: its braces are
 * found first.
 */
export function readString(
  text: string,
  offset: number,
  prefix: string,
  at: Place,
): { value: string; end: number; lines: number } {
  const quote = text[offset]!;
  const long = text.startsWith(quote.repeat(3), offset);
  const closing = long ? quote.repeat(3) : quote;
  const start = offset + closing.length;
  let end = start;
  while (!text.startsWith(closing, end)) {
    if (end >= text.length || (!long && text[end] === "\n")) throw notPython(at, "a string is never closed");
    end += text[end] === "\\" ? 2 : 1;
  }
  const inner = text.slice(start, end);
  const plain = /[rf]/.test(prefix);
  return {
    value: plain ? inner : unescaped(inner, at),
    end: end + closing.length,
    lines: inner.split("\n").length - 1,
  };
}

/** What the text between the quotes says. */
export function unescaped(inner: string, at: Place): string {
  return inner.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g,
    (whole: string, octal?: string, byte?: string, short?: string, long?: string, char?: string) => {
      const hex = byte ?? short ?? long;
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        throw notPython(at, `${whole} is no character`);
      }
      if (char === "N") throw notImported(at, `${whole} is no escape that is read here`);
      if (char !== undefined && "xuU".includes(char))
        throw notPython(at, `${whole} begins an escape that is cut short`);
      return ESCAPES[char ?? ""] ?? whole;
    },
  );
}
