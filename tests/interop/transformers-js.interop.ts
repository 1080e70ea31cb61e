/** @file An exported folder gives the same in transformers.js, in the reference and in Touchline. */
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RawImage } from "@huggingface/transformers";
import { beforeAll, describe, expect, test } from "vitest";
import { exportModel, type LocalModel, openLocalModel, readPicture } from "../../agent/model/index.ts";
import {
  casesIn,
  fixtureFolder,
  inputsOf,
  largestDifference,
  logitsOf,
  NAMES,
  temporaryFolder,
} from "./fixture.ts";
import {
  type Foreign,
  foreignGreedy,
  foreignInputs,
  foreignLogits,
  numbersOf,
  openForeign,
} from "./transformers-js.ts";

const TOKENS = 64;

/** Needs no resizing in any of the checkpoints. */
const EXACT = join(fixtureFolder("images"), "exact.png");
const EXACT_MESSAGES = [
  { role: "user", content: [{ type: "image" as const }, { type: "text" as const, text: "What now?" }] },
];

describe.each(NAMES)("%s", (name) => {
  const fixture = fixtureFolder(name);
  const directory = join(temporaryFolder(), name);
  let foreign: Foreign;
  let own: LocalModel;
  beforeAll(async () => {
    exportModel(join(fixture, "model"), directory);
    foreign = await openForeign(directory);
    own = await openLocalModel(directory, { threads: 1 });
    return () => own.close();
  });

  describe.each(casesIn(fixture))("$name", (expected) => {
    test("the ids are those of the reference", async () => {
      const inputs = foreignInputs(foreign, directory, await inputsOf(fixture, expected));
      expect(numbersOf(inputs.input_ids)).toEqual(expected.input_ids);
      expect(numbersOf(inputs.attention_mask)).toEqual(expected.attention_mask);
    });

    test("one forward pass gives the logits of the reference to 1e-4", async () => {
      const inputs = foreignInputs(foreign, directory, await inputsOf(fixture, expected));
      const logits = await foreignLogits(foreign, inputs);
      expect(largestDifference(logits, logitsOf(fixture, expected))).toBeLessThan(1e-4);
    });

    test(`${TOKENS} greedy tokens are those of the reference and of Touchline`, async () => {
      const chats = await inputsOf(fixture, expected);
      const theirs = await foreignGreedy(foreign, foreignInputs(foreign, directory, chats), TOKENS);
      expect(theirs).toEqual(expected.greedy.map(({ ids }) => ids));
      const texts = foreign.processor.batch_decode(theirs, { skip_special_tokens: true });
      expect(texts).toEqual(expected.greedy.map(({ text }) => text));
      const ours = await own.generate(
        chats.map(({ messages, images = [] }) => ({ messages, images, maxTokens: TOKENS })),
      );
      expect(ours.map(([sample]) => sample!.text)).toEqual(texts);
    });
  });

  test("its own processor from file to text gives Touchline's text, for a picture that needs no resizing", async () => {
    const prompt = foreign.processor.apply_chat_template(EXACT_MESSAGES, {
      add_generation_prompt: true,
    });
    const inputs = await foreign.processor(prompt, await RawImage.read(EXACT));
    const picture = await readPicture(EXACT);
    const chat = { messages: EXACT_MESSAGES, images: [picture] };
    const pixels = foreignInputs(foreign, directory, [chat]).pixel_values!.data as Float32Array;
    // It works in doubles where the reference rounds to floats.
    expect(largestDifference(inputs.pixel_values.data, pixels)).toBeLessThan(1e-6);
    const theirs = await foreignGreedy(foreign, inputs, TOKENS);
    const [[ours] = []] = await own.generate([{ ...chat, maxTokens: TOKENS }]);
    expect(theirs).toEqual([ours!.tokens.map(({ id }) => id)]);
  });
});

describe("folders that transformers.js could not load as they are", () => {
  const fixture = fixtureFolder("tied");
  const expected = casesIn(fixture).find(({ name }) => name === "images")!;

  /** A copy of the folder `tied`, changed and exported; its greedy ids. */
  async function idsAfter(change: (source: string) => void, mostBytes?: number): Promise<number[][]> {
    const [source, directory] = [join(temporaryFolder(), "source"), join(temporaryFolder(), "changed")];
    cpSync(join(fixture, "model"), source, { recursive: true });
    change(source);
    exportModel(source, directory, mostBytes);
    const foreign = await openForeign(directory);
    const inputs = foreignInputs(foreign, directory, await inputsOf(fixture, expected));
    return foreignGreedy(foreign, inputs, TOKENS);
  }

  test("the Hub's flat config.json becomes a nested one", async () => {
    const flat = join(fixtureFolder("flat"), "config.json");
    const ids = await idsAfter((source) => copyFileSync(flat, join(source, "config.json")));
    expect(ids).toEqual(expected.greedy.map(({ ids }) => ids));
  });

  test("a chat template in a file of its own goes into tokenizer_config.json", async () => {
    const ids = await idsAfter((source) => {
      const path = join(source, "tokenizer_config.json");
      const { chat_template: template, ...config } = JSON.parse(readFileSync(path, "utf8"));
      writeFileSync(path, JSON.stringify(config));
      writeFileSync(join(source, "chat_template.jinja"), template);
    });
    expect(ids).toEqual(expected.greedy.map(({ ids }) => ids));
  });

  test("end tokens that stand in config.json alone go into generation_config.json", async () => {
    const ids = await idsAfter((source) => rmSync(join(source, "generation_config.json")));
    expect(ids).toEqual(expected.greedy.map(({ ids }) => ids));
  });

  test.each([
    { mostBytes: 0, separate: ["vision_encoder", "embed_tokens", "decoder_model_merged"] },
    // Of this model only the embedding, 480 x 64 floats, is as small.
    { mostBytes: 150_000, separate: ["vision_encoder", "decoder_model_merged"] },
  ])("more than $mostBytes bytes of weights lie beside their graph", async ({ mostBytes, separate }) => {
    const ids = await idsAfter(() => {}, mostBytes);
    expect(ids).toEqual(expected.greedy.map(({ ids }) => ids));
    const out = join(temporaryFolder(), "out");
    exportModel(join(fixture, "model"), out, mostBytes);
    const beside = (graph: string) => existsSync(join(out, "onnx", `${graph}.onnx_data`));
    expect(["vision_encoder", "embed_tokens", "decoder_model_merged"].filter(beside)).toEqual(separate);
  });
});
