/**
 * @file Answers that are kept across runs: one file each, named by a hash of all that an answer follows from, the repeat
 * included, so that repeats are never one answer told again and again.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatMessage } from "../../../agent/model/index.ts";
import { sha256, writeWhole } from "../index.ts";
import type { ModelIdentity, QuestionRecord, Sampling } from "./record.ts";

/** An answer as a run keeps it. */
export type Kept = Pick<QuestionRecord, "output" | "finish" | "tokens" | "milliseconds">;

export interface Asked {
  model: ModelIdentity;
  messages: readonly ChatMessage[];
  images: readonly string[];
  sampling: Sampling;
  seed: number;
  repeat: number;
}

/** What would make a file of another version mean something else. */
const VERSION = 1;

export class AnswerCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** A file that is none is as good as none. */
  find(asked: Asked): Kept | undefined {
    const path = this.#pathOf(asked);
    if (!existsSync(path)) return undefined;
    try {
      const kept = JSON.parse(readFileSync(path, "utf8")) as Kept;
      return typeof kept.output === "string" ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  /** An empty answer is not kept: it may have been a server's mistake. */
  keep(asked: Asked, { output, finish, tokens, milliseconds }: Kept): void {
    if (output === "") return;
    writeWhole(this.#pathOf(asked), `${JSON.stringify({ output, finish, tokens, milliseconds })}\n`);
  }

  #pathOf({ model, messages, images, sampling, seed, repeat }: Asked): string {
    const { temperature, topP, maxTokens, stop } = sampling;
    // No seed plays a part where the likeliest token is taken.
    const drawn = temperature === 0 ? null : { temperature, topP, seed };
    const key = sha256(JSON.stringify([VERSION, model, messages, images, drawn, maxTokens, stop, repeat]));
    return join(this.#directory, key.slice(0, 2), `${key}.json`);
  }
}
