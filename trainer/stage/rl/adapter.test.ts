/** @file Reinforcement learning of an adapter: what acts by it, what it leaves, and going on. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openWeights, readConfig, readTensor } from "../../../agent/model/index.ts";
import { readAdapter } from "../../lora/index.ts";
import { checkRecipe, type RlRecipe } from "../../recipes/index.ts";
import { checkpointFolder, makeRunFolder } from "../run-folder.ts";
import { trainRl } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-adapter-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of bfloat16. */
const MODEL = join(process.cwd(), "tests/reference/fixtures/sharded/model");

function recipeOf(changes: object): RlRecipe {
  const rows = [1, 2, 3, 4].map((n) => ({
    message: JSON.stringify([{ role: "user", content: `${n} + 1?` }]),
    answer: `$${n + 1}$`,
  }));
  writeFileSync(join(folder, "data.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const value = {
    model: MODEL,
    stage: "fre",
    data: ["data.jsonl"],
    steps: 4,
    rolloutBatchSize: 2,
    samplesPerPrompt: 4,
    profile: "lmm-r1",
    maxTokens: 12,
    batchSize: 4,
    // The answers of a random model are all wrong: what it learns is to stay where it was.
    klCoefficient: 1,
    learningRate: 1e-3,
    lora: { rank: 4, alpha: 8 },
    floors: { format: 0 },
    saveEvery: 1,
    keepCheckpoints: 9,
    actors: 1,
    ...changes,
  };
  return checkRecipe(value, join(folder, "recipe.json")) as RlRecipe;
}

async function run(recipe: RlRecipe, name: string, stopAfter = Infinity): Promise<string> {
  const directory = join(folder, name);
  makeRunFolder(directory, recipe);
  await goOn(recipe, directory, stopAfter);
  return directory;
}

async function goOn(recipe: RlRecipe, directory: string, stopAfter = Infinity): Promise<void> {
  let done = 0;
  const onEvent = ({ kind }: { kind: string }): void => void (done += Number(kind === "step"));
  await trainRl(recipe, directory, { onEvent, isStopped: () => done >= stopAfter }, { threads: 1 });
}

function weightsOf(directory: string): Map<string, Float32Array> {
  const { tensors } = openWeights(directory);
  return new Map([...tensors].map(([name, tensor]) => [name, readTensor(tensor)]));
}

test.each(["reinforce_baseline", "ppo"])(
  "an adapter that is interrupted goes on to the same bits: %s",
  async (algorithm) => {
    const recipe = recipeOf({ algorithm });
    const alone = await run(recipe, `${algorithm}-alone`);
    const stopped = await run(recipe, `${algorithm}-stopped`, 2);
    await goOn(recipe, stopped);
    const [own, other] = [alone, stopped].map((directory) => checkpointFolder(directory, recipe.steps));
    expect(weightsOf(other!)).toEqual(weightsOf(own!));
    const [adapter, same] = [own, other].map((path) => readAdapter(path!, readConfig(MODEL)));
    expect(same).toEqual(adapter);
    // A matrix of zeros has learned nothing.
    for (const [, values] of adapter!.values) expect(values.some((value) => value !== 0)).toBe(true);
  },
);

test("what an adapter of a model in 16 bits has learned is not rounded away", async () => {
  // A step of bfloat16 is 1/128 of a weight or less: these rates move no weight by half of one.
  const recipe = recipeOf({ algorithm: "reinforce_baseline", learningRate: 1e-7, steps: 2 });
  const directory = await run(recipe, "small");
  const [before, after] = [weightsOf(MODEL), weightsOf(checkpointFolder(directory, 2))];
  const name = "model.language_model.layers.0.mlp.up_proj.weight";
  expect(after.get(name)).not.toEqual(before.get(name));
  expect(after.get("model.language_model.embed_tokens.weight")).toEqual(
    before.get("model.language_model.embed_tokens.weight"),
  );
});
