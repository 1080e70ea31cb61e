/** @file Who answers a chat: a model in this process, or a server. */
import type { ChatInput } from "../model/index.ts";

export interface AnswerOptions {
  seed: number;
  /** 0 takes the likeliest token. */
  temperature: number;
  topP: number;
  maxTokens: number;
  /** Texts that end an answer once it holds them. */
  stop: readonly string[];
  /** Hears the answer as it comes, piece by piece. */
  onText?: ((piece: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface TokenProbability {
  text: string;
  /** Natural logarithm. */
  logProbability: number;
}

/** It came to its end; it ran out of room; the model, or a filter before it, would not answer. */
export type AnswerFinish = "stop" | "length" | "refusal";

export interface ModelAnswer {
  text: string;
  /** How it ended, where the answerer tells it. */
  finish?: AnswerFinish;
  /** Of each token of the text, where the answerer tells it. */
  tokens?: TokenProbability[];
  /** How many tokens were read and written, where it is told. */
  promptTokens?: number;
  answerTokens?: number;
}

export interface Answerer {
  /** As in `--policy`, without anything secret. */
  readonly name: string;
  /** Loads what is slow to load. */
  open(): Promise<void>;
  /**
   * Answers one chat; many may be asked at once.
   * @throws TouchlineError with one sentence why there is no answer.
   */
  answer(input: ChatInput, options: AnswerOptions): Promise<ModelAnswer>;
  close(): Promise<void>;
}
