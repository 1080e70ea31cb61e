/** @file `records.jsonl`: a line for each sample and repeat as it ends. Of two lines for one the later counts. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { cannotWrite, writeWhole } from "./file.ts";
import { inOrder, keyOf, type RunRecord } from "./record.ts";

const FILE = "records.jsonl";

/** What has been written so far, by `keyOf`; a line that is not whole is left out. @throws TouchlineError `bench/read`. */
export function readRecords<T extends RunRecord>(directory: string): Map<string, T> {
  const records = new Map<string, T>();
  for (const line of linesOf(bytesOf(join(directory, FILE)))) {
    const record = parse(line);
    if (record) records.set(keyOf(record.sample, record.repeat), record as T);
  }
  return records;
}

/** Puts these records in place of all that there are. */
export function replaceRecords(directory: string, records: Iterable<RunRecord>): void {
  const lines = inOrder(records).map((record) => `${JSON.stringify(record)}\n`);
  writeWhole(join(directory, FILE), lines.join(""));
}

/** The file, open for more. */
export class RecordsFile {
  readonly #path: string;
  readonly #file: number;

  /** Cuts off a last line that is not whole. @throws TouchlineError `bench/write`. */
  constructor(directory: string) {
    this.#path = join(directory, FILE);
    try {
      if (existsSync(this.#path)) truncateSync(this.#path, bytesOf(this.#path).lastIndexOf("\n") + 1);
      this.#file = openSync(this.#path, "a");
    } catch (cause) {
      throw cannotWrite(this.#path, cause);
    }
  }

  /** Once it returns, the record outlives a loss of power. @throws TouchlineError `bench/write`; nothing of it stays then. */
  add(record: RunRecord): void {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    const { size } = fstatSync(this.#file);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
      fsyncSync(this.#file);
    } catch (cause) {
      try {
        ftruncateSync(this.#file, size);
      } catch {
        // Readers leave out a line that is not whole.
      }
      throw cannotWrite(this.#path, cause);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function bytesOf(path: string): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TouchlineError("bench/read", `"${path}" cannot be read (${fileErrorCode(cause)}).`, { cause });
  }
}

/** The lines that end with a line feed. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; ;) {
    const end = bytes.indexOf("\n", start);
    if (end < 0) return;
    yield bytes.toString("utf8", start, end);
    start = end + 1;
  }
}

function parse(line: string): RunRecord | undefined {
  try {
    const record = JSON.parse(line) as RunRecord;
    return typeof record.sample === "string" && typeof record.repeat === "number" ? record : undefined;
  } catch {
    return undefined;
  }
}
