/** @file Parquet files, one row group after another: images as structs of bytes and path, lists, nested structs. */
import { type FileHandle, open } from "node:fs/promises";
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors as known } from "hyparquet-compressors";
import { TouchlineError } from "../../env/error.ts";
import type { TableRow } from "./row.ts";

/** Its LZ4 fails on a page of nothing, which columns without any value have. */
const compressors: typeof known = Object.fromEntries(
  Object.entries(known).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number) => (length === 0 ? new Uint8Array() : decompress(input, length)),
  ]),
);

/** @throws TouchlineError `suite/format` for what is no parquet file, or one that is cut off. */
export async function* readParquet(file: string): AsyncGenerator<TableRow> {
  const handle = await open(file);
  try {
    const buffer = bufferOf(handle, (await handle.stat()).size);
    const metadata = await asParquet(file, () => parquetMetadataAsync(buffer));
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const columns: [string, unknown[]][] = [];
      // One column after another: only one of them is in memory twice, as it is stored and as it is read.
      for (const name of names) {
        // With `utf8` bytes without a type would become text, and pictures are such bytes.
        const options = {
          file: buffer,
          metadata,
          columns: [name],
          rowStart,
          rowEnd,
          compressors,
          utf8: false,
        };
        const rows = await asParquet(file, () => parquetReadObjects(options));
        columns.push([name, rows.map((row) => row[name] as unknown)]);
      }
      for (let i = 0; i < rowEnd - rowStart; i++) {
        const values = Object.fromEntries(columns.map(([name, column]) => [name, plain(column[i])]));
        // Who has read a row may let go of its pictures.
        for (const [, column] of columns) column[i] = undefined;
        yield { file, number: rowStart + i + 1, values };
      }
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

function bufferOf(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const from = start < 0 ? byteLength + start : start;
      const bytes = new Uint8Array(end - from);
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
        if (bytesRead === 0) throw new Error("the file ends too early");
        at += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

async function asParquet<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TouchlineError(
      "suite/format",
      `${file} cannot be read as a parquet file (${why}); it may be cut short, so get it again.`,
      { cause },
    );
  }
}

/** Values as everybody can use them: no BigInt, which JSON does not know, and no Date. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value === undefined) return null;
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
