/**
 * @file The model on WebGPU, by the driver in software that comes with Chromium: the same logits as the reference,
 * and texts from a cache that stays on the device.
 */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { touchline } from "../cli/run.ts";
import { type Case, fixtureFolder, readCases, readFloats } from "../reference/fixture.ts";

const SOFTWARE = "/usr/lib/chromium/vk_swiftshader_icd.json";
const folder = mkdtempSync(join(tmpdir(), "touchline-webgpu-"));
const ENVIRONMENT = { VK_ICD_FILENAMES: SOFTWARE, XDG_RUNTIME_DIR: folder };
const MODELS = ["tied", "sliding"];

/** The chats of these cases in one file, with paths from anywhere. */
function inputOf(name: string, cases: readonly Case[], maxTokens: number): string {
  const file = join(folder, `${name}-${maxTokens}.json`);
  const chats = cases.flatMap(({ input }) =>
    input.map(({ messages, images }) => ({
      messages,
      images: images.map((path) => join(fixtureFolder(name), path)),
      maxTokens,
    })),
  );
  writeFileSync(file, JSON.stringify(chats));
  return file;
}

async function run(...args: readonly string[]): Promise<unknown> {
  const { status, stdout, stderr } = await touchline([...args, "--device", "webgpu", "--json"], ENVIRONMENT);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

// With CI set a machine without the driver fails instead of stepping aside.
describe.skipIf(!existsSync(SOFTWARE) && !process.env.CI)("on WebGPU", () => {
  test.for(MODELS)(
    "%s gives the reference's logits within 1e-3, pictures and batch included",
    async (name) => {
      const cases = readCases(name);
      const model = join(fixtureFolder(name), "model");
      const documents = (await run(
        "model",
        "logits",
        model,
        "--input",
        inputOf(name, cases, 1),
        "--all",
      )) as {
        logits: number[][];
      }[];
      const found = documents.flatMap(({ logits }) => logits.flat());
      const expected = cases.flatMap(({ logits }) =>
        Array.from(readFloats(join(fixtureFolder(name), logits.file))),
      );
      expect(found).toHaveLength(expected.length);
      const largest = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
      expect(largest).toBeLessThan(1e-3);
    },
  );

  test("writes the reference's greedy texts, rows of all lengths in one batch", async () => {
    const cases = readCases("tied");
    const model = join(fixtureFolder("tied"), "model");
    const input = inputOf("tied", cases, 12);
    const documents = (await run("model", "generate", model, "--input", input, "--batch-size", "4")) as {
      samples: { tokens: { id: number }[] }[];
    }[];
    expect(documents.map(({ samples }) => samples[0]!.tokens.map(({ id }) => id))).toEqual(
      cases.flatMap(({ greedy }) => greedy.map(({ ids }) => ids.slice(0, 12))),
    );
  });
});
