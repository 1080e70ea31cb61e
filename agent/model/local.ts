/**
 * @file A model in the thread that opens it: chats and pictures in, texts out. onnxruntime blocks its thread while it
 * works; `openModel` (thread/) keeps the caller's free.
 */
import { TouchlineError } from "../../env/error.ts";
import { sizeOf } from "../graph/index.ts";
import { type ChatReader, encodeChat, openChatReader } from "./chat.ts";
import { Forward, type Generation, Writer, type Written } from "./decode/index.ts";
import {
  checkWeights,
  type ModelConfig,
  openWeights,
  parameterShapes,
  readConfig,
  type Weights,
} from "./folder/index.ts";
import { Buffers } from "./image/index.ts";
import type {
  ChatInput,
  ChatModel,
  Generated,
  GenerateOptions,
  GenerateRequest,
  Logits,
  ModelInfo,
  ModelOptions,
} from "./types.ts";

const DEFAULT_TOKENS = 256;
const DEFAULT_BATCH = 32;
const NO_SPECIAL = { skipSpecial: true };

/**
 * Opens a Hugging Face folder of Qwen2.5-VL.
 * @throws TouchlineError `model/...` for what is missing or wrong in the folder, naming the file; `graph/device`.
 */
export async function openLocalModel(directory: string, options: ModelOptions = {}): Promise<LocalModel> {
  const config = readConfig(directory);
  const weights = openWeights(directory);
  checkWeights(config, weights);
  const reader = openChatReader(directory);
  const forward = await Forward.open(config, weights, options);
  return new LocalModel(modelInfo(config, weights), forward, reader);
}

export class LocalModel implements ChatModel {
  readonly info: ModelInfo;
  readonly #forward: Forward;
  readonly #writer: Writer;
  readonly #reader: ChatReader;
  readonly #buffers = new Buffers();

  constructor(info: ModelInfo, forward: Forward, reader: ChatReader) {
    this.info = info;
    this.#forward = forward;
    this.#writer = new Writer(forward);
    this.#reader = reader;
  }

  async generate(
    requests: readonly GenerateRequest[],
    { batchSize = DEFAULT_BATCH, onToken, signal }: GenerateOptions = {},
  ): Promise<Generated[][]> {
    inRange("batchSize", batchSize, 1, 1024);
    const texts = requests.map(({ seeds = [0] }) =>
      seeds.map(() => ({ stream: this.#reader.tokenizer.stream(NO_SPECIAL), text: "", told: 0 })),
    );
    const generations = requests.map((request, place): Generation => {
      const { stop = [] } = request;
      return {
        ...this.#plan(request),
        ends: (sample, token) => {
          const own = texts[place]![sample]!;
          // No word ended before: one that is new ends in what the token adds.
          const before = own.text.length;
          own.text += own.stream.push(token);
          for (const word of stop) if (own.text.includes(word, before - word.length + 1)) return true;
          return false;
        },
      };
    });
    const write = (generation: Generation, request: number): Promise<Written[]> =>
      this.#writer.write(generation, {
        batchSize,
        onToken: (sample, { token }, finish) => {
          const own = texts[request]![sample]!;
          if (finish) own.text += own.stream.end();
          onToken?.({ request, sample, id: token, text: own.text.slice(own.told) });
          own.told = own.text.length;
        },
        isCancelled: () => signal?.aborted ?? false,
      });
    const written = await Promise.all(generations.map(write));
    for (const { prompt } of generations) this.#buffers.give(prompt.pixelValues);
    return written.map((samples, i) => {
      const promptTokens = generations[i]!.prompt.ids.length;
      return samples.map((sample, place): Generated => {
        const { text, stream } = texts[i]![place]!;
        return generated(sample, sample.finish === "cancelled" ? text + stream.end() : text, promptTokens);
      });
    });
  }

  async logits(inputs: readonly ChatInput[], { all = false } = {}): Promise<Logits[]> {
    if (inputs.length === 0) return [];
    const prompts = inputs.map((input) => encodeChat(this.#reader, input));
    const { logits, cache } = await this.#forward.prefill(prompts, { all });
    cache.close();
    const width = this.info.config.text.vocabularySize;
    let start = 0;
    return prompts.map(({ ids }) => {
      const rows = all ? ids.length : 1;
      const data = logits.slice(start * width, (start + rows) * width);
      start += rows;
      return { shape: [rows, width], data };
    });
  }

  seconds(): Promise<number> {
    return this.#forward.seconds();
  }

  close(): Promise<void> {
    return this.#forward.close();
  }

  #plan(request: GenerateRequest): Generation {
    const { seeds = [0], temperature = 0, topP = 1, topK = 0, maxTokens = DEFAULT_TOKENS } = request;
    const { topLogProbabilities = 0, stop = [] } = request;
    inRange("seeds", seeds.length, 1, Number.MAX_SAFE_INTEGER);
    inRange("maxTokens", maxTokens, 1, Number.MAX_SAFE_INTEGER);
    inRange("topK", topK, 0, Number.MAX_SAFE_INTEGER);
    inRange("topLogProbabilities", topLogProbabilities, 0, 20);
    if (!(temperature >= 0 && temperature <= 100))
      wrong("temperature", temperature, "a number from 0 to 100");
    if (stop.includes("")) wrong("stop", '[""]', "texts that are not empty");
    if (!(topP > 0 && topP <= 1)) wrong("topP", topP, "a number above 0, up to 1");
    return {
      prompt: encodeChat(this.#reader, request, { buffers: this.#buffers }),
      seeds,
      temperature,
      topP,
      topK,
      maxTokens,
      alternatives: topLogProbabilities,
      endTokens: this.#reader.endTokens,
    };
  }
}

function generated({ tokens, finish }: Written, text: string, promptTokens: number): Generated {
  return {
    text,
    tokens: tokens.map(({ token, logProbability, drawnLogProbability, top }) => ({
      id: token,
      logProbability,
      drawnLogProbability,
      top: top.map((one) => ({ id: one.token, logProbability: one.logProbability })),
    })),
    finish,
    promptTokens,
  };
}

export function modelInfo(config: ModelConfig, weights: Weights): ModelInfo {
  let [parameters, weightBytes] = [0, 0];
  const stored: ModelInfo["stored"] = {};
  for (const [name, shape] of parameterShapes(config)) {
    const { dtype, byteLength } = weights.tensors.get(name)!;
    parameters += sizeOf(shape);
    weightBytes += byteLength;
    stored[dtype] = (stored[dtype] ?? 0) + sizeOf(shape);
  }
  return { directory: weights.directory, config, parameters, weightBytes, stored };
}

function inRange(name: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  wrong(
    name,
    value,
    high === Number.MAX_SAFE_INTEGER ? `an integer from ${low}` : `an integer from ${low} to ${high}`,
  );
}

function wrong(name: string, value: unknown, expected: string): never {
  throw new TouchlineError("model/request", `${name} is ${String(value)}; expected ${expected}.`);
}
