/** @file Episodes as files: every line is written as it happens, so a crash keeps what was played. */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type {
  DecisionRecord,
  EndRecord,
  EpisodeHeader,
  EpisodeRecord,
  EpisodeSink,
  ResetRecord,
  StepRecord,
} from "../../env/episode/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";

/**
 * One file an episode in one folder, `SCENARIO-SEED.jsonl`; when that name is taken, `SCENARIO-SEED-2.jsonl`
 * and so on, for no file is ever written over.
 */
export class FileSink implements EpisodeSink {
  readonly directory: string;
  /** The paths written so far, the newest last. */
  readonly files: string[] = [];
  #file: number | undefined;

  /** Makes the folder when it is missing. Throws `record/folder` when that cannot be done. */
  constructor(directory: string) {
    this.directory = directory;
    try {
      mkdirSync(directory, { recursive: true });
    } catch (cause) {
      throw cannotWrite(directory, cause);
    }
  }

  begin(header: EpisodeHeader, reset: ResetRecord): void {
    this.close();
    this.#file = this.#open(`${header.scenario.id}-${header.seed}`);
    this.#write(header);
    this.#write(reset);
  }

  decision(record: DecisionRecord): void {
    this.#write(record);
  }

  step(record: StepRecord): void {
    this.#write(record);
  }

  end(record: EndRecord): void {
    this.#write(record);
    this.close();
  }

  /** Leaves an unfinished episode as it is: a file without an end line. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(name: string): number {
    for (let copy = 1; ; copy++) {
      const path = join(this.directory, copy === 1 ? `${name}.jsonl` : `${name}-${copy}.jsonl`);
      try {
        const file = openSync(path, "wx");
        this.files.push(path);
        return file;
      } catch (cause) {
        if (fileErrorCode(cause) !== "EEXIST") throw cannotWrite(this.directory, cause);
      }
    }
  }

  #write(record: EpisodeRecord): void {
    if (this.#file !== undefined) writeSync(this.#file, writeLine(record));
  }
}

function cannotWrite(directory: string, cause: unknown): TouchlineError {
  const message = `Episodes cannot be recorded in "${directory}" (${fileErrorCode(cause)}); give a folder that you may write to.`;
  return new TouchlineError("record/folder", message, { cause });
}
