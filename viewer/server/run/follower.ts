/**
 * @file Follows one growing `metrics.jsonl`: reads what has come, whole lines only. A file that shrank, was replaced or
 * says something else where it was read before is read anew.
 */
import { open, type FileHandle } from "node:fs/promises";
import { CurveStore } from "./store.ts";
import { readRow } from "./row.ts";

const CHUNK_BYTES = 1 << 20;
/** So many of the last bytes that were read are held against the file the next time. */
const CHECK_BYTES = 64;
const NEWLINE = 0x0a;

export class MetricsFollower {
  readonly path: string;
  store = new CurveStore();
  /** Up to here everything was read; always behind a newline, or in a line that is too long to be one. */
  #offset = 0;
  #before: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.path = path;
  }

  /** Reads what is there by now. A file that is not there, or cannot be read, has nothing more for now. */
  async read(): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(this.path, "r");
      const { size } = await file.stat();
      if (size < this.#offset || !(await this.#isSame(file))) this.#restart();
      await this.#readOn(file, size);
    } catch {
      // It may be there again the next time.
    } finally {
      await file?.close();
    }
  }

  #restart(): void {
    this.store = new CurveStore();
    this.#offset = 0;
    this.#before = Buffer.alloc(0);
  }

  /** Whether the file still says what it said where reading stopped. */
  async #isSame(file: FileHandle): Promise<boolean> {
    const { length } = this.#before;
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, this.#offset - length);
    return bytes.equals(this.#before);
  }

  async #readOn(file: FileHandle, size: number): Promise<void> {
    while (this.#offset < size) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.#offset));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, this.#offset);
      const end = chunk.lastIndexOf(NEWLINE, bytesRead - 1) + 1;
      // The last line is not whole yet. One that fills all of this is none and is passed over.
      if (end === 0 && bytesRead < CHUNK_BYTES) return;
      const done = end === 0 ? bytesRead : end;
      for (const line of chunk.toString("utf8", 0, end).split("\n")) {
        const row = line === "" ? undefined : readRow(line);
        if (row !== undefined) this.store.add(row);
      }
      this.#offset += done;
      this.#before = Buffer.from(chunk.subarray(Math.max(0, done - CHECK_BYTES), done));
      // Of the rest of what was passed over nothing must remain.
      if (bytesRead < chunk.length) return;
    }
  }
}
