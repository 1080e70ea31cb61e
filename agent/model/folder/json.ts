/** @file The JSON files of a model folder: read, held against a schema, and refused in one sentence. */
import { readFileSync } from "node:fs";
import { parse as parseTolerant, type ParseError } from "jsonc-parser";
import type { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import { cannotRead } from "./file.ts";

/** What the file holds. Throws `model/file`, and `model/not-json` with line and column. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  return parseJson(text, path);
}

/**
 * As `JSON.parse`; `path` is what the error calls the text.
 * @throws TouchlineError `model/not-json`, or another code that is given, with line and column.
 */
export function parseJson(text: string, path: string, code = "model/not-json"): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TouchlineError(code, notJson(text, path), { cause });
  }
}

/**
 * The value as the schema gives it back. The messages of the schema are the phrase after "expected".
 * @param parents keys from the root of the file to the value.
 * @throws TouchlineError `model/config`, or another code that is given, for the first value that is not right.
 */
export function checkShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
  parents: readonly string[] = [],
  code = "model/config",
): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const key = keyText([...parents, ...(issue?.path ?? [])]);
  throw wrongValue(path, key, issue?.input, issue?.message ?? "another value", code);
}

/** "FILE: KEY is FOUND; expected EXPECTED." */
export function wrongValue(
  path: string,
  key: string,
  found: unknown,
  expected: string,
  code = "model/config",
): TouchlineError {
  const stands = found === undefined ? "is missing" : `is ${shown(found)}`;
  return new TouchlineError(code, `${path}: ${key} ${stands}; expected ${expected}.`);
}

function keyText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) text += typeof key === "number" ? `[${key}]` : `${text && "."}${String(key)}`;
  return text === "" ? "the whole file" : text;
}

/** The value as it stands in the file, cut short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Engines word and place the same mistake differently, so the place comes from a parser of our own choice. */
function notJson(text: string, path: string): string {
  const errors: ParseError[] = [];
  try {
    parseTolerant(text, errors, { disallowComments: true });
  } catch {
    // Nested too deep for a recursive parser; the sentence then names no place.
  }
  const offset = errors[0]?.offset;
  if (offset === undefined) return `${path} is not JSON; expected one JSON object.`;
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  const token = text.slice(offset, offset + 12).split(/\s/)[0] ?? "";
  const found = offset >= text.trimEnd().length ? "the text ends" : `${JSON.stringify(token)} cannot stand`;
  return `${path} is not JSON: ${found} at line ${line}, column ${column}.`;
}
