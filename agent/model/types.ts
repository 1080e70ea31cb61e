/** @file What a model is asked and what it answers. */
import type { FinishReason } from "./decode/index.ts";
import type { DataType, ModelConfig } from "./folder/index.ts";
import type { Picture } from "./image/index.ts";
import type { ChatMessage } from "./text/index.ts";
import type { Device } from "../graph/index.ts";

export interface ModelOptions {
  /** Where it runs. */
  device?: Device;
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /**
   * Keep weights in memory as they are stored, and convert them in every run: half the memory for a file of 16 bits,
   * and slow.
   */
  compact?: boolean;
}

export interface ChatInput {
  messages: readonly ChatMessage[];
  /** One for each `{type: "image"}` of the messages, in order. */
  images?: readonly Picture[];
}

export interface GenerateRequest extends ChatInput {
  /** One text is written for each; the same seed gives the same text whatever else is asked at the time. */
  seeds?: readonly number[];
  /** 0, the default, takes the likeliest token. */
  temperature?: number;
  /** Above 0 to 1. */
  topP?: number;
  /** 0: all tokens. */
  topK?: number;
  maxTokens?: number;
  /** Texts that end an answer once it holds them, beside the end tokens of the model's folder. */
  stop?: readonly string[];
  /** How many of the likeliest tokens to tell beside each, up to 20. */
  topLogProbabilities?: number;
}

export interface Token {
  id: number;
  /** Natural logarithm of its probability at temperature 1 among all tokens. */
  logProbability: number;
  /** The same at the temperature that it was drawn at; that at 1 where no chance played a part. */
  drawnLogProbability: number;
  /** The likeliest at this place, best first. */
  top: { id: number; logProbability: number }[];
}

export interface Generated {
  /** Without special tokens. */
  text: string;
  /** With the end token, if one ended it. */
  tokens: Token[];
  finish: FinishReason;
  promptTokens: number;
}

/**
 * A token as it comes. `text` is what it makes certain; a character of several tokens comes with its last. The pieces
 * of a text that was not cancelled add up to it.
 */
export interface TokenEvent {
  request: number;
  sample: number;
  id: number;
  text: string;
}

export interface GenerateOptions {
  /** Texts that are written at the same time: 1 to 1024. */
  batchSize?: number;
  onToken?: (event: TokenEvent) => void;
  /** When it aborts, texts end where they are, with the finish "cancelled". */
  signal?: AbortSignal;
}

export interface Logits {
  /** [tokens, vocabularySize] of one input. */
  shape: [rows: number, vocabulary: number];
  data: Float32Array;
}

export interface ModelInfo {
  directory: string;
  config: ModelConfig;
  parameters: number;
  weightBytes: number;
  /** How many parameters are stored in each type. */
  stored: Partial<Record<DataType, number>>;
}

/** A model that is ready to answer. */
export interface ChatModel {
  readonly info: ModelInfo;
  /** For each request a text for each of its seeds. Throws `model/request` for values out of range, `model/prompt-too-long`, `model/image-count`. */
  generate(requests: readonly GenerateRequest[], options?: GenerateOptions): Promise<Generated[][]>;
  /** What comes after the last token of each input, or with `all` after every token. */
  logits(inputs: readonly ChatInput[], options?: { all?: boolean }): Promise<Logits[]>;
  /** Seconds in onnxruntime so far. */
  seconds(): Promise<number>;
  close(): Promise<void>;
}
