/** @file How levels of Sokoban come in: a POST under `/puzzles`, whose body is one as it stands, whenever it has gone on. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import { readXsb } from "../../../env/sokoban/index.ts";
import { type Puzzle, PUZZLE_BYTES_MAX } from "../../protocol/index.ts";
import type { Gate } from "../rights.ts";
import type { PuzzleDesk } from "./desk.ts";

const name = z.string().min(1).max(200);
const schema = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  by: z.string().regex(/^[a-z]{1,16}$/),
  policy: name,
  size: name,
  seed: z.number(),
  level: z.string().max(8192),
  bound: z.number(),
  moves: z.string().regex(/^[udlr]{0,2000}$/),
  said: z.array(z.strictObject({ at: z.int().min(0).max(2000), text: z.string().max(16_384) })).max(2000),
  over: z.strictObject({ solved: z.boolean(), score: z.number() }).nullable(),
});

const NOT_FROM_HERE =
  "Only programs on the page's own machine, or with the token for feeding, may show levels here, and no web page may.";

export async function answerPuzzles(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, gate }: { desk: PuzzleDesk; gate: Gate },
): Promise<void> {
  const answer = (status: number, text: string): void => {
    if (!request.complete) response.setHeader("connection", "close");
    response.writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    response.end(`${text}\n`);
  };
  if (!gate.rightsOf(request).has("feed")) return answer(403, NOT_FROM_HERE);
  if (request.method !== "POST") return answer(405, "Expected POST /puzzles.");
  if (request.headers["content-type"] !== "application/json")
    return answer(415, "Expected application/json.");
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return answer(413, `Expected at most ${PUZZLE_BYTES_MAX} bytes.`);
  const puzzle = puzzleOf(body);
  if (typeof puzzle === "string") return answer(400, puzzle);
  desk.show(puzzle);
  answer(200, "Taken.");
}

/** Undefined when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > PUZZLE_BYTES_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** What is wrong with it, in a sentence, where it is none. */
function puzzleOf(text: string): Puzzle | string {
  try {
    const read = schema.safeParse(JSON.parse(text));
    if (!read.success) {
      const issue = read.error.issues[0];
      return `${issue?.path.join(".") || "the body"}: ${issue?.message ?? "not a level"}`;
    }
    readXsb(read.data.level);
    return read.data;
  } catch (error) {
    return error instanceof TouchlineError ? error.message : "The body is not JSON.";
  }
}
