/** @file A row of a file, whatever the file's format. */
import { TouchlineError } from "../../env/error.ts";

export interface Row {
  file: string;
  /** Counted from 1: the record below the header, the row of a parquet file, the line of a JSONL file. */
  number: number;
  /** Integers as numbers where they are safe and as decimal text where not; bytes as `Uint8Array`; nothing as null. */
  values: Readonly<Record<string, unknown>>;
}

/** A row, or a part of a file, that cannot be read: the others still can. */
export interface BadRow {
  file: string;
  /** 0: the file as a whole. */
  number: number;
  /** A sentence with file, row and column. */
  error: string;
}

export type TableRow = Row | BadRow;

export function badRow(file: string, number: number, wrong: string, column?: string): BadRow {
  return { file, number, error: `${placeOf(file, number, column)}: ${wrong}` };
}

/** What errors call a value: `FILE, row 3, column "answer"`. */
export function placeOf(file: string, number: number, column?: string): string {
  const row = number > 0 ? `, row ${number}` : "";
  return `${file}${row}${column === undefined ? "" : `, column "${column}"`}`;
}

/** An error about one value of a row. */
export function wrongValue({ file, number }: Pick<Row, "file" | "number">, column: string, wrong: string) {
  return new TouchlineError("suite/row", `${placeOf(file, number, column)}: ${wrong}`);
}

/** A value as an error shows it. */
export function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
