/** @file Models made from nothing: the same twice, with tokens as promised, that answer and learn. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ChatInput,
  type GenerateRequest,
  loadTokenizer,
  openChatReader,
  openLocalModel,
  openWeights,
  type Picture,
  readConfig,
  readTensor,
  type TextTokenizer,
} from "../../agent/model/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { encodeExample, Learner, makeBatch } from "../learner/index.ts";
import { crossEntropy } from "../loss/index.ts";
import { makeModel, type NewbornPlan, newbornSchema, trainBpe } from "./index.ts";

const CORPUS = [
  "Where is the ball? The ball is at 3, -12, and you are at -7, 40.",
  "<think>The ball is near me.</think><answer>Shoot. Then 2 steps.</answer>",
  "You have the ball; the goal is 12 metres away. Shoot.",
];

const scratch = mkdtempSync(join(tmpdir(), "touchline-newborn-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function born(name: string, changes: object = {}, corpus: readonly string[] = CORPUS): string {
  const directory = join(scratch, name);
  makeModel(directory, newbornSchema.parse({ seed: 7, ...changes }), corpus);
  return directory;
}

let folder: string;
let tokenizer: TextTokenizer;
beforeAll(() => {
  folder = born("model");
  tokenizer = loadTokenizer(folder);
});

/** Names of files that are alike in both folders. */
function same(a: string, b: string): string[] {
  return readdirSync(a)
    .filter((name) => readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
    .toSorted();
}

const SMALL: Partial<NewbornPlan> = {
  text: { hiddenSize: 32, layers: 2, heads: 2, keyValueHeads: 1, intermediateSize: 48 },
};

describe("a new model", () => {
  it("has the same bytes when it is made again, and others by another seed", () => {
    const [again, other] = [born("again"), born("other", { seed: 8 })];
    const files = [
      "chat_template.jinja",
      "config.json",
      "generation_config.json",
      "model.safetensors",
      "preprocessor_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ];
    expect(readdirSync(folder).toSorted()).toEqual(files);
    expect(same(folder, again)).toEqual(files);
    expect(same(folder, other)).toEqual(files.filter((name) => name !== "model.safetensors"));
  });

  it("has the sizes of its plan", () => {
    const { text, vision } = readConfig(folder);
    expect(text).toMatchObject({ hiddenSize: 128, layers: 4, heads: 4, keyValueHeads: 2, tied: true });
    expect(text).toMatchObject({ contextLength: 2048, ropeSections: [4, 6, 6] });
    expect(vision).toMatchObject({ hiddenSize: 96, depth: 3, heads: 4, fullAttentionLayers: [1, 2] });
    // Few texts give few merges: fewer tokens than were asked for, in rows of 64.
    expect(text.vocabularySize).toBeLessThan(2048);
    expect(text.vocabularySize % 64).toBe(0);
  });

  it("takes what its plan says instead of the defaults", () => {
    const vision = { depth: 2, fullAttentionBlocks: [0], patchSize: 7, windowSize: 56 };
    const { text, vision: read } = readConfig(born("small", { ...SMALL, vision, contextTokens: 300 }));
    expect(text).toMatchObject({ hiddenSize: 32, layers: 2, contextLength: 300, ropeSections: [2, 3, 3] });
    expect(read).toMatchObject({ depth: 2, fullAttentionLayers: [0], patchSize: 7, outSize: 32 });
  });

  it("begins with norms of 1, biases of 0 and weights scaled to what they add up", () => {
    const { tensors } = openWeights(folder);
    const deviation = (name: string): number => {
      const values = readTensor(tensors.get(`model.${name}`)!);
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    };
    expect(deviation("language_model.norm.weight")).toBe(1);
    expect(deviation("visual.blocks.2.attn.qkv.bias")).toBe(0);
    const expected = {
      "language_model.embed_tokens.weight": 0.02,
      "language_model.layers.3.self_attn.q_proj.weight": 0.7 / Math.sqrt(128),
      "language_model.layers.0.mlp.down_proj.weight": 0.7 / Math.sqrt(384 * 8),
      "visual.blocks.1.attn.proj.weight": 0.7 / Math.sqrt(96 * 6),
      "visual.patch_embed.proj.weight": 0.7 / Math.sqrt(1176),
    };
    for (const [name, wanted] of Object.entries(expected)) {
      expect(Math.abs(deviation(name) / wanted - 1), name).toBeLessThan(0.03);
    }
  });

  it.each([
    [{ text: { heads: 3 } }, "text_config.hidden_size is 128; expected a multiple of num_attention_heads 3"],
    [{ vision: { windowSize: 100 } }, "vision_config.window_size is 100; expected a multiple"],
  ])("is refused with sizes that make none: %j", (changes, sentence) => {
    expect(() => born("refused", changes)).toThrow(
      expect.objectContaining({
        code: "model/config",
        message: expect.stringContaining(sentence) as string,
      }),
    );
    expect(readdirSync(scratch)).not.toContain("refused");
  });
});

describe("its tokenizer", () => {
  it.each([
    "The ball is at 3, -12.",
    " \n\t two  spaces\r\n\r\nand lines \u00a0\u2003\u0085\ufeff.",
    "e\u0301 é Å \u212b ﬁ 球 👩🏽‍🚀 ٣٤ Ⅷ \u0000 \ud800x",
    "<think>no</think> <answer>-60,</answer><|im_end|>\n",
    "_a__b.c-1--2 x=-0.5e-7 (12, 130) 131, -61 \v\f",
    "",
  ])("gives %j back", (text) => {
    // A half of a surrogate pair has no bytes of its own.
    const expected = text.replaceAll("\ud800", "\ufffd");
    expect(tokenizer.decode(tokenizer.encode(text), { skipSpecial: false })).toBe(expected);
  });

  const numbers = Array.from({ length: 191 }, (_, i) => i - 60).flatMap((number) =>
    ["", " "].map((before) => `${before}${number}`),
  );

  it("has one token for each coordinate, each mark of an answer, and words that are seen", () => {
    expect(numbers.filter((text) => tokenizer.encode(text).length !== 1)).toEqual([]);
    for (const text of ["<think>", "</answer>", " ball", " Shoot", "<|im_start|>"]) {
      expect(tokenizer.encode(text), text).toHaveLength(1);
    }
    const marked = tokenizer.encode("<|im_start|><think>x</think>");
    expect(tokenizer.decode(marked, { skipSpecial: true })).toBe("<think>x</think>");
  });

  it("has these tokens also where the vocabulary is as small as it may be, and no more", () => {
    const random = makeRandom(5);
    const letters = () => String.fromCharCode(...Array.from({ length: 9 }, () => 97 + integer(random, 26)));
    const corpus = Array.from({ length: 400 }, () => `${letters()} ${letters()}`);
    const small = born("few-tokens", { ...SMALL, vocabulary: 704 }, corpus);
    const own = loadTokenizer(small);
    expect(numbers.filter((text) => own.encode(text).length !== 1)).toEqual([]);
    expect(readConfig(small).text.vocabularySize).toBe(704);
    expect(own.encode("</answer>")).toEqual([703]);
  });

  it("writes chats out turn by turn, with the place of a picture", () => {
    const image = { type: "image" } as const;
    const content = [image, { type: "text", text: "Go" } as const];
    const messages = [
      { role: "user", content },
      { role: "assistant", content: "No" },
    ];
    expect(tokenizer.renderChat(messages, { addGenerationPrompt: true })).toBe(
      "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>Go<|im_end|>\n" +
        "<|im_start|>assistant\nNo<|im_end|>\n<|im_start|>assistant\n",
    );
  });
});

describe("trainBpe", () => {
  it("merges the commonest pair first, and of equals that with smaller ids", () => {
    const words = new Map([
      ["abab", 2],
      ["bc", 3],
      ["ab", 1],
      ["xy", 3],
    ]);
    const { tokens, merges } = trainBpe(words, 260);
    expect(merges).toEqual([
      ["a", "b"],
      ["b", "c"],
      ["x", "y"],
      ["ab", "ab"],
    ]);
    expect(tokens.slice(256)).toEqual(["ab", "bc", "xy", "abab"]);
    expect(trainBpe(words, 258).merges).toHaveLength(2);
    expect(trainBpe(words, 900).tokens).toHaveLength(260);
  });

  it("joins neighbours from the left where they overlap", () => {
    const { merges } = trainBpe(new Map([["aaa", 1]]), 300);
    expect(merges).toEqual([
      ["a", "a"],
      ["aa", "a"],
    ]);
  });

  it("makes each token once, however words overlap", () => {
    const random = makeRandom(3);
    const word = () =>
      Array.from({ length: 1 + integer(random, 12) }, () => "ab"[integer(random, 2)]).join("");
    const words = new Map(Array.from({ length: 400 }, () => [word(), 1 + integer(random, 9)]));
    const { tokens, merges } = trainBpe(words, 500);
    expect(tokens).toHaveLength(500);
    expect(new Set(tokens).size).toBe(500);
    expect(tokens.slice(256)).toEqual(merges.map(([left, right]) => left + right));
  });
});

/** Two halves of a pitch: the ball is a light square on either. */
function picture(right: boolean): Picture {
  const [width, height] = [168, 112];
  const data = new Uint8Array(3 * width * height).fill(60);
  for (let y = 40; y < 72; y++) {
    const from = width * y + (right ? 120 : 20);
    data.fill(250, 3 * from, 3 * (from + 32));
  }
  return { width, height, data, name: right ? "right" : "left" };
}

function chat(right: boolean, answer?: string): ChatInput {
  const question = [{ type: "image" } as const, { type: "text", text: "Where is the ball?" } as const];
  const messages = [{ role: "user", content: question }];
  return {
    messages: answer === undefined ? messages : [...messages, { role: "assistant", content: answer }],
    images: [picture(right)],
  };
}

it("a new model answers a chat with a picture", async () => {
  const model = await openLocalModel(folder, { threads: 1 });
  const requests = [false, true].map((right): GenerateRequest => {
    const { messages, images } = chat(right);
    return { messages, images: images!, temperature: 1, maxTokens: 12 };
  });
  const [first, second] = (await model.generate(requests)).map(([sample]) => sample!);
  expect(first!.tokens).toHaveLength(12);
  // 24 tokens of a picture of 168 x 112 pixels, which keeps its size.
  const words = tokenizer.encode(
    "<|im_start|>user\n<|vision_start|><|vision_end|>Where is the ball?<|im_end|>\n",
  );
  expect(first!.promptTokens).toBe(words.length + 24 + tokenizer.encode("<|im_start|>assistant\n").length);
  // It knows nothing yet: every token is about as likely as any.
  const even = -Math.log(readConfig(folder).text.vocabularySize);
  for (const { logProbability } of [...first!.tokens, ...second!.tokens]) {
    expect(Math.abs(logProbability - even)).toBeLessThan(2);
  }
  await model.close();
});

it("a new model learns to tell two pictures apart", async () => {
  const learner = Learner.open(folder, {
    loss: ({ g, logits, labels, perRow }) => ({
      loss: crossEntropy(g, logits(), labels, perRow("weights")),
    }),
    threads: 1,
  });
  const reader = openChatReader(folder);
  const examples = [chat(false, " -12"), chat(true, " 40")];
  const batch = makeBatch(
    learner.config,
    examples.map((one) => encodeExample(reader, one)),
  );
  const rows = { weights: new Float32Array(batch.rows).fill(1 / batch.rows) };
  const losses: number[] = [];
  for (let step = 0; step < 40; step++) losses.push((await learner.step([{ batch, rows }], 3e-3)).loss);
  await learner.close();
  expect(losses[0]!).toBeGreaterThan(6);
  // Half of the learned tokens differ by the picture alone: who does not see it keeps ln 2 / 2, 0.35.
  expect(losses.at(-1)!).toBeLessThan(0.1);
});
