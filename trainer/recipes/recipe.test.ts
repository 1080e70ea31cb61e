/** @file What a user may get wrong in a recipe: one row a mistake, with the sentence that he gets. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { checkRecipe, findRecipe, readRecipe, readSeries, recipeNames } from "./index.ts";
import { recipeSchema } from "./schema/index.ts";

const scratch = mkdtempSync(join(tmpdir(), "touchline-recipe-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const RECIPE = { model: "model", stage: "sft", data: ["a.jsonl"], epochs: 2, learningRate: 1e-4 };

/** As it would stand in a file, where there is no undefined. */
const asFile = (recipe: object): unknown => JSON.parse(JSON.stringify(recipe));

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("one wrong value", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["no model", { model: undefined }, "model is missing, and so is newborn; expected one of the two."],
    ["an empty model", { model: "" }, 'model is ""; expected a path that is not empty.'],
    [
      "another stage",
      { stage: "sfd" },
      'stage is "sfd"; expected one of "sft", "fre", "mgt"; did you mean "sft"?',
    ],
    ["one file that is no list", { data: "a.jsonl" }, 'data is "a.jsonl"; expected a list of files.'],
    ["no file", { data: [] }, "data is a list of 0; expected at least one file."],
    ["a file that is none", { data: ["a.jsonl", 3] }, "data[1] is 3; expected a path."],
    ["half a pass", { epochs: 0.5 }, "epochs is 0.5; expected passes over the data, an integer from 1."],
    ["epochs and steps", { steps: 5 }, "steps stands beside epochs; expected one of the two."],
    ["no end", { epochs: undefined }, "epochs is missing, and so is steps; expected one of the two."],
    ["an empty batch", { batchSize: 0 }, "batchSize is 0; expected examples of a step, an integer from 1."],
    [
      "a rate of zero",
      { learningRate: 0 },
      "learningRate is 0; expected the highest rate, a number above 0.",
    ],
    ["a rate as text", { learningRate: "1e-4" }, 'learningRate is "1e-4"; expected the highest rate'],
    [
      "a key that is not known",
      { learningrate: 1 },
      'learningrate is not a known key; did you mean "learningRate"?',
    ],
    [
      "another decay",
      { schedule: { decay: "linear" } },
      'schedule.decay is "linear"; expected one of "constant", "cosine".',
    ],
    [
      "two warm-ups",
      { schedule: { warmupSteps: 3, warmupShare: 0.1 } },
      "schedule.warmupShare stands beside schedule.warmupSteps; expected one of the two.",
    ],
    [
      "a warm-up without an end",
      { schedule: { warmupShare: 1 } },
      "schedule.warmupShare is 1; expected a share of the steps, a number from 0 and below 1.",
    ],
    [
      "a rate that rises",
      { schedule: { minimumRate: 1 } },
      "schedule.minimumRate is 1; expected at most the learningRate, 0.0001.",
    ],
    [
      "a beta of 1",
      { optimiser: { beta1: 1 } },
      "optimiser.beta1 is 1; expected how much of the mean is kept in a step",
    ],
    ["no norm", { optimiser: { maxNorm: 0 } }, "optimiser.maxNorm is 0; expected a norm, a number above 0."],
    [
      "an evaluation of nothing",
      { evaluate: { every: 5 } },
      "evaluate.data is missing; expected a list of files.",
    ],
    ["a rank of zero", { lora: { rank: 0, alpha: 1 } }, "lora.rank is 0; expected"],
    ["modules beside LoRA", { lora: { rank: 4, alpha: 8 }, train: ["text"] }, "train stands beside lora"],
    [
      "a seed of 33 bits",
      { seed: 2 ** 32 },
      "seed is 4294967296; expected a seed, an integer from 0 to 4294967295.",
    ],
    [
      "another type",
      { dtype: "f16" },
      'dtype is "f16"; expected one of "F32", "F16", "BF16"; did you mean "F16"?',
    ],
    ["another device", { device: "gpu" }, 'device is "gpu"; expected one of "cpu", "webgpu", "cuda"'],
  ])("%s", (_name, changes, sentence) => {
    const error = errorOf(() => checkRecipe(asFile({ ...RECIPE, ...changes }), "r.json"));
    expect(error).toMatchObject({ code: "recipe/invalid" });
    expect((error as Error).message).toContain(`r.json: ${sentence}`);
  });
});

const PLAY = {
  model: "model",
  stage: "mgt",
  steps: 3,
  learningRate: 1e-5,
  episodes: { scenarios: { academy: 1 }, episodes: 8, rewards: { scoring: 1 } },
};

const played = (changes: object): object => ({ episodes: { ...PLAY.episodes, ...changes } });

