/** @file Questions with their right answers, for reinforcement learning: JSONL in LMM-R1's format. */
import { existsSync } from "node:fs";
import { TouchlineError } from "../../env/error.ts";
import { type ChatInput, type ChatMessage, readPicture } from "../../agent/model/index.ts";
import { type VerifierName, VERIFIERS } from "../reward/index.ts";
import { readLines } from "./lines.ts";
import { readRow, type Row } from "./row.ts";

export interface QuestionRow {
  chat: {
    /** The last is the user's. */
    messages: readonly ChatMessage[];
    /** Paths; `openChat` reads them. */
    images: readonly string[];
  };
  gold: string;
  /** Answers that are as right. */
  also: readonly string[];
  /** Who says whether an answer is right. */
  verifier: VerifierName;
  /** FILE:LINE */
  source: string;
}

export interface QuestionRows {
  rows: QuestionRow[];
  /** Lines whose answer is missing or cannot be read: they are left out, for whatever is said to them is never rewarded. */
  unparseable: number;
}

/**
 * The questions of a JSONL file, in their order: `message` (or `messages`), `answer`, and pictures as `readRow` takes them.
 * @throws TouchlineError `data/...` for a line that is not right, with FILE:LINE; `data/file`; `data/empty`.
 */
export async function readQuestions(path: string): Promise<QuestionRows> {
  const rows: QuestionRow[] = [];
  let unparseable = 0;
  for await (const { text, number } of readLines(path)) {
    const source = `${path}:${number}`;
    const { messages, images, answer, also, verifier } = readRow(text, path, source);
    checkChat({ messages, images }, source);
    const gold = goldOf(answer, verifier);
    if (gold === undefined) unparseable++;
    else rows.push({ chat: { messages, images }, gold, also, verifier, source });
  }
  if (rows.length === 0) throw nothing(path, unparseable);
  return { rows, unparseable };
}

/**
 * The chat with its pictures, which are read anew each time, for all need not fit into memory.
 * @throws TouchlineError as `readPicture`, with FILE:LINE.
 */
export async function openChat({ chat: { messages, images }, source }: QuestionRow): Promise<ChatInput> {
  try {
    return { messages, images: await Promise.all(images.map(readPicture)) };
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    throw new TouchlineError(error.code, `${source}: ${error.message}`, { cause: error });
  }
}

function goldOf(answer: unknown, verifier: VerifierName): string | undefined {
  if (typeof answer !== "string" && typeof answer !== "number") return undefined;
  const gold = String(answer);
  return VERIFIERS[verifier]("", gold).status === "gold_unparsed" ? undefined : gold;
}

function checkChat({ messages, images }: Pick<Row, "messages" | "images">, source: string): void {
  const { role } = messages.at(-1)!;
  if (role !== "user") {
    throw new TouchlineError(
      "data/question",
      `${source}: The last message is of the ${role}; expected the user's, to which an answer is given.`,
    );
  }
  const places = messages
    .flatMap(({ content }) => (typeof content === "string" ? [] : content))
    .filter(({ type }) => type === "image").length;
  if (places !== images.length) {
    throw new TouchlineError(
      "data/pictures",
      `${source}: The messages have ${places} places for pictures, and ${images.length} are named; expected as many.`,
    );
  }
  const missing = images.find((image) => !existsSync(image));
  if (missing === undefined) return;
  throw new TouchlineError(
    "data/pictures",
    `${source}: The picture ${missing} is not there; data from elsewhere may name the paths of another machine, so write them anew.`,
  );
}

function nothing(path: string, unparseable: number): TouchlineError {
  const found =
    unparseable === 0
      ? "no line"
      : `only lines whose answer is missing or cannot be read, ${unparseable} of them`;
  return new TouchlineError(
    "data/empty",
    `The data ${path} has ${found}; expected a question with its answer a line.`,
  );
}
