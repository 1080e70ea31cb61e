/** @file Reading a model's files piece by piece, and the sentence when one cannot be read. */
import { closeSync, openSync, readSync } from "node:fs";
import { TouchlineError } from "../../../env/error.ts";
import { fileErrorCode } from "../../../env/file-error.ts";

/** One call to the system takes at most 2 GiB - 1. */
export const CHUNK_BYTES = 1 << 26;

/** What `use` makes of the open file, which is closed in any case. Throws `model/file` when it cannot be opened. */
export function withFile<T>(path: string, use: (file: number) => T): T {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw cannotRead(path, cause);
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Fills `bytes` from `position` on. Returns how many bytes the file had for that. Throws `model/file`. */
export function readInto(file: number, path: string, bytes: Uint8Array, position: number): number {
  let done = 0;
  while (done < bytes.length) {
    const wanted = Math.min(bytes.length - done, CHUNK_BYTES);
    let count: number;
    try {
      count = readSync(file, bytes, done, wanted, position + done);
    } catch (cause) {
      throw cannotRead(path, cause);
    }
    if (count === 0) break;
    done += count;
  }
  return done;
}

export function cannotRead(path: string, cause: unknown): TouchlineError {
  const message = `"${path}" cannot be read (${fileErrorCode(cause)}); expected a file of a Hugging Face model folder.`;
  return new TouchlineError("model/file", message, { cause });
}