describe("one wrong value of play", () => {
  test.each<[string, object, string]>([
    [
      "nothing to play",
      played({ scenarios: {} }),
      "episodes.scenarios is an object; expected at least one scenario with a weight above 0.",
    ],
    [
      "a weight of nothing",
      played({ scenarios: { academy: 0 } }),
      "episodes.scenarios is an object; expected at least one scenario with a weight above 0.",
    ],
    [
      "no kind of question",
      { questions: { mix: { lane: 0 }, prompts: 4 } },
      "questions.mix is an object; expected at least one kind with a weight above 0.",
    ],
    [
      "episodes that make no whole groups",
      played({ samples: 3 }),
      "episodes.episodes is 8; expected a multiple of samples, 3.",
    ],
    [
      "a branch of nothing",
      played({ starts: "branch" }),
      'episodes.samples is 1; expected at least 2 for starts "branch", where one goes before.',
    ],
    [
      "a share of no price",
      played({ truthCredit: "place" }),
      'episodes.truthPenalty is 0; expected a price for truthCredit "place" to share out.',
    ],
    [
      "more than all answers",
      { floors: { format: 1.5 } },
      "floors.format is 1.5; expected a share of the answers, a number from 0 to 1.",
    ],
    [
      "an end of what has none",
      { schedule: { decay: "constant", decaySteps: 2 } },
      'schedule.decaySteps stands beside decay "constant"; expected it with "cosine".',
    ],
    [
      "an end before the height",
      { schedule: { warmupSteps: 2, decaySteps: 2 } },
      "schedule.decaySteps is 2; expected more than warmupSteps, 2.",
    ],
    ["an unknown reward", played({ rewards: { goals: 1 } }), "episodes.rewards.goals is not a known key"],
  ])("%s", (_name, changes, sentence) => {
    const error = errorOf(() => checkRecipe({ ...PLAY, ...changes }, "r.json"));
    expect(error).toMatchObject({ code: "recipe/invalid" });
    expect((error as Error).message).toContain(`r.json: ${sentence}`);
  });
});

test("all mistakes are told at once", () => {
  const error = errorOf(() => checkRecipe({ ...RECIPE, seed: -1, learn: "some" }, "r.json"));
  expect((error as Error).message.split("\n")).toEqual([
    "r.json has 2 problems:",
    '  learn is "some"; expected one of "last", "all".',
    "  seed is -1; expected a seed, an integer from 0 to 4294967295.",
  ]);
});

test("what is left out has its defaults, and paths are relative to the file", () => {
  const { model, data, evaluate, ...rest } = checkRecipe(
    { ...RECIPE, data: ["a.jsonl", "/elsewhere/b.jsonl"], evaluate: { data: ["../c.jsonl"] } },
    "/recipes/mine/r.json",
  );
  expect({ model, data, evaluate }).toEqual({
    model: "/recipes/mine/model",
    data: ["/recipes/mine/a.jsonl", "/elsewhere/b.jsonl"],
    evaluate: { data: ["/recipes/c.jsonl"], every: 100 },
  });
  expect(rest).toEqual({
    stage: "sft",
    learn: "last",
    epochs: 2,
    batchSize: 8,
    tokensPerMicroBatch: 4096,
    learningRate: 1e-4,
    schedule: { decay: "cosine", minimumRate: 0 },
    optimiser: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maxNorm: 1 },
    recompute: false,
    saveEvery: 100,
    keepCheckpoints: 3,
    seed: 0,
    dtype: "F32",
    device: "cpu",
  });
});

test("docs/TRAINING.md tells of every key", () => {
  const page = readFileSync(new URL("../../docs/TRAINING.md", import.meta.url), "utf8");
  const keysOf = (schema: unknown, before = ""): string[] => {
    if (schema instanceof z.ZodObject) {
      return Object.entries(schema.shape).flatMap(([key, value]) => keysOf(value, `${before}.${key}`));
    }
    if (schema instanceof z.ZodDiscriminatedUnion)
      return schema.options.flatMap((one) => keysOf(one, before));
    const inner =
      schema instanceof z.ZodPrefault ||
      schema instanceof z.ZodDefault ||
      schema instanceof z.ZodExactOptional;
    return inner ? keysOf(schema.unwrap(), before) : [before.slice(1)];
  };
  const keys = keysOf(recipeSchema);
  expect(keys).toContain("schedule.warmupShare");
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

/** As they stand in the file of a recipe that ships. */
function stagesOf(name: string): { play?: { frame: object } }[] {
  const file = JSON.parse(readFileSync(findRecipe(name), "utf8")) as {
    stages: { play?: { frame: object } }[];
  };
  return file.stages;
}

describe("finding and reading", () => {
  test("every recipe that ships is right", () => {
    expect(recipeNames()).toContain("sft-example");
    for (const file of recipeNames().map(findRecipe))
      expect(readSeries(file) ?? readRecipe(file)).toBeDefined();
  });

  test("the blind control differs from nano in its frames alone", () => {
    const [seeing, blind] = [stagesOf("nano"), stagesOf("nano-blind")];
    expect(seeing).not.toEqual(blind);
    Object.assign(seeing[0]!.play!.frame, { blank: true });
    expect(seeing).toEqual(blind);
  });

  test("a recipe that is read again is the same", () => {
    const recipe = readRecipe(findRecipe("sft-example"));
    const path = join(scratch, "again.json");
    writeFileSync(path, JSON.stringify(recipe));
    expect(readRecipe(path)).toEqual(recipe);
  });

  test.each([
    ["a name that is not known", "sft-exampel", "recipe/unknown", 'Did you mean "sft-example"?'],
    ["a file that is not there", "./none.json", "recipe/file", "ENOENT"],
    ["a folder", scratch, "recipe/file", "EISDIR"],
  ])("%s", (_name, given, code, part) => {
    const error = errorOf(() => readRecipe(findRecipe(given)));
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(part);
  });

  test("what is not JSON is told with line and column", () => {
    const path = join(scratch, "broken.json");
    writeFileSync(path, '{\n  "model": model\n}');
    const error = errorOf(() => readRecipe(path));
    expect(error).toMatchObject({ code: "recipe/not-json" });
    expect((error as Error).message).toMatch(/broken\.json is not JSON: .* line 2, column 12/);
  });
});
