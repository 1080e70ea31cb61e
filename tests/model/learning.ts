/** @file A tiny model that learns made-up sequences, for tests of the learner. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Learner,
  type LearnerOptions,
  makeBatch,
  type Sequence,
  type TrainingBatch,
} from "../../trainer/learner/index.ts";
import { crossEntropy } from "../../trainer/loss/index.ts";

export const MODEL = "tests/reference/fixtures/tied/model";

export const options: LearnerOptions = {
  loss: ({ g, logits, labels, perRow }) => ({
    loss: crossEntropy(g, logits(), labels, perRow("weights")),
  }),
};

/** Of different lengths; with `pictures` every other one has a picture of four by four patches. */
export function sequences(count: number, seed: number, pictures = false): Sequence[] {
  return Array.from({ length: count }, (_, row) => {
    const length = 8 + ((row * 5 + seed) % 7);
    const words = Array.from({ length }, (_, i) => (row * 7 + i * 3 + seed * 11) % 400);
    if (!pictures || row % 2 === 1) {
      return { ids: words, pixelValues: new Float32Array(0), grids: [], learned: places(1, length) };
    }
    const image = tokenOf("<|image_pad|>");
    const ids = [...words.slice(0, 2), image, image, image, image, ...words.slice(2)];
    const pixelValues = Float32Array.from({ length: 16 * 1176 }, (_, i) => Math.sin(i * 0.37 + seed));
    return { ids, pixelValues, grids: [[1, 4, 4]], learned: places(7, ids.length) };
  });
}

function places(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function tokenOf(text: string): number {
  const file = JSON.parse(readFileSync(join(MODEL, "tokenizer.json"), "utf8")) as {
    added_tokens: { id: number; content: string }[];
  };
  return file.added_tokens.find(({ content }) => content === text)!.id;
}

/** The mean over the tokens of all parts. */
export function batchesOf(learner: Learner, parts: readonly Sequence[][]): TrainingBatch[] {
  const total = parts.flat().reduce((sum, { learned }) => sum + learned.length, 0);
  return parts.map((part) => {
    const batch = makeBatch(learner.config, part);
    return { batch, rows: { weights: new Float32Array(batch.rows).fill(1 / total) } };
  });
}

export async function train(
  learner: Learner,
  from: number,
  to: number,
  { parts = 1, pictures = false } = {},
): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    const all = sequences(4, step, pictures);
    const size = all.length / parts;
    const groups = Array.from({ length: parts }, (_, i) => all.slice(i * size, (i + 1) * size));
    const { loss } = await learner.step(batchesOf(learner, groups), 1e-2);
    losses.push(loss);
  }
  return losses;
}

/** A hash of each tensor. */
export async function hashesOf(learner: Learner): Promise<Record<string, string>> {
  const state = await learner.state();
  return Object.fromEntries(
    [...state].map(([name, { values }]) => [name, createHash("sha1").update(values).digest("hex")]),
  );
}
