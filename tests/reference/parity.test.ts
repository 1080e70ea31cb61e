/** @file Touchline's model against transformers on torch: from chat and pictures to logits and greedy text. */
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { float32, int64, Session } from "../../agent/graph/index.ts";
import { openWeights, readConfig, readJson } from "../../agent/model/folder/index.ts";
import { makeImageProcessor } from "../../agent/model/image/index.ts";
import { type ChatModel, openLocalModel, openModel } from "../../agent/model/index.ts";
import { storedWeights, visionGraph } from "../../agent/model/network/index.ts";
import { expandImages, loadTokenizer } from "../../agent/model/text/index.ts";
import { type Case, fixtureFolder, readCases, readFloats, readInputs, unpadded } from "./fixture.ts";

const LARGEST_DIFFERENCE = 1e-4;

const scratch = mkdtempSync(join(tmpdir(), "touchline-parity-"));
/** The model `tied` with the older form of its config. */
const flat = join(scratch, "flat");
cpSync(join(fixtureFolder("tied"), "model"), flat, { recursive: true });
copyFileSync(join(fixtureFolder("flat"), "config.json"), join(flat, "config.json"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The largest that there was, for the report at the end. */
const largest = { features: 0, logits: 0 };
afterAll(() => console.info("largest difference from transformers:", largest));

const MODELS: { model: string; name: string; folder: string }[] = [
  ...["tied", "untied", "sharded", "sliding"].map((name) => ({
    model: name,
    name,
    folder: join(fixtureFolder(name), "model"),
  })),
  { model: "flat", name: "tied", folder: flat },
];

describe.each(MODELS)("the model $model", ({ name, folder }) => {
  const cases = readCases(name);
  let model: ChatModel;
  beforeAll(async () => {
    model = await openLocalModel(folder, { threads: 1 });
  });
  afterAll(() => model.close());

  it.each(cases)("reads the chats of $name as the same text and tokens", async (one) => {
    const tokenizer = loadTokenizer(folder);
    const { mergeSize } = readConfig(folder).vision;
    const inputs = await readInputs(name, one);
    let picture = 0;
    const texts = inputs.map(({ messages, images = [] }) => {
      const rendered = tokenizer.renderChat(messages, { addGenerationPrompt: true });
      const grids = one.image_grid_thw.slice(picture, (picture += images.length));
      return expandImages(rendered, grids, mergeSize);
    });
    expect(texts).toEqual(one.text);
    const ids = one.input_ids.map((row, i) => unpadded(row, one.attention_mask[i]!));
    expect(texts.map((text) => tokenizer.encode(text))).toEqual(ids);
  });

  it.each(withPictures(cases))("sees the pictures of $name as the same patches and features", async (one) => {
    const inputs = await readInputs(name, one);
    const path = join(folder, "preprocessor_config.json");
    const pictures = inputs.flatMap(({ images = [] }) => images);
    const { pixelValues, grids } = makeImageProcessor(readJson(path), path).process(pictures);
    expect(grids).toEqual(one.image_grid_thw);
    expect(sha256(pixelValues)).toBe(one.pixel_values.sha256);

    const config = readConfig(folder);
    const graph = visionGraph(config, storedWeights(openWeights(folder)));
    const session = await Session.open(graph, { directory: folder, threads: 1 });
    const outputs = await session.run({
      pixel_values: float32(pixelValues, one.pixel_values.shape),
      image_grid_thw: int64(grids.flat(), [grids.length, 3]),
    });
    await session.close();
    const features = outputs["image_features"]!;
    expect(features.dims).toEqual(one.features.shape);
    const expected = readFloats(join(fixtureFolder(name), one.features.file));
    expectClose("features", features.data as Float32Array, expected);
  });

  it.each(cases)("gives the same logits for $name, at every token", async (one) => {
    await expectLogits(model, name, one);
  });

  it.each(cases)("writes the same greedy text for $name", async (one) => {
    await expectGreedy(model, name, one);
  });
});

describe("the model tied in a thread of its own", () => {
  let model: ChatModel;
  beforeAll(async () => {
    model = await openModel(join(fixtureFolder("tied"), "model"), { threads: 1 });
  });
  afterAll(() => model.close());

  it.each(readCases("tied"))("gives the same logits and greedy text for $name", async (one) => {
    await expectLogits(model, "tied", one);
    await expectGreedy(model, "tied", one);
  });
});

type PictureCase = Case & {
  pixel_values: NonNullable<Case["pixel_values"]>;
  features: NonNullable<Case["features"]>;
};

function withPictures(cases: readonly Case[]): PictureCase[] {
  return cases.filter((one): one is PictureCase => one.pixel_values !== null);
}

async function expectLogits(model: ChatModel, name: string, one: Case): Promise<void> {
  const inputs = await readInputs(name, one);
  const expected = readFloats(join(fixtureFolder(name), one.logits.file));
  const rows = await model.logits(inputs, { all: true });
  const vocabulary = one.logits.shape[1];
  expect(rows.map(({ shape }) => shape)).toEqual(
    one.attention_mask.map((mask) => [unpadded(mask, mask).length, vocabulary]),
  );
  expectClose(
    "logits",
    rows.flatMap(({ data }) => Array.from(data)),
    expected,
  );
  const last = await model.logits(inputs);
  let end = 0;
  last.forEach(({ shape, data }, i) => {
    end += rows[i]!.data.length;
    expect(shape).toEqual([1, vocabulary]);
    expectClose("logits", data, expected.subarray(end - vocabulary, end));
  });
}

async function expectGreedy(model: ChatModel, name: string, one: Case): Promise<void> {
  const inputs = await readInputs(name, one);
  const written = await model.generate(
    inputs.map(({ messages, images = [] }) => ({ messages, images, maxTokens: 64 })),
  );
  expect(
    written.map((samples) =>
      samples.map(({ text, tokens, finish, promptTokens }) => ({
        text,
        ids: tokens.map(({ id }) => id),
        stopped: finish === "stop",
        promptTokens,
      })),
    ),
  ).toEqual(
    one.greedy.map(({ text, ids, stopped }, i) => {
      const mask = one.attention_mask[i]!;
      return [{ text, ids, stopped, promptTokens: unpadded(mask, mask).length }];
    }),
  );
}

function expectClose(
  what: keyof typeof largest,
  values: ArrayLike<number>,
  expected: ArrayLike<number>,
): void {
  expect(values.length).toBe(expected.length);
  let difference = 0;
  // Written so that a NaN is as bad as anything.
  for (let i = 0; i < values.length; i++) {
    const own = Math.abs(values[i]! - expected[i]!);
    if (!(own <= difference)) difference = own;
  }
  largest[what] = Math.max(largest[what], difference);
  expect(difference).toBeLessThanOrEqual(LARGEST_DIFFERENCE);
}

function sha256(values: Float32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}
