/**
 * @file Writes rows as data sets have them: TSV as pandas does with QUOTE_ALL, CSV, JSONL, and parquet as `datasets` does,
 * with a struct of bytes and path for a picture.
 */
import { writeFileSync } from "node:fs";
import { ByteWriter, type ColumnSource, parquetWrite } from "hyparquet-writer";
import { type ParquetColumns, parquetSchema, type ParquetType, valuesOf } from "../../trainer/table/index.ts";

// Its types are those of a hyparquet of its own.
type CompressionCodec = NonNullable<Parameters<typeof parquetWrite>[0]["codec"]>;

export type { ParquetType };

export type Values = Readonly<Record<string, unknown>>;

export function writeTsv(file: string, rows: readonly Values[]): string {
  return writeQuoted(file, rows, "\t", true);
}

export function writeCsv(file: string, rows: readonly Values[]): string {
  return writeQuoted(file, rows, ",", false);
}

function writeQuoted(file: string, rows: readonly Values[], delimiter: string, always: boolean): string {
  const columns = Object.keys(rows[0]!);
  const quoted = (value: unknown): string => {
    const text =
      value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
    return always || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  writeFileSync(file, lines.map((line) => `${line.map(quoted).join(delimiter)}\n`).join(""));
  return file;
}

export function writeJsonl(file: string, rows: readonly Values[]): string {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

/** As Python's `repr` writes it. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
    return escaped.includes("'") && !escaped.includes('"')
      ? `"${escaped}"`
      : `'${escaped.replaceAll("'", "\\'")}'`;
  }
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const entries = Object.entries(value as Values).map(([key, item]) => `'${key}': ${pythonLiteral(item)}`);
  return `{${entries.join(", ")}}`;
}

/** The feature Image of `datasets`. */
export const IMAGE: ParquetType = { struct: { bytes: "binary", path: "string" } };

export interface ParquetOptions {
  codec?: CompressionCodec;
  rowGroupSize?: number;
}

export function writeParquet(
  file: string,
  rows: readonly Values[],
  types: ParquetColumns,
  options: ParquetOptions = {},
): string {
  const columnData = Object.entries(types).map(([name, type]) => ({
    name,
    data: valuesOf(rows, name, type),
  })) as ColumnSource[];
  const writer = new ByteWriter();
  void parquetWrite({ writer, columnData, schema: parquetSchema(types), ...options });
  writeFileSync(file, new Uint8Array(writer.getBuffer()));
  return file;
}
