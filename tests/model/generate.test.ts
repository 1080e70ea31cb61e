/** @file Texts of a model: chance, batches, log-probabilities, and what ends them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Forward, type Prompt } from "../../agent/model/decode/index.ts";
import { openWeights, readConfig, readJson } from "../../agent/model/folder/index.ts";
import { makeImageProcessor } from "../../agent/model/image/index.ts";
import {
  type ChatInput,
  type Generated,
  type GenerateRequest,
  type LocalModel,
  openLocalModel,
} from "../../agent/model/index.ts";
import { fixtureFolder, readCases, readInputs, unpadded } from "../reference/fixture.ts";
import { folderOf } from "./tiny-folder.ts";

const TIED = join(fixtureFolder("tied"), "model");
const cases = readCases("tied");
const THREADS = { threads: 1 };

let model: LocalModel;
/** Six chats of different lengths, with none to two pictures. */
let chats: ChatInput[];
beforeAll(async () => {
  model = await openLocalModel(TIED, THREADS);
  chats = (await Promise.all(cases.map((one) => readInputs("tied", one)))).flat();
});
afterAll(() => model.close());

function request(chat: ChatInput, options: Partial<GenerateRequest> = {}): GenerateRequest {
  return { temperature: 1, maxTokens: 16, ...chat, ...options };
}

async function generateOne(chat: ChatInput, options: Partial<GenerateRequest> = {}): Promise<Generated> {
  return (await model.generate([request(chat, options)]))[0]![0]!;
}

function idsOf({ tokens }: Generated): number[] {
  return tokens.map(({ id }) => id);
}

/** Rows end at different times, so that those who wait come in one by one. */
function maxTokens(place: number): number {
  return 6 + ((place * 7) % 19);
}

describe("the same seed", () => {
  let alone: Generated[];
  beforeAll(async () => {
    alone = [];
    for (const [i, chat] of chats.entries()) {
      alone.push(await generateOne(chat, { seeds: [40 + i], maxTokens: maxTokens(i) }));
    }
  });

  it.each([1, 2, 3, 7, 32])("gives the same text alone and among others, %i at a time", async (batchSize) => {
    const requests = chats.map((chat, i) =>
      request(chat, { seeds: [40 + i, 900 + i, 7], maxTokens: maxTokens(i) }),
    );
    const all = await model.generate(requests, { batchSize });
    expect(all.map((samples) => samples.length)).toEqual(chats.map(() => 3));
    expect(all.map(([first]) => idsOf(first!))).toEqual(alone.map(idsOf));
    expect(all.map(([first]) => [first!.text, first!.finish, first!.promptTokens])).toEqual(
      alone.map(({ text, finish, promptTokens }) => [text, finish, promptTokens]),
    );
  });

  it("gives the same text whoever asks meanwhile, and for whatever", async () => {
    const ask = (i: number, batchSize: number, seeds: number[]): Promise<Generated[][]> =>
      model.generate([request(chats[i]!, { seeds, maxTokens: maxTokens(i) })], { batchSize });
    const abort = new AbortController();
    let told = 0;
    const others: Promise<unknown>[] = [
      model.generate([request(chats[0]!, { maxTokens: 900, seeds: [1, 2] })], {
        signal: abort.signal,
        onToken: () => ++told === 10 && abort.abort(),
      }),
      model.logits(chats),
    ];
    const all: Promise<Generated[][]>[] = [];
    for (const i of chats.keys()) {
      all.push(ask(i, 1 + (i % 4) * 2, [40 + i, 3]));
      // Some ask at once, others while texts are being written.
      if (i % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 8));
    }
    const found = await Promise.all(all);
    expect(found.map(([samples]) => idsOf(samples![0]!))).toEqual(alone.map(idsOf));
    expect(await others[0]).toMatchObject([[{ finish: "cancelled" }, { finish: "cancelled" }]]);
    await others[1];
  });

  it("gives the same text in another place and beside fewer others", async () => {
    const requests = chats.map((chat, i) => request(chat, { seeds: [40 + i], maxTokens: maxTokens(i) }));
    const some = await model.generate([requests[4]!, requests[1]!, requests[2]!], { batchSize: 2 });
    expect(some.map(([first]) => idsOf(first!))).toEqual([4, 1, 2].map((i) => idsOf(alone[i]!)));
  });
});

describe("other seeds", () => {
  it("give other texts", async () => {
    const seeds = Array.from({ length: 12 }, (_, i) => i);
    const [samples] = await model.generate([request(chats[1]!, { seeds })]);
    expect(new Set(samples!.map(({ text }) => text)).size).toBe(12);
  });

  it.each([{ temperature: 0 }, { temperature: 5, topK: 1 }, { temperature: 1, topP: 1e-6 }])(
    "give the greedy text with %j",
    async (options) => {
      const [samples] = await model.generate([request(chats[1]!, { ...options, seeds: [1, 2] })]);
      const greedy = cases[1]!.greedy[0]!.ids.slice(0, 16);
      expect(samples!.map(idsOf)).toEqual([greedy, greedy]);
    },
  );
});

