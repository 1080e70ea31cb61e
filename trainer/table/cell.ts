/** @file Values of a row by the names that a column has in one layout or another. */
import { TouchlineError } from "../../env/error.ts";
import { readLiteral } from "./literal.ts";
import { type Row, shown, wrongValue } from "./row.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The first of these columns that the row has with something in it; undefined for none. */
export function filledColumn({ values }: Row, names: readonly string[]): string | undefined {
  return names.find((name) => !isBlank(values[name]));
}

/** pandas and NumPy write "nan" where there is nothing. */
export function isBlank(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === "number" && Number.isNaN(value)) ||
    value === ""
  );
}

/** A text, or a number or truth value as text; undefined where there is nothing. */
export function optionalText(row: Row, ...names: string[]): string | undefined {
  const column = filledColumn(row, names);
  if (column === undefined) return undefined;
  const value = row.values[column];
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Uint8Array) return utf8(row, column, value);
  throw wrongValue(row, column, `is ${shown(value)}; expected a text.`);
}

/** @throws TouchlineError `suite/row` where there is nothing, or no text. */
export function text(row: Row, ...names: string[]): string {
  const found = optionalText(row, ...names);
  if (found !== undefined) return found;
  const present = names.find((name) => name in row.values) ?? names[0]!;
  throw wrongValue(row, present, "is empty; expected a text.");
}

export function optionalNumber(row: Row, ...names: string[]): number | undefined {
  const found = optionalText(row, ...names);
  if (found === undefined || /^(?:nan|none)$/i.test(found.trim())) return undefined;
  const number = Number(found);
  if (!Number.isNaN(number)) return number;
  throw wrongValue(row, filledColumn(row, names)!, `is ${shown(found)}; expected a number.`);
}

/** A list as it stands, as JSON or as a Python literal; undefined where there is nothing. */
export function optionalList(row: Row, ...names: string[]): unknown[] | undefined {
  const column = filledColumn(row, names);
  if (column === undefined) return undefined;
  const value = parsed(row, column);
  if (value === null) return undefined;
  if (Array.isArray(value)) return value;
  throw wrongValue(row, column, `is ${shown(value)}; expected a list.`);
}

/** The same of texts. */
export function optionalTexts(row: Row, ...names: string[]): string[] | undefined {
  return optionalList(row, ...names)?.map((item) => {
    if (typeof item === "string") return item;
    if (typeof item === "number" || typeof item === "boolean") return String(item);
    throw wrongValue(row, filledColumn(row, names)!, `holds ${shown(item)}; expected texts.`);
  });
}

/** An object as it stands, as JSON or as a Python literal; empty where there is nothing. */
export function record(row: Row, ...names: string[]): Readonly<Record<string, unknown>> {
  const column = filledColumn(row, names);
  const value = column === undefined ? null : parsed(row, column);
  if (value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrongValue(row, column!, `is ${shown(value)}; expected an object.`);
}

function parsed(row: Row, column: string): unknown {
  const value = row.values[column];
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    try {
      return readLiteral(value);
    } catch (error) {
      if (error instanceof TouchlineError) throw wrongValue(row, column, error.message);
      throw error;
    }
  }
}

function utf8(row: Row, column: string, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw wrongValue(row, column, `is ${shown(bytes)}; expected a text.`);
  }
}
