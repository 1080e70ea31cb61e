/** @file The paper's chain on a tiny model: FRE in words, interrupted, then MGT on pictures, merged, exported, asked. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  exportModel,
  openLocalModel,
  openWeights,
  readChatFile,
  readTensor,
} from "../../agent/model/index.ts";
import { mergeAdapter } from "../../trainer/lora/index.ts";
import { readRecipe, readSeries } from "../../trainer/recipes/index.ts";
import {
  makeRunFolder,
  makeSeriesFolder,
  type StageRun,
  stageRun,
  train,
} from "../../trainer/stage/index.ts";
import { makeChain } from "./make.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-chain-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TINY = {
  text: { hiddenSize: 32, layers: 2, heads: 2, keyValueHeads: 1, intermediateSize: 48 },
  vision: { hiddenSize: 32, depth: 2, heads: 2, intermediateSize: 48 },
};
const ROLLOUTS = 2;

/** Trains until so many steps are done. */
async function learn({ recipe, directory }: StageRun, stopAfter = Infinity): Promise<string> {
  const controller = new AbortController();
  const { checkpoint } = await train(recipe, directory, {
    threads: 1,
    signal: controller.signal,
    onEvent: (event) => event.kind === "step" && event.step >= stopAfter && controller.abort(),
  });
  return checkpoint!;
}

const weight = (directory: string, name: string): Float32Array =>
  readTensor(openWeights(directory).tensors.get(name)!);

test("the chain goes from random weights to a merged model that answers", { timeout: 300_000 }, async () => {
  await makeChain(folder, { model: TINY, coldSteps: 2, rollouts: ROLLOUTS, questions: 6 });
  const recipe = readRecipe(join(folder, "cold.json"));
  makeRunFolder(join(folder, "cold"), recipe);
  const cold = await learn({ recipe, directory: join(folder, "cold") });

  const [first, second] = readSeries(join(folder, "lmm-r1.json"))!.stages;
  const stages = [
    { ...first!, model: cold, data: [join(folder, "text.jsonl")] },
    { ...second!, data: [join(folder, "image.jsonl")] },
  ];
  const run = join(folder, "run");
  makeSeriesFolder(run, { stages });
  const half = await learn(stageRun(run, { stages }, 0), 1);
  // On a busy machine the next step may have begun before it heard.
  expect(half).toMatch(/\/1-fre\/checkpoints\/[12]$/);
  const fre = await learn(stageRun(run, { stages }, 0));
  const mgt = await learn(stageRun(run, { stages }, 1));
  const steps = readFileSync(join(run, "2-mgt/metrics.jsonl"), "utf8").trim().split("\n");
  expect(steps).toHaveLength(ROLLOUTS);

  // Each stage has changed the model, MGT the tower that looks at pictures, too.
  const block = "model.visual.blocks.1.mlp.down_proj.weight";
  const layer = "model.language_model.layers.1.mlp.down_proj.weight";
  expect(weight(fre, layer)).not.toEqual(weight(cold, layer));
  expect(weight(fre, block)).toEqual(weight(cold, block));
  expect(weight(mgt, layer)).not.toEqual(weight(fre, layer));
  expect(weight(mgt, block)).not.toEqual(weight(fre, block));

  const merged = join(folder, "merged");
  mergeAdapter(fre, mgt, merged);
  for (const [name, tensor] of openWeights(mgt).tensors)
    expect(weight(merged, name)).toEqual(readTensor(tensor));
  exportModel(merged, join(folder, "exported"));
  const model = await openLocalModel(join(folder, "exported"), { threads: 1 });
  const { chats } = await readChatFile(join(folder, "asked.json"));
  const requests = chats.map(({ messages, images = [] }) => ({ messages, images, maxTokens: 8 }));
  const answers = await model.generate(requests);
  expect(answers).toHaveLength(4);
  for (const [answer] of answers) expect(answer!.tokens.length).toBeGreaterThan(0);
  await model.close();
});
