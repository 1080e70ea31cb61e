/**
 * @file Writes rows as data sets have them: TSV as pandas does with QUOTE_ALL, CSV, JSONL, and parquet as `datasets` does,
 * with a struct of bytes and path for a picture.
 */
import { writeFileSync } from "node:fs";
import { ByteWriter, type ColumnSource, parquetWrite } from "hyparquet-writer";

// Its types are those of a hyparquet of its own.
type SchemaElement = NonNullable<Parameters<typeof parquetWrite>[0]["schema"]>[number];
type CompressionCodec = NonNullable<Parameters<typeof parquetWrite>[0]["codec"]>;

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

export type ParquetType =
  | "string"
  | "int64"
  | "double"
  | "bool"
  | "binary"
  | { list: ParquetType }
  | { struct: Readonly<Record<string, ParquetType>> };

/** The feature Image of `datasets`. */
export const IMAGE: ParquetType = { struct: { bytes: "binary", path: "string" } };

export interface ParquetOptions {
  codec?: CompressionCodec;
  rowGroupSize?: number;
}

export function writeParquet(
  file: string,
  rows: readonly Values[],
  types: Readonly<Record<string, ParquetType>>,
  options: ParquetOptions = {},
): string {
  const names = Object.keys(types);
  const columnData = names.map((name) => ({
    name,
    data: rows.map((row) => stored(row[name] ?? null, types[name]!)),
  })) as ColumnSource[];
  const schema: SchemaElement[] = [
    { name: "schema", num_children: names.length },
    ...names.flatMap((name) => elements(name, types[name]!)),
  ];
  const writer = new ByteWriter();
  void parquetWrite({ writer, columnData, schema, ...options });
  writeFileSync(file, new Uint8Array(writer.getBuffer()));
  return file;
}

function stored(value: unknown, type: ParquetType): unknown {
  if (value === null) return null;
  if (type === "int64") return BigInt(value as number);
  if (typeof type === "string") return value;
  if ("list" in type) return (value as unknown[]).map((item) => stored(item, type.list));
  const given = value as Values;
  return Object.fromEntries(
    Object.entries(type.struct).map(([key, own]) => [key, stored(given[key] ?? null, own)]),
  );
}

const PRIMITIVES: Readonly<Record<string, Partial<SchemaElement>>> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  int64: { type: "INT64" },
  double: { type: "DOUBLE" },
  bool: { type: "BOOLEAN" },
  binary: { type: "BYTE_ARRAY" },
};

function elements(name: string, type: ParquetType): SchemaElement[] {
  const repetition_type = "OPTIONAL";
  if (typeof type === "string") return [{ name, repetition_type, ...PRIMITIVES[type] }];
  if ("list" in type) {
    return [
      { name, repetition_type, converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      ...elements("element", type.list),
    ];
  }
  const fields = Object.entries(type.struct);
  return [
    { name, repetition_type, num_children: fields.length },
    ...fields.flatMap(([key, own]) => elements(key, own)),
  ];
}
