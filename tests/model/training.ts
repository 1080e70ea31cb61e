/** @file Trains a fixture on the batches that torch trained it on (tests/reference/training.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Device } from "../../agent/graph/index.ts";
import { openChatReader } from "../../agent/model/index.ts";
import { encodeExample, Learner, makeBatch, type StepResult } from "../../trainer/learner/index.ts";
import { crossEntropy } from "../../trainer/loss/index.ts";
import { type Case, fixtureFolder, readInputs } from "../reference/fixture.ts";

export interface TrainingBatch {
  name: string;
  inputs: Case["input"];
  /** Learned tokens. */
  labels: number;
  /** Of the first step, by the names that the reference's classes have inside; `spread`: at i * size / count. */
  gradients: Record<string, { norm: number; largest: number; spread: number[] }>;
  steps: { learning_rate: number; loss: number; gradient_norm: number }[];
}

export interface Training {
  optimiser: { betas: [number, number]; epsilon: number; weight_decay: number; max_norm: number };
  batches: TrainingBatch[];
}

export function readTraining(name: string): Training {
  return JSON.parse(readFileSync(join(fixtureFolder(name), "training.json"), "utf8")) as Training;
}

/** What each step gave. */
export async function train(
  name: string,
  { inputs, steps }: TrainingBatch,
  options: { device?: Device; threads?: number; recompute?: boolean },
): Promise<StepResult[]> {
  const { optimiser } = readTraining(name);
  const folder = join(fixtureFolder(name), "model");
  const learner = Learner.open(folder, {
    loss: ({ g, logits, labels, perRow }) => ({
      loss: crossEntropy(g, logits(), labels, perRow("weights")),
    }),
    optimiser: {
      beta1: optimiser.betas[0],
      beta2: optimiser.betas[1],
      epsilon: optimiser.epsilon,
      weightDecay: optimiser.weight_decay,
      maxNorm: optimiser.max_norm,
    },
    ...options,
  });
  const reader = openChatReader(folder);
  const chats = await readInputs(name, { input: inputs });
  const batch = makeBatch(
    learner.config,
    chats.map((chat) => encodeExample(reader, chat)),
  );
  const rows = { weights: new Float32Array(batch.rows).fill(1 / batch.rows) };
  const found: StepResult[] = [];
  for (const { learning_rate: rate } of steps) found.push(await learner.step([{ batch, rows }], rate));
  await learner.close();
  return found;
}
