/** @file JSONL, a row a line, and JSON, a list of rows or an object of rows by their ids. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { TouchlineError } from "../../env/error.ts";
import { badRow, type Row, shown, type TableRow } from "./row.ts";

/** Keys under which a file may have its rows. */
const HOLDERS = ["data", "rows", "questions", "examples", "samples"];

export async function* readJsonLines(file: string): AsyncGenerator<TableRow> {
  let number = 0;
  for await (const line of lines(file)) {
    number++;
    if (line.trim() !== "") yield rowOf(file, number, () => JSON.parse(line) as unknown);
  }
}

/** Only a line feed ends a line: node:readline also breaks at U+2028, which may stand in JSON. */
async function* lines(file: string): AsyncGenerator<string> {
  let unfinished: string[] = [];
  let isFirst = true;
  for await (const piece of createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 20 })) {
    const [first = "", ...others] = (
      isFirst ? (piece as string).replace(/^\uFEFF/, "") : (piece as string)
    ).split("\n");
    isFirst = false;
    unfinished.push(first);
    for (const other of others) {
      yield unfinished.join("");
      unfinished = [other];
    }
  }
  yield unfinished.join("");
}

/** @throws TouchlineError `suite/format` for a file that is no JSON, or holds no rows. */
export async function* readJson(file: string): AsyncGenerator<TableRow> {
  const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // Some files end in .json and are JSONL.
    if (/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) {
      yield* readJsonLines(file);
      return;
    }
    throw new TouchlineError("suite/format", `${file} is not JSON: ${(cause as Error).message}.`, { cause });
  }
  for (const [i, row] of rowsIn(file, value).entries()) yield rowOf(file, i + 1, () => row);
}

function rowsIn(file: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value)) {
    const holder = HOLDERS.find((key) => Array.isArray(value[key]));
    if (holder !== undefined) return value[holder] as unknown[];
    // MathVista's annotations are an object of rows by their ids.
    const rows = Object.entries(value);
    if (rows.length > 0 && rows.every(([, row]) => isObject(row))) {
      return rows.map(([id, row]) => ({ id, ...(row as object) }));
    }
    if (rows.length > 0) return [value];
  }
  throw new TouchlineError("suite/format", `${file} holds ${shown(value)}; expected a list of rows.`);
}

function rowOf(file: string, number: number, parse: () => unknown): TableRow {
  let values: unknown;
  try {
    values = parse();
  } catch (error) {
    return badRow(file, number, `is not JSON: ${(error as Error).message}.`);
  }
  if (isObject(values)) return { file, number, values } satisfies Row;
  return badRow(file, number, `is ${shown(values)}; expected an object.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
