/** @file Formatted strings, `f"{x:.2f}"`: the expressions in them, and what their specs print. */
import { Cursor } from "./cursor.ts";
import { notImported, notPython, type Place } from "./refusal.ts";
import { unescaped } from "./string.ts";
import type { Expression, FormattedPart } from "./syntax.ts";
import { type Token, tokensOf } from "./token.ts";

type StringToken = Extract<Token, { kind: "string" }>;

/** The text and the expressions of a formatted string, in turn. */
export function readFormatted(
  token: StringToken,
  read: (cursor: Cursor) => Expression,
): (string | FormattedPart)[] {
  const parts: (string | FormattedPart)[] = [];
  const text = token.value;
  const plain = (from: number, to: number) => {
    const part = text.slice(from, to).replaceAll("{{", "{").replaceAll("}}", "}");
    if (part !== "") parts.push(token.raw ? part : unescaped(part, token));
  };
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char !== "{" && char !== "}") continue;
    if (text[i + 1] === char) {
      i++;
      continue;
    }
    if (char === "}") throw notPython(token, 'a "}" in a formatted string closes nothing');
    plain(start, i);
    const end = closingBrace(text, i, token);
    parts.push(...readPart(text.slice(i + 1, end), token, read));
    start = end + 1;
    i = end;
  }
  plain(start, text.length);
  return parts;
}

/** Braces, brackets and quotes inside of an expression are its own. */
function closingBrace(text: string, open: number, at: Place): number {
  let depth = 0;
  let quote = "";
  for (let i = open; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return i;
  }
  throw notPython(at, 'a "{" in a formatted string is never closed');
}

function readPart(text: string, at: Place, read: (cursor: Cursor) => Expression): (string | FormattedPart)[] {
  const stop = endOfExpression(text);
  // `{x=}` shows its own text, too.
  const [shown] = /(?<![=!<>])=\s*$/.exec(text.slice(0, stop)) ?? [];
  const end = stop - (shown?.length ?? 0);
  const rest = text.slice(stop);
  const [, conversion = "", spec = ""] = /^(?:!([rsa]))?(?::([^]*))?$/.exec(rest) ?? [];
  if (rest !== "" && conversion === "" && !rest.startsWith(":")) {
    throw notPython(at, "a formatted string converts in no way that Python knows");
  }
  if (/[{}]/.test(spec)) throw notImported(at, "the format of a formatted string is itself computed");
  const cursor = new Cursor(tokensOf(`(${text.slice(0, end)})`, at));
  const value = read(cursor);
  if (cursor.peek().kind !== "newline") throw cursor.wrong("expected the end of a formatted expression");
  const part = { value, conversion, spec };
  if (shown === undefined) return [part];
  return [text.slice(0, stop), { ...part, conversion: conversion === "" && spec === "" ? "r" : conversion }];
}

/** The colon or the `!` that ends the expression, outside of its brackets and strings. */
function endOfExpression(text: string): number {
  let depth = 0;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === "'" || char === '"') quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (depth === 0 && (char === ":" || (char === "!" && text[i + 1] !== "="))) return i;
  }
  return text.length;
}