describe("log-probabilities", () => {
  it.each(cases)("are those of the whole text worked on at once, for $name", async (one) => {
    const inputs = await readInputs("tied", one);
    const requests = inputs.map((chat, i) =>
      // No text of these seeds has the picture token in it, which `prefill` would take for a picture.
      request(chat, { seeds: [5, 6], maxTokens: 10 + i, topLogProbabilities: 5, topK: 40, temperature: 1.3 }),
    );
    const written = await model.generate(requests, { batchSize: 4 });
    const forward = await Forward.open(readConfig(TIED), openWeights(TIED), THREADS);
    const processor = makeImageProcessor(readJson(join(TIED, "preprocessor_config.json")));
    for (const [i, samples] of written.entries()) {
      const ids = unpadded(one.input_ids[i]!, one.attention_mask[i]!);
      const patches = processor.process(inputs[i]!.images ?? []);
      for (const sample of samples) {
        const forced: Prompt = { ids: [...ids, ...idsOf(sample)], ...patches };
        const { logits, cache } = await forward.prefill([forced], { all: true });
        cache.close();
        sample.tokens.forEach((token, at) => {
          const expected = logSoftmax(logits, ids.length - 1 + at);
          const best = Array.from(expected).sort((a, b) => b - a);
          expect(Math.abs(token.logProbability - expected[token.id]!)).toBeLessThan(1e-4);
          expect(token.top).toHaveLength(5);
          token.top.forEach(({ id, logProbability }, place) => {
            expect(Math.abs(logProbability - expected[id]!)).toBeLessThan(1e-4);
            expect(Math.abs(logProbability - best[place]!)).toBeLessThan(1e-4);
          });
          const values = token.top.map(({ logProbability }) => logProbability);
          expect(values).toEqual([...values].sort((a, b) => b - a));
          expect(new Set(token.top.map(({ id }) => id)).size).toBe(5);
        });
      }
    }
    await forward.close();
  });

  it("have no alternatives beside them when none are asked for", async () => {
    const { tokens } = await generateOne(chats[0]!, { maxTokens: 3 });
    expect(tokens.map(({ top }) => top)).toEqual([[], [], []]);
  });
});

describe("what ends a text", () => {
  const greedy = cases[1]!.greedy[0]!;

  it.each([
    ["one word", [greedy.text.slice(20, 23)]],
    ["the first of several words", ["never written", greedy.text.slice(30, 34), greedy.text.slice(12, 16)]],
    ["a word that spans tokens", [greedy.text.slice(8, 22)]],
  ])("stop: %s", async (_what, stop) => {
    const pieces: string[] = [];
    const [[written]] = (await model.generate([request(chats[1]!, { temperature: 0, maxTokens: 64, stop })], {
      onToken: ({ text }) => pieces.push(text),
    })) as [[Generated]];
    const holds = (text: string): boolean => stop.some((word) => text.includes(word));
    expect(written.finish).toBe("stop");
    expect(holds(written.text)).toBe(true);
    expect(holds(pieces.slice(0, -1).join(""))).toBe(false);
    expect(idsOf(written)).toEqual(greedy.ids.slice(0, pieces.length));
    expect(pieces.length).toBeLessThan(64);
  });

  it("a stop word of one text does not end another", async () => {
    const stop = [greedy.text.slice(20, 23)];
    const both = await model.generate([
      request(chats[1]!, { temperature: 0, maxTokens: 64, stop }),
      request(chats[1]!, { temperature: 0, maxTokens: 64 }),
    ]);
    expect(both.map(([one]) => one!.finish)).toEqual(["stop", "length"]);
    expect(both[1]![0]!.text).toBe(greedy.text);
  });

  it.each([1, 2, 9])("maxTokens %i", async (maxTokens) => {
    const { tokens, finish } = await generateOne(chats[2]!, { maxTokens });
    expect([tokens.length, finish]).toEqual([maxTokens, "length"]);
  });

  it("an end token of the folder, which is told but not part of the text", async () => {
    const end = greedy.ids[9]!;
    const other = await openLocalModel(tiedWith("generation_config.json", { eos_token_id: [end] }), THREADS);
    const [[written]] = (await other.generate([request(chats[1]!, { temperature: 0 })])) as [[Generated]];
    await other.close();
    expect(idsOf(written)).toEqual(greedy.ids.slice(0, greedy.ids.indexOf(end) + 1));
    expect(written.finish).toBe("stop");
  });

  it("the length that the model can take", async () => {
    const length = unpadded(cases[1]!.input_ids[0]!, cases[1]!.attention_mask[0]!).length;
    const short = await openLocalModel(shortTied(length + 5), THREADS);
    const [[written], [longer]] = (await short.generate([
      request(chats[1]!, { temperature: 0 }),
      request(chats[3]!, { maxTokens: 99 }),
    ])) as [[Generated], [Generated]];
    expect(idsOf(written)).toEqual(greedy.ids.slice(0, 5));
    expect(written.finish).toBe("length");
    expect(longer.promptTokens + longer.tokens.length).toBe(length + 5);
    await expect(short.generate([request(chats[0]!), request(longChat(length))])).rejects.toMatchObject({
      code: "model/prompt-too-long",
      message: expect.stringContaining(`at most ${length + 5}`) as string,
    });
    // A refused request leaves nothing behind.
    expect(await short.generate([request(chats[1]!, { temperature: 0 })])).toMatchObject([
      [{ text: written.text }],
    ]);
    await short.close();
  });
});

