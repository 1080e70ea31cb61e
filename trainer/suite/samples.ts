/** @file From the rows of a data set to its samples: what is wrong with a row is told, and the others are still asked. */
import { TouchlineError } from "../../env/error.ts";
import { placeOf, readTable, type Row } from "../table/index.ts";
import type { Read, Sample } from "./suite.ts";

export interface DataSet {
  name: string;
  /** Where it is to be had, for those who give no path. */
  source: string;
  /** Of a folder with several, the files that are read. */
  prefer?: RegExp;
  /** Columns that a file has, each by one of several names. */
  needs: readonly (readonly string[])[];
  /** Undefined for a row that is not asked. @throws TouchlineError for one that is wrong. */
  sample: (row: Row, seed: number) => Promise<Sample | undefined> | Sample | undefined;
}

interface Source {
  path?: string;
  seed: number;
  limit?: number;
}

/** @throws TouchlineError `suite/no-data`, `suite/columns`, and as `readTable`. */
export async function* samplesOf(
  set: DataSet,
  { path, seed, limit = Infinity }: Source,
): AsyncGenerator<Read> {
  if (path === undefined) throw noData(set);
  const seen = new Map<string, string>();
  let file: string | undefined;
  let left = limit;
  let told = 0;
  if (left <= 0) return;
  for await (const row of readTable(path, { prefer: set.prefer })) {
    if ("error" in row) {
      told++;
      yield { error: row.error };
      continue;
    }
    if (row.file !== file) checkColumns(row, set);
    file = row.file;
    const read = await readSample(set, row, seed);
    if (read === undefined) continue;
    told++;
    if ("error" in read) {
      yield read;
      continue;
    }
    const other = seen.get(read.id);
    if (other !== undefined) {
      const error = `${placeOf(row.file, row.number)}: the id "${read.id}" stands in ${other} already.`;
      yield { error, id: read.id };
      continue;
    }
    seen.set(read.id, row.file === path ? `row ${row.number}` : placeOf(row.file, row.number));
    yield read;
    if (--left === 0) return;
  }
  if (told === 0)
    throw new TouchlineError("suite/empty", `${path} has no question of ${set.name}. ${set.source}`);
}

async function readSample(set: DataSet, row: Row, seed: number): Promise<Read | undefined> {
  try {
    return await set.sample(row, seed);
  } catch (error) {
    if (error instanceof TouchlineError && error.code === "suite/row") return { error: error.message };
    throw error;
  }
}

function checkColumns({ file, values }: Row, { name, needs, source }: DataSet): void {
  const missing = needs.find((names) => !names.some((column) => column in values));
  if (missing === undefined) return;
  const has = Object.keys(values).slice(0, 20).join(", ");
  const wanted = missing.map((column) => `"${column}"`).join(" or ");
  const message = `${file} has no column ${wanted}, which ${name} needs; it has ${has}. ${source}`;
  throw new TouchlineError("suite/columns", message);
}

function noData({ name, source }: DataSet): TouchlineError {
  return new TouchlineError(
    "suite/no-data",
    `The suite ${name} needs its data, a file or a folder. ${source}`,
  );
}
