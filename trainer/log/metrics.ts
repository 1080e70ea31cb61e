/** @file `metrics.jsonl`: one line a step, `{"global_step", NAME: number...}`, with the names that CleanRL and OpenRLHF use. */
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { AppendFile, cannotWrite } from "./append.ts";

export type Metrics = Readonly<Record<string, number>>;

export class MetricsFile {
  readonly #file: AppendFile;

  /**
   * Opens the file to go on after a step: what it says of later ones, and a last line that is not whole, is cut off.
   * @throws TouchlineError `train/write`.
   */
  constructor(path: string, afterStep = 0) {
    cut(path, afterStep);
    this.#file = new AppendFile(path);
  }

  write(step: number, metrics: Metrics): void {
    this.#file.write(Buffer.from(`${JSON.stringify({ global_step: step, ...metrics })}\n`));
  }

  sync(): void {
    this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }
}

function cut(path: string, lastStep: number): void {
  if (!existsSync(path)) return;
  try {
    truncateSync(path, lengthThrough(readFileSync(path), lastStep));
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Bytes of the lines up to a step. */
function lengthThrough(bytes: Buffer, lastStep: number): number {
  for (let start = 0; ;) {
    const end = bytes.indexOf("\n", start);
    if (end < 0 || !(stepOf(bytes.toString("utf8", start, end)) <= lastStep)) return start;
    start = end + 1;
  }
}

/** NaN for a line that is none of ours. */
function stepOf(line: string): number {
  try {
    return Number((JSON.parse(line) as { global_step: unknown }).global_step);
  } catch {
    return NaN;
  }
}
