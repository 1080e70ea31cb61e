/** @file Writes a parquet file, one row group after another: no more than one of them is in memory. */
import type { FileHandle } from "node:fs/promises";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";

// Its types are those of a hyparquet of its own.
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

export type ParquetType =
  | "string"
  | "int64"
  | "double"
  | "bool"
  | "binary"
  | { list: ParquetType }
  | { struct: Readonly<Record<string, ParquetType>> };

/** Columns by their names; each may be without a value. */
export type ParquetColumns = Readonly<Record<string, ParquetType>>;

type Values = Readonly<Record<string, unknown>>;

/** Rows of a group: with frames in them some megabytes. */
const GROUP_ROWS = 256;

/** The rows of a file that somebody else opens and closes; it is a parquet file once `finish` has written its end. */
export class ParquetRows {
  readonly #columns: ParquetColumns;
  readonly #writer: ParquetWriter;
  readonly #rows: Values[] = [];

  constructor(handle: FileHandle, columns: ParquetColumns) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({ writer: new HandleWriter(handle), schema: parquetSchema(columns) });
  }

  async append(row: Values): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length === GROUP_ROWS) await this.#writeGroup();
  }

  async finish(): Promise<void> {
    await this.#writeGroup();
    await this.#writer.finish();
  }

  async #writeGroup(): Promise<void> {
    const columnData = Object.entries(this.#columns).map(([name, type]) => columnOf(this.#rows, name, type));
    await this.#writer.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#rows.length = 0;
  }
}

class HandleWriter extends ByteWriter {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  /** After each row group. */
  async flush(): Promise<void> {
    await this.#handle.writeFile(this.getBytes());
    this.index = 0;
  }

  override finish(): Promise<void> {
    return this.flush();
  }
}

/** What is there as bytes is compressed already, and no two are alike. */
const AS_IT_IS = { codec: "UNCOMPRESSED", encoding: "PLAIN", statistics: false } as const;

function columnOf(rows: readonly Values[], name: string, type: ParquetType): ColumnSource {
  const column = { name, data: valuesOf(rows, name, type) } as ColumnSource;
  return hasBytes(type) ? { ...column, ...AS_IT_IS } : column;
}

/** A column as the writer takes it. */
export function valuesOf(rows: readonly Values[], name: string, type: ParquetType): unknown[] {
  return rows.map((row) => stored(row[name] ?? null, type));
}

/** Integers of 64 bits as BigInt, and no field left out. */
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

function hasBytes(type: ParquetType): boolean {
  if (typeof type === "string") return type === "binary";
  return "list" in type ? hasBytes(type.list) : Object.values(type.struct).some(hasBytes);
}

export function parquetSchema(columns: ParquetColumns): SchemaElement[] {
  const fields = Object.entries(columns);
  return [
    { name: "schema", num_children: fields.length },
    ...fields.flatMap(([name, type]) => elementsOf(name, type)),
  ];
}

const PRIMITIVES: Readonly<Record<string, Partial<SchemaElement>>> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  int64: { type: "INT64" },
  double: { type: "DOUBLE" },
  bool: { type: "BOOLEAN" },
  binary: { type: "BYTE_ARRAY" },
};

/** Lists in three levels, as pyarrow and `datasets` write them. */
function elementsOf(name: string, type: ParquetType): SchemaElement[] {
  const repetition_type = "OPTIONAL";
  if (typeof type === "string") return [{ name, repetition_type, ...PRIMITIVES[type] }];
  if ("list" in type) {
    return [
      { name, repetition_type, converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      ...elementsOf("element", type.list),
    ];
  }
  const fields = Object.entries(type.struct);
  return [
    { name, repetition_type, num_children: fields.length },
    ...fields.flatMap(([key, own]) => elementsOf(key, own)),
  ];
}
