/** @file Training data as a whole: everything is read and checked once before anything is learned. */
import { createHash } from "node:crypto";
import { TouchlineError } from "../../env/error.ts";
import type { ChatReader } from "../../agent/model/index.ts";
import { type Example, readExample, type Turns } from "./example.ts";
import { readLines } from "./lines.ts";

export interface Dataset {
  examples: Example[];
  /** Lines that were too long. */
  leftOut: number;
  /** Of all tokens: the same data give the same text. */
  fingerprint: string;
}

export interface DatasetOptions {
  turns: Turns;
  /** Longer ones are left out; and so are those that the model cannot read. */
  maxTokens?: number | undefined;
  /** Told after each line; reading ends when it gives false. */
  onLine?: (lines: number) => boolean;
}

/** What the prompt's own check says. */
const TOO_LONG = "model/prompt-too-long";

/**
 * The examples of JSONL files, in their order.
 * @throws TouchlineError `data/...` and others for a line that is not right, with FILE:LINE; `data/empty`.
 */
export async function readDataset(
  files: readonly string[],
  reader: ChatReader,
  { turns, maxTokens = Number.POSITIVE_INFINITY, onLine = () => true }: DatasetOptions,
): Promise<Dataset> {
  const examples: Example[] = [];
  const hash = createHash("sha256");
  let leftOut = 0;
  let goesOn = true;
  for (const path of files) {
    for await (const { text, number } of readLines(path)) {
      const example = await unlessTooLong(readExample(text, path, `${path}:${number}`, reader, turns));
      if (example === undefined || example.ids.length > maxTokens) leftOut++;
      else {
        examples.push(example);
        hash.update(Int32Array.of(example.ids.length, example.learned.length));
        hash.update(example.ids).update(example.learned);
      }
      goesOn = onLine(examples.length + leftOut);
      if (!goesOn) break;
    }
    if (!goesOn) break;
  }
  if (goesOn && examples.length === 0) throw nothing(files, leftOut);
  return { examples, leftOut, fingerprint: hash.digest("hex") };
}

async function unlessTooLong(reading: Promise<Example>): Promise<Example | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TouchlineError && error.code === TOO_LONG) return undefined;
    throw error;
  }
}

function nothing(files: readonly string[], leftOut: number): TouchlineError {
  const found = leftOut === 0 ? "no line" : `only lines that are too long, ${leftOut} of them`;
  const help = leftOut === 0 ? "expected one conversation a line" : "raise maxTokens, or give shorter ones";
  return new TouchlineError("data/empty", `The data ${files.join(", ")} has ${found}; ${help}.`);
}
