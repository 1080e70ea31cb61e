/** @file What a run needs is known before it begins, and where it cannot fit it is refused with what to change. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { makeHollow } from "../../../tests/chain/hollow.ts";
import { checkRecipe, findRecipe, readSeries, type RlRecipe } from "../../recipes/index.ts";
import type { TrainingEvent } from "../event.ts";
import { makeRunFolder } from "../run-folder.ts";
import { checkNeeds, type Needs } from "./needs.ts";
import { trainRl } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-needs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const model = join(folder, "model");
makeHollow(model);
const data = join(folder, "data.jsonl");
writeFileSync(
  data,
  `${JSON.stringify({ messages: [{ role: "user", content: "1 + 1?" }], answer: "$2$" })}\n`,
);

function shipped(changes: object): RlRecipe {
  const [fre] = readSeries(findRecipe("lmm-r1-3b"))!.stages;
  // A narrow adapter is drawn sooner.
  const recipe = { ...fre, model, data: [data], lora: { rank: 2, alpha: 4 }, ...changes };
  return checkRecipe(JSON.parse(JSON.stringify(recipe)), "recipe.json") as RlRecipe;
}

/** What it tells of its needs; the run itself is not begun. */
async function toldOf(recipe: RlRecipe): Promise<TrainingEvent & { kind: "data" }> {
  const directory = mkdtempSync(join(folder, "run-"));
  makeRunFolder(directory, recipe);
  const events: TrainingEvent[] = [];
  const watcher = { onEvent: (event: TrainingEvent) => events.push(event), isStopped: () => true };
  await trainRl(recipe, directory, watcher, { threads: 1, anyway: true });
  const found = events.find((event) => event.kind === "data");
  if (found?.kind !== "data") throw new Error("nothing was told");
  return found;
}

describe("the needs of a model of 3.75 billion parameters", () => {
  it.each([
    ["a full parameter in float32 with its gradient and two means is 16 bytes", { lora: undefined }, 60, 400],
    ["an adapter beside bfloat16 needs far less", {}, 30, 150],
  ] as const)("%s", async (_, changes, least, most) => {
    const { memoryBytes, diskBytes, seconds } = await toldOf(shipped(changes));
    expect(memoryBytes / 1e9).toBeGreaterThan(least);
    expect(memoryBytes / 1e9).toBeLessThan(most);
    // Three checkpoints in float32 are the least.
    expect(diskBytes! / 1e9).toBeGreaterThan(3 * 4 * 3.75);
    expect(seconds).toBeGreaterThan(3600);
  });

  it("grow with what is written at the same time and how long it is", async () => {
    const short = { maxTokens: 1024, tokensPerMicroBatch: 1024, klCoefficient: 0 };
    const small = await toldOf(shipped({ ...short, decodeBatchSize: 4 }));
    const large = await toldOf(shipped({ ...short, decodeBatchSize: 64 }));
    const more = large.memoryBytes - small.memoryBytes;
    // Keys and values of 36 layers, two heads of 128, in float32, twice; sixty texts more of a thousand tokens.
    const cache = 60 * 1024 * 36 * 2 * 2 * 128 * 4 * 2;
    expect(more / cache).toBeGreaterThan(0.9);
    expect(more / cache).toBeLessThan(2);
  });

  it("refuse a run before anything is opened, and leave its folder to be begun in another way", async () => {
    const recipe = shipped({ decodeBatchSize: 1024, maxTokens: 120_000 });
    const directory = join(folder, "refused");
    makeRunFolder(directory, recipe);
    const run = trainRl(recipe, directory, { onEvent: () => {}, isStopped: () => false }, { threads: 1 });
    await expect(run).rejects.toThrow(
      expect.objectContaining({
        code: "train/memory",
        message: expect.stringMatching(
          /needs about [\d.]+ GB of memory: .* to learn, .* There are [\d.]+ GB\. Lower decodeBatchSize \(1024\).*--anyway/,
        ),
      }),
    );
    expect(readdirSync(directory).sort()).toEqual(["checkpoints", "recipe.json"]);
  });
});

const NONE: Needs = {
  memory: { learner: 0, reference: 0, actors: 0, writing: 0, total: 0 },
  diskBytes: { run: 0, temporary: 0 },
  seconds: 0,
};

test.each<[string, Partial<Needs>, string, RegExp]>([
  [
    "memory",
    { memory: { learner: 1e15, reference: 0, actors: 1e9, writing: 0, total: 1.000001e15 } },
    "train/memory",
    /1000000\.0 GB to learn, 1\.0 GB for the weights of the actors\. There are/,
  ],
  ["room for checkpoints", { diskBytes: { run: 1e18, temporary: 0 } }, "train/disk", /--out/],
  ["room for temporary files", { diskBytes: { run: 0, temporary: 1e18 } }, "train/disk", /TMPDIR/],
  ["time", { seconds: 31 * 24 * 3600 }, "train/time", /about 31 days/],
])("where %s will not do the run is refused", (_, needs, code, sentence) => {
  const recipe = shipped({});
  expect(() => checkNeeds({ ...NONE, ...needs }, recipe, folder)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(sentence) }),
  );
  expect(() => checkNeeds(NONE, recipe, folder)).not.toThrow();
});

test("what a model learns whole is advised to be an adapter", () => {
  const needs = { ...NONE, memory: { ...NONE.memory, learner: 1e15, total: 1e15 } };
  expect(() => checkNeeds(needs, shipped({ lora: undefined }), folder)).toThrow(
    /\. Learn an adapter \("lora"\),/,
  );
  expect(() => checkNeeds(needs, shipped({ device: "cuda" }), folder)).not.toThrow();
});

test("what play may come to remember is counted up to what the model can read, and no error", async () => {
  const tied = join(process.cwd(), "tests/reference/fixtures/tied/model");
  const { data: _, ...others } = shipped({ stage: "mgt", model: tied });
  const episodes = { scenarios: { academy_empty_goal_close: 1 }, episodes: 2, rewards: { scoring: 1 } };
  const recipe = checkRecipe({ ...others, episodes }, "recipe.json") as RlRecipe;
  // Five answers of 8,192 tokens are more than the context of 1,024.
  expect((await toldOf(recipe)).memoryBytes).toBeGreaterThan(1e6);
});
