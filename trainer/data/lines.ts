/** @file The lines of JSONL, one after another; nothing need fit into memory as a whole. */
import { createReadStream } from "node:fs";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";

export interface Line {
  text: string;
  /** Counted from 1, as editors do. */
  number: number;
}

const NEWLINE = 0x0a;

/** The lines of a file that are not blank. @throws TouchlineError `data/file`. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  try {
    yield* linesOf(createReadStream(path, { highWaterMark: 1 << 20 }));
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause) || cause instanceof TouchlineError) throw cause;
    throw new TouchlineError(
      "data/file",
      `The data "${path}" cannot be read (${fileErrorCode(cause)}); give a JSONL file, docs/TRAINING.md has its format.`,
      { cause },
    );
  }
}

/**
 * The lines of a stream of bytes that are not blank. Only a line feed ends one: node:readline also breaks at U+2028,
 * which may stand in JSON.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let rest: Uint8Array[] = [];
  let number = 0;
  const end = (last: Uint8Array): Line[] => {
    const text = Buffer.concat([...rest, last])
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .trim();
    rest = [];
    number++;
    return text === "" ? [] : [{ text, number }];
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      yield* end(chunk.subarray(start, at));
      start = at + 1;
    }
    rest.push(chunk.subarray(start));
  }
  yield* end(Buffer.alloc(0));
}
