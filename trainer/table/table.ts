/** @file The rows of a file or of a folder of files, in whatever format they are. */
import { type Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { headerOf, readDelimited } from "./delimited.ts";
import { readJson, readJsonLines } from "./json.ts";
import { readParquet } from "./parquet.ts";
import { followReferences } from "./reference.ts";
import type { TableRow } from "./row.ts";

/** In a folder with several, the first of these is read. */
const READERS: Readonly<Record<string, (file: string) => AsyncIterable<TableRow>>> = {
  ".parquet": readParquet,
  ".tsv": (file) => readTabular(file, "\t"),
  ".jsonl": readJsonLines,
  ".csv": (file) => readTabular(file, ","),
  ".json": readJson,
};
export const FORMATS = Object.keys(READERS);

/** Folders below folders, `repository/data/Subject/test-00000.parquet`. */
const DEEPEST = 4;

export interface TableOptions {
  /** Of the files in a folder, those whose paths below it match; all where none does. */
  prefer?: RegExp | undefined;
}

/**
 * The rows one after another; memory is bounded by a row, or the row group of a parquet file. What is wrong with a row, or with
 * one file among others, is told as a row.
 * @throws TouchlineError `suite/file`, `suite/format`, `suite/empty`.
 */
export async function* readTable(path: string, options: TableOptions = {}): AsyncGenerator<TableRow> {
  const files = await filesOf(path, options);
  let rows = 0;
  let failed: TouchlineError | undefined;
  for (const file of files) {
    const before = rows;
    try {
      for await (const row of readFileRows(file)) {
        yield row;
        rows++;
      }
      if (rows === before) throw empty(file);
    } catch (error) {
      if (!(error instanceof TouchlineError)) throw error;
      failed ??= error;
      if (files.length === 1 && rows === 0) throw error;
      yield { file, number: 0, error: error.message };
    }
  }
  if (rows === 0 && failed) throw failed;
}

async function* readFileRows(file: string): AsyncGenerator<TableRow> {
  const reader = READERS[extname(file).toLowerCase()]!;
  try {
    if ((await stat(file)).size === 0) throw empty(file);
    yield* reader(file);
  } catch (cause) {
    if (cause instanceof TouchlineError || !(cause instanceof Error && "code" in cause)) throw cause;
    throw unreadable(file, cause);
  }
}

async function* readTabular(file: string, delimiter: "\t" | ","): AsyncGenerator<TableRow> {
  const columns = await headerOf(file, delimiter);
  const open = (): AsyncIterable<TableRow> => readDelimited(file, delimiter);
  if (columns.includes("index") && columns.includes("image")) yield* followReferences(open, "index", "image");
  else yield* open();
}

/** The files that are read, in order. */
export async function filesOf(path: string, { prefer }: TableOptions = {}): Promise<string[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!isFolder) {
    if (extname(path).toLowerCase() in READERS) return [path];
    const message = `${path} is of no format that is known; expected a file that ends in ${FORMATS.join(", ")}, or a folder of such files.`;
    throw new TouchlineError("suite/format", message);
  }
  const all = await below(path, DEEPEST);
  const preferred = prefer
    ? all.filter((file) => prefer.test(file.slice(path.length).replaceAll("\\", "/")))
    : [];
  const files = preferred.length > 0 ? preferred : all;
  const format = FORMATS.find((name) => files.some((file) => extname(file).toLowerCase() === name));
  const chosen = files.filter((file) => extname(file).toLowerCase() === format);
  if (chosen.length > 0) return chosen;
  const message = `The folder ${path} has no file that ends in ${FORMATS.join(", ")}; give the data set's folder or file.`;
  throw new TouchlineError("suite/file", message);
}

async function below(folder: string, deep: number): Promise<string[]> {
  const found: string[] = [];
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (basename(name).startsWith(".")) continue;
    const path = join(folder, name);
    // Data sets may be links into a cache.
    const kind = await stat(path).catch(() => undefined);
    if (kind?.isDirectory() && deep > 0) found.push(...(await below(path, deep - 1)));
    else if (kind?.isFile() && extname(name).toLowerCase() in READERS) found.push(path);
  }
  return found;
}

function empty(file: string): TouchlineError {
  return new TouchlineError("suite/empty", `${file} has no rows; expected the data set's.`);
}

function unreadable(path: string, cause: unknown): TouchlineError {
  const message = `${path} cannot be read (${fileErrorCode(cause)}); give the data set's file or folder.`;
  return new TouchlineError("suite/file", message, { cause });
}