describe("streamed pieces", () => {
  it("add up to the text of each sample, also where it ends inside a character", async () => {
    const pieces: string[][] = chats.map(() => Array<string>(20).fill(""));
    const ids: number[][][] = chats.map(() => Array.from({ length: 20 }, () => []));
    const seeds = Array.from({ length: 20 }, (_, i) => i);
    const written = await model.generate(
      chats.map((chat) => request(chat, { seeds, maxTokens: 8 })),
      {
        onToken: ({ request, sample, id, text }) => {
          pieces[request]![sample] += text;
          ids[request]![sample]!.push(id);
        },
      },
    );
    expect(pieces).toEqual(written.map((samples) => samples.map(({ text }) => text)));
    expect(ids).toEqual(written.map((samples) => samples.map(idsOf)));
    expect(written.flat().filter(({ text }) => text.endsWith("\uFFFD")).length).toBeGreaterThan(3);
  });
});

describe("bad requests", () => {
  const table: [options: Partial<GenerateRequest>, batchSize: number, sentence: RegExp][] = [
    [{ temperature: -0.1 }, 1, /^temperature is -0.1; expected a number from 0 to 100\.$/],
    [{ temperature: Number.NaN }, 1, /^temperature is NaN;/],
    [{ topP: 0 }, 1, /^topP is 0; expected a number above 0, up to 1\.$/],
    [{ topP: 1.01 }, 1, /^topP is 1.01;/],
    [{ topK: -1 }, 1, /^topK is -1; expected an integer from 0\.$/],
    [{ topK: 1.5 }, 1, /^topK is 1.5;/],
    [{ maxTokens: 0 }, 1, /^maxTokens is 0; expected an integer from 1\.$/],
    [{ seeds: [] }, 1, /^seeds is 0;/],
    [{ topLogProbabilities: 21 }, 1, /^topLogProbabilities is 21; expected an integer from 0 to 20\.$/],
    [{ stop: ["a", ""] }, 1, /^stop is \[""\];/],
    [{}, 0, /^batchSize is 0; expected an integer from 1 to 1024\.$/],
    [{}, 1025, /^batchSize is 1025;/],
  ];
  it.each(table)("%j, %i at a time", async (options, batchSize, message) => {
    await expect(model.generate([request(chats[0]!, options)], { batchSize })).rejects.toMatchObject({
      code: "model/request",
      message: expect.stringMatching(message) as string,
    });
  });

  it("pictures that the messages have no place for", async () => {
    const { images = [] } = chats[1]!;
    await expect(model.generate([request(chats[0]!, { images })])).rejects.toMatchObject({
      code: "model/image-count",
    });
  });

  it("none at all give nothing", async () => {
    expect(await model.generate([])).toEqual([]);
    expect(await model.logits([])).toEqual([]);
  });
});

/** The model with one of its JSON files changed; gone when the test ends. */
function tiedWith(file: string, changes: object): string {
  const names = ["config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json"];
  const files = [...names, "tokenizer_config.json", "model.safetensors"].map((name) => {
    const bytes = readFileSync(join(TIED, name));
    return [name, name === file ? { ...JSON.parse(bytes.toString()), ...changes } : bytes] as const;
  });
  return folderOf(Object.fromEntries(files) as Record<string, Uint8Array | object>);
}

function shortTied(contextLength: number): string {
  const config = readJson(join(TIED, "config.json")) as { text_config: object };
  const text_config = { ...config.text_config, max_position_embeddings: contextLength };
  return tiedWith("config.json", { text_config });
}

function longChat(words: number): ChatInput {
  return { messages: [{ role: "user", content: "ball ".repeat(words) }] };
}

/** Of one row of logits. */
function logSoftmax(logits: Float32Array, row: number): Float64Array {
  const width = 480;
  const own = Float64Array.from(logits.subarray(row * width, (row + 1) * width));
  const peak = Math.max(...own);
  const sum = own.reduce((total, logit) => total + Math.exp(logit - peak), 0);
  return own.map((logit) => logit - peak - Math.log(sum));
}
