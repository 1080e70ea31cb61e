/** @file A model that answers many chats at once by chance, and keeps what it did token by token. */
import type { Device } from "../../agent/graph/index.ts";
import { type ChatInput, LocalModel, openLocalModel } from "../../agent/model/index.ts";
import { conclusionOf } from "./conclusion.ts";
import type { Experience } from "./experience.ts";

export interface SamplerOptions {
  /** Where the model runs. */
  device?: Device;
  /** Of one operator. */
  threads: number;
  /** Texts that are written at the same time. */
  batchSize: number;
  maxTokens: number;
  /** 0 takes the likeliest tokens. */
  temperature: number;
  topP: number;
  stop: readonly string[];
}

export class Sampler {
  readonly #options: SamplerOptions;
  #model: LocalModel | undefined;
  #policyStep = 0;
  #seconds = 0;

  constructor(options: SamplerOptions) {
    this.#options = options;
  }

  /** Answers from here on as the weights of this folder do. */
  async load(directory: string, policyStep: number): Promise<void> {
    await this.close();
    const { device = "cpu", threads } = this.#options;
    this.#model = await openLocalModel(directory, { device, threads });
    this.#policyStep = policyStep;
  }

  /** An answer to each chat; the same seed gives the same answer. */
  async sample(chats: readonly ChatInput[], seeds: readonly number[]): Promise<Experience[]> {
    const { batchSize, maxTokens, temperature, topP, stop } = this.#options;
    const requests = chats.map((chat, i) => ({
      ...chat,
      seeds: [seeds[i]!],
      maxTokens,
      temperature,
      topP,
      stop,
    }));
    const pieces = chats.map((): string[] => []);
    const answers = await this.#model!.generate(requests, {
      batchSize,
      onToken: ({ request, text }) => pieces[request]!.push(text),
    });
    return answers.map(([answer], i) => ({
      chat: chats[i]!,
      text: answer!.text,
      tokens: answer!.tokens.map(({ id }) => id),
      logProbabilities: answer!.tokens.map(({ drawnLogProbability }) => drawnLogProbability),
      ends: endsOf(pieces[i]!),
      conclusionFrom: Math.min(conclusionOf(pieces[i]!), answer!.tokens.length),
      policyStep: this.#policyStep,
    }));
  }

  /** Seconds in onnxruntime so far. */
  async seconds(): Promise<number> {
    return this.#seconds + ((await this.#model?.seconds()) ?? 0);
  }

  async close(): Promise<void> {
    this.#seconds = await this.seconds();
    await this.#model?.close();
    this.#model = undefined;
  }
}

function endsOf(pieces: readonly string[]): number[] {
  let end = 0;
  return pieces.map((piece) => (end += piece.length));
}
