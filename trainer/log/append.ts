/** @file A file that only grows, by whole pieces: where one does not fit any more, none of it stays. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";

export class AppendFile {
  readonly path: string;
  readonly #file: number;
  /** Bytes that are whole. */
  #size: number;

  /** Opens the file, or makes it. Throws `train/write`. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#file = openSync(path, "a");
      this.#size = fstatSync(this.#file).size;
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  }

  /** Throws `train/write`, such as for a full disk; the file is then as it was before. */
  write(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
    } catch (cause) {
      this.#cut();
      throw cannotWrite(this.path, cause);
    }
    this.#size += bytes.length;
  }

  /** What is written now survives a loss of power. */
  sync(): void {
    try {
      fsyncSync(this.#file);
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #cut(): void {
    try {
      ftruncateSync(this.#file, this.#size);
    } catch {
      // Readers leave out a last piece that is not whole.
    }
  }
}

/** `train/write`, for any file of a run. */
export function cannotWrite(path: string, cause: unknown): TouchlineError {
  const word = fileErrorCode(cause);
  const help =
    word === "ENOSPC" || word === "EDQUOT"
      ? "make room, and go on from the last checkpoint with --resume"
      : "give a folder that you may write to";
  return new TouchlineError("train/write", `"${path}" cannot be written (${word}); ${help}.`, { cause });
}
