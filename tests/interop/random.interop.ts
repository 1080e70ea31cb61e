/**
 * @file Random checkpoints with random pictures, which transformers makes for this run: shapes that nobody chose for
 * being right. `npm run test:interop -- --seed N --count N` draws others.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalName, exportModel, openLocalModel } from "../../agent/model/index.ts";
import { loadImageProcessor } from "../../agent/model/image/index.ts";
import { modelGradients } from "../../trainer/learner/index.ts";
import {
  casesIn,
  floatsIn,
  gradientCasesIn,
  inputsOf,
  largestDifference,
  logitsOf,
  temporaryFolder,
} from "./fixture.ts";
import { runPython } from "./python.ts";
import { foreignInputs, foreignLogits, numbersOf, openForeign } from "./transformers-js.ts";

const SEED = process.env["TOUCHLINE_INTEROP_SEED"] ?? "1";
const COUNT = process.env["TOUCHLINE_INTEROP_COUNT"] ?? "6";

/** Greedy choices that were closer may fall either way when sums are taken in another order. */
const SMALLEST_MARGIN = 2e-3;

/** Of each tensor's largest value. */
const GRADIENT = 1e-3;

const largestOf = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const folder = temporaryFolder();
const drawn = runPython("random_checkpoints.py", folder, SEED, COUNT) as { seed: number; drawn: string }[];

describe.each(drawn)("checkpoint $seed: $drawn", ({ seed }) => {
  const directory = join(folder, String(seed));
  const model = join(directory, "model");

  test.each(casesIn(directory))("$name: pixels, ids, logits and greedy text", async (expected) => {
    const chats = await inputsOf(directory, expected);
    if (expected.pixel_values) {
      const images = loadImageProcessor(model);
      const { pixelValues, grids } = images.process(chats.flatMap(({ images = [] }) => images));
      expect(grids).toEqual(expected.image_grid_thw);
      expect(createHash("sha256").update(pixelValues).digest("hex")).toBe(expected.pixel_values.sha256);
    }
    const own = await openLocalModel(model, { threads: 1 });
    try {
      const rows = await own.logits(chats, { all: true });
      expect(rows.map(({ shape }) => shape[0])).toEqual(
        expected.attention_mask.map((mask) => mask.filter((real) => real === 1).length),
      );
      const logits = Float32Array.from(rows.flatMap(({ data }) => Array.from(data)));
      expect(largestDifference(logits, logitsOf(directory, expected))).toBeLessThan(1e-4);

      const requests = expected.input.map(({ maxTokens }, row) => ({ ...chats[row]!, maxTokens }));
      const written = await own.generate(requests);
      expected.greedy.forEach(({ ids, text, smallest_margin: margin }, row) => {
        if (margin < SMALLEST_MARGIN) return;
        const [sample] = written[row]!;
        expect(sample!.tokens.map(({ id }) => id)).toEqual(ids);
        expect(sample!.text).toBe(text);
      });
    } finally {
      await own.close();
    }
  });

  test.each(gradientCasesIn(directory))("$name: the gradient of every parameter", async (expected) => {
    const chats = await inputsOf(directory, { input: expected.inputs });
    const found = await modelGradients(model, chats, { threads: 1 });
    expect(found.learned).toEqual(expected.labels);
    expect(Math.abs(found.loss - expected.loss)).toBeLessThan(1e-5);
    const own = new Map([...found.parameters].map(([name, { values }]) => [canonicalName(name), values]));
    expect([...own.keys()].toSorted()).toEqual(Object.keys(expected.parameters).toSorted());
    const all = floatsIn(join(directory, expected.file));
    let start = 0;
    for (const [name, size] of Object.entries(expected.parameters)) {
      const values = all.subarray(start, (start += size));
      const room = GRADIENT * largestOf(values);
      expect(largestDifference(own.get(name)!, values), name).toBeLessThanOrEqual(room);
    }
  });

  test("exported, transformers.js gives the same logits", async () => {
    const out = join(temporaryFolder(), "exported");
    exportModel(model, out);
    const foreign = await openForeign(out);
    for (const expected of casesIn(directory)) {
      const inputs = foreignInputs(foreign, out, await inputsOf(directory, expected));
      expect(numbersOf(inputs.input_ids)).toEqual(expected.input_ids);
      const logits = await foreignLogits(foreign, inputs);
      expect(largestDifference(logits, logitsOf(directory, expected))).toBeLessThan(1e-4);
    }
  });
});
