/**
 * @file What the chain of docs/TRAINING.md begins with: `npm run chain:make -- DIR` writes a model folder of 50 million
 * random parameters, questions of geometry in LMM-R1's format, in words and with pictures, and recipes: `cold.json`, which
 * imitates the form of an answer, and `lmm-r1.json`, the paper's that ships with numbers that two cores can do.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeModel, newbornSchema } from "../../trainer/newborn/index.ts";
import { findRecipe, readSeries, type RlRecipe } from "../../trainer/recipes/index.ts";
import { draw, type GeometryQuestion, geometryQuestion } from "./geometry.ts";

/** Of each stage. */
export const ROLLOUTS = 4;
export const COLD_STEPS = 50;

/** 50 million parameters. */
const LARGE = {
  text: { hiddenSize: 512, layers: 12, heads: 8, keyValueHeads: 2, intermediateSize: 1536 },
  vision: { hiddenSize: 320, depth: 8, heads: 4, intermediateSize: 896 },
};

export interface ChainOptions {
  /** Sizes, as recipes have them under `newborn`. */
  model?: object;
  /** Steps of imitation, for what an instruct model knows before: the form of an answer. */
  coldSteps?: number;
  /** Rollouts of each stage. */
  rollouts?: number;
  questions?: number;
}

export async function makeChain(
  directory: string,
  { model = LARGE, coldSteps = COLD_STEPS, rollouts = ROLLOUTS, questions = 48 }: ChainOptions = {},
): Promise<void> {
  mkdirSync(join(directory, "pictures"), { recursive: true });
  const [fre, mgt] = readSeries(findRecipe("lmm-r1-3b"))!.stages as RlRecipe[];
  const system = fre!.system!;
  const all = Array.from({ length: questions }, (_, seed) => geometryQuestion(seed));
  for (const [place, question] of all.entries())
    writeFileSync(pathOf(directory, place), await draw(question));
  const texts = all.flatMap((one) => [one.inWords, one.ofPicture, said(one)]);
  // As often as it is read, so that the tokenizer makes it short.
  const corpus = [...texts, ...all.map(() => system)];
  const plan = newbornSchema.parse({ ...model, vocabulary: 2048, contextTokens: 1024 });
  makeModel(join(directory, "model"), plan, corpus);

  const inWords = all.map((one) => ({ asked: [user(one.inWords)], one }));
  const ofPictures = all.map((one, place) => ({
    asked: [
      user([
        { type: "image", image: `pictures/${place}.png` },
        { type: "text", text: one.ofPicture },
      ]),
    ],
    one,
  }));
  const rows = (from: typeof inWords | typeof ofPictures): object[] =>
    from.map(({ asked, one }) => ({ message: JSON.stringify(asked), answer: one.answer }));
  writeLines(join(directory, "text.jsonl"), rows(inWords));
  writeLines(join(directory, "image.jsonl"), rows(ofPictures));
  writeLines(
    join(directory, "cold.jsonl"),
    [...inWords, ...ofPictures].map(({ asked, one }) => ({
      messages: [{ role: "system", content: system }, ...asked, { role: "assistant", content: said(one) }],
    })),
  );

  await writeAsked(directory, system, questions);

  writeRecipe(directory, "cold", {
    model: "model",
    stage: "sft",
    data: ["cold.jsonl"],
    steps: coldSteps,
    batchSize: 4,
    learningRate: 1e-3,
    schedule: { warmupShare: 0.1 },
    saveEvery: coldSteps,
    keepCheckpoints: 1,
  });
  const small = {
    steps: rollouts,
    rolloutBatchSize: 4,
    samplesPerPrompt: 8,
    batchSize: 16,
    maxTokens: 48,
    decodeBatchSize: 64,
    tokensPerMicroBatch: 4096,
    actors: 2,
    // A small adapter of a small model needs more than the paper's rate to be seen to learn in so few steps.
    learningRate: 1e-3,
    schedule: { decay: "constant" },
    saveEvery: 1,
    floors: { format: 0 },
  };
  writeRecipe(directory, "lmm-r1", {
    stages: [
      { ...fre, ...small },
      { ...mgt, ...small },
    ],
  });
}

/** Questions that nothing is learned from. */
async function writeAsked(directory: string, system: string, from: number): Promise<void> {
  const chats = [0, 1, 2, 3].map(async (i) => {
    const question = geometryQuestion(from + i);
    const image = pathOf(directory, from + i);
    writeFileSync(image, await draw(question));
    const content = [{ type: "image" }, { type: "text", text: question.ofPicture }];
    return { messages: [{ role: "system", content: system }, user(content)], images: [image] };
  });
  writeFileSync(join(directory, "asked.json"), JSON.stringify(await Promise.all(chats), null, 1));
}

const pathOf = (directory: string, place: number): string => join(directory, "pictures", `${place}.png`);

const said = ({ think, answer }: GeometryQuestion): string =>
  `<think> ${think} </think><answer> ${answer} </answer>`;

const user = (content: string | object[]) => ({ role: "user", content });

function writeLines(path: string, rows: readonly object[]): void {
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

function writeRecipe(directory: string, name: string, recipe: object): void {
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify(recipe, null, 2)}\n`);
}

const [out] = process.argv.slice(2);
if (process.argv[1]?.endsWith("make.ts") && out !== undefined) await makeChain(resolve(out));
