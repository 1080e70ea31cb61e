/**
 * @file Random checkpoints with random pictures, which transformers makes for this run: shapes that nobody chose for
 * being right. `npm run test:interop -- --seed N --count N` draws others.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportModel, openLocalModel } from "../../agent/model/index.ts";
import { loadImageProcessor } from "../../agent/model/image/index.ts";
import { casesIn, inputsOf, largestDifference, logitsOf, temporaryFolder } from "./fixture.ts";
import { runPython } from "./python.ts";
import { foreignInputs, foreignLogits, numbersOf, openForeign } from "./transformers-js.ts";

const SEED = process.env["TOUCHLINE_INTEROP_SEED"] ?? "1";
const COUNT = process.env["TOUCHLINE_INTEROP_COUNT"] ?? "6";

/** Greedy choices that were closer may fall either way when sums are taken in another order. */
const SMALLEST_MARGIN = 2e-3;

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
