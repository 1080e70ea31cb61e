/**
 * @file One answer from what a server sends: chunks of a stream or a whole completion. Servers take apart what a model
 * writes; here it is put together again as the model wrote it.
 */
import { z } from "zod";
import type { AnswerFinish, AnswerOptions, ModelAnswer, TokenProbability } from "./answerer.ts";

/** Servers that find a thought between <think> tags send it beside the content, under one of two names. */
const PART = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  /** OpenAI's own models say here, and not in the content, that they will not answer. */
  refusal: z.string().nullish(),
});

/** What ended an answer: a stop text, the number of an end token, or null for the usual one. */
const STOPPED_BY = z.union([z.string(), z.number()]).nullish();

export const CHUNK = z.object({
  choices: z
    .array(
      z.object({
        delta: PART.nullish(),
        message: PART.nullish(),
        logprobs: z
          .object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish() })
          .nullish(),
        finish_reason: z.string().nullish(),
        /** As vLLM and SGLang call it. */
        stop_reason: STOPPED_BY,
        matched_stop: STOPPED_BY,
      }),
    )
    .default([]),
  usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
});
export type Chunk = z.infer<typeof CHUNK>;

/** Servers' words for the ends that they know; of any other nothing is known. */
const FINISHES: ReadonlyMap<string, AnswerFinish> = new Map([
  ["stop", "stop"],
  ["length", "length"],
  ["content_filter", "refusal"],
  ["refusal", "refusal"],
]);

export class Completion {
  #text = "";
  #thinks = false;
  #stopped = false;
  #ended = false;
  #refuses = false;
  #finish: AnswerFinish | undefined;
  readonly #tokens: TokenProbability[] = [];
  #usage: Chunk["usage"];
  readonly #stop: readonly string[];
  readonly #onText: AnswerOptions["onText"];

  /** The answer ends with the first of the texts of `stop`, whether the server stops there or not. */
  constructor({ stop, onText }: Pick<AnswerOptions, "stop" | "onText">) {
    this.#stop = stop;
    this.#onText = onText;
  }

  /** Holds a stop text, so that nothing more is needed. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The server has said that it is the whole answer. */
  get ended(): boolean {
    return this.#ended;
  }

  get answer(): ModelAnswer {
    const { prompt_tokens: read, completion_tokens: written } = this.#usage ?? {};
    const finish = this.#refuses ? "refusal" : this.#stopped ? "stop" : this.#finish;
    return {
      text: this.#text,
      ...(finish && { finish }),
      ...(this.#tokens.length > 0 && { tokens: this.#tokens }),
      ...(read != null && { promptTokens: read }),
      ...(written != null && { answerTokens: written }),
    };
  }

  add({ choices: [choice], usage }: Chunk): void {
    this.#usage = usage ?? this.#usage;
    if (!choice || this.#stopped) return;
    for (const { token, logprob } of choice.logprobs?.content ?? []) {
      this.#tokens.push({ text: token, logProbability: logprob });
    }
    const part = choice.delta ?? choice.message;
    const thought = part?.reasoning_content ?? part?.reasoning;
    if (thought) {
      if (!this.#thinks) this.#write("<think>");
      this.#thinks = true;
      this.#write(thought);
    }
    if (part?.content) {
      if (this.#thinks) this.#write("</think>");
      this.#thinks = false;
      this.#write(part.content);
    }
    if (part?.refusal) {
      this.#refuses = true;
      this.#write(part.refusal);
    }
    if (!choice.finish_reason) return;
    this.#ended = true;
    this.#finish = FINISHES.get(choice.finish_reason);
    if (choice.finish_reason === "stop") this.#writeLostStop(choice.stop_reason, choice.matched_stop);
  }

  #write(piece: string): void {
    if (this.#stopped) return;
    const text = this.#text + piece;
    const ends = this.#stop
      .filter((stop) => text.includes(stop))
      .map((stop) => text.indexOf(stop) + stop.length);
    this.#stopped = ends.length > 0;
    const kept = text.slice(this.#text.length, Math.min(text.length, ...ends));
    this.#text += kept;
    this.#onText?.(kept);
  }

  /** Most servers leave away the stop text that ended an answer; few say that one did. */
  #writeLostStop(...by: readonly z.infer<typeof STOPPED_BY>[]): void {
    const told = by.some((name) => name !== undefined);
    const lost = this.#stop.find((stop) => (told ? by.includes(stop) : this.#isOpen(stop)));
    if (lost !== undefined) this.#write(lost);
  }

  /** Whether it is a closing tag, and its tag is open. */
  #isOpen(stop: string): boolean {
    return stop.startsWith("</") && this.#text.includes(stop.replace("/", ""));
  }
}
