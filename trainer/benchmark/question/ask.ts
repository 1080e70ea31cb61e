/** @file One question, asked once: from the cache or from the model. */
import { TouchlineError } from "../../../env/error.ts";
import type { Answerer, ModelAnswer } from "../../../agent/answerer/index.ts";
import type { ChatInput } from "../../../agent/model/index.ts";
import type { AnswerCache, Asked, Kept } from "./cache.ts";

export interface AskOptions {
  answerer: Answerer;
  cache?: AnswerCache | undefined;
  /** Waits for its turn before it goes to the model. */
  pace: () => Promise<void>;
  signal?: AbortSignal | undefined;
}

/** What came: an answer, or why there is none. `hasNoRoom`: the question alone is longer than the model can read. */
export type Response =
  | { given: Kept; cached: boolean }
  | { failed: string; hasNoRoom: boolean; milliseconds: number };

/** `chat`: the words and the pictures, opened when the cache does not have the answer. */
export async function ask(
  asked: Asked,
  chat: () => Promise<ChatInput>,
  { answerer, cache, pace, signal }: AskOptions,
): Promise<Response> {
  const known = cache?.find(asked);
  if (known) return { given: known, cached: true };
  const input = await chat();
  await pace();
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  try {
    const { sampling, seed } = asked;
    const given = keptOf(await answerer.answer(input, { ...sampling, seed, signal }), since());
    if (!signal?.aborted) cache?.keep(asked, given);
    return { given, cached: false };
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    return {
      failed: error.message,
      hasNoRoom: error.code === "model/prompt-too-long",
      milliseconds: since(),
    };
  }
}

function keptOf(answer: ModelAnswer, milliseconds: number): Kept {
  const { text, finish = null, promptTokens = null, answerTokens = answer.tokens?.length ?? null } = answer;
  return { output: text, finish, tokens: { prompt: promptTokens, answer: answerTokens }, milliseconds };
}
