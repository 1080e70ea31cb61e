/** @file One line of training data: a conversation, as tokens, and the files of its pictures. */
import { TouchlineError } from "../../env/error.ts";
import { type ChatMessage, type ChatReader, readPicture } from "../../agent/model/index.ts";
import { encodeExample, type Sequence } from "../learner/index.ts";
import { readRow } from "./row.ts";

export interface Example {
  ids: Int32Array;
  /** Places of the tokens that are learned. */
  learned: Int32Array;
  /** Paths; pictures are read again each time they are needed, for all of them need not fit into memory. */
  images: readonly string[];
}

/** Which of the assistant's turns are learned. */
export type Turns = "last" | "all";

/**
 * The conversation in a line of the file `path`. `source` is what errors call it, `FILE:LINE`.
 * @throws TouchlineError `data/...` as `readRow`, and what reading pictures and encoding chats throws.
 */
export async function readExample(
  line: string,
  path: string,
  source: string,
  reader: ChatReader,
  turns: Turns,
): Promise<Example> {
  const { messages, images } = readRow(line, path, source);
  const { ids, learned } = await at(source, () => encode(messages, images, reader, turns));
  return { ids: Int32Array.from(ids), learned: Int32Array.from(learned), images };
}

/** What the learner takes. Throws as `readPicture`. */
export async function sequenceOf({ ids, learned, images }: Example, reader: ChatReader): Promise<Sequence> {
  const pictures = await Promise.all(images.map(readPicture));
  return { ids: Array.from(ids), learned: Array.from(learned), ...reader.images.process(pictures) };
}

async function encode(
  messages: readonly ChatMessage[],
  paths: readonly string[],
  reader: ChatReader,
  turns: Turns,
): Promise<Sequence> {
  const images = await Promise.all(paths.map(readPicture));
  return encodeExample(reader, { messages, images }, { turns });
}

/** Says of errors in which line they are. */
async function at<T>(source: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (!(cause instanceof TouchlineError)) throw cause;
    throw new TouchlineError(cause.code, `${source}: ${cause.message}`, { cause });
  }
}
