/** @file Gradients and ten steps of AdamW against torch's: tests/reference/{gradients,training}.py, README.md there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalName } from "../../agent/model/index.ts";
import { modelGradients } from "../../trainer/learner/index.ts";
import { fixtureFolder, readInputs } from "../reference/fixture.ts";
import { readTraining, train } from "./training.ts";

const NAMES = ["tied", "untied"];
/** Of each tensor's largest value. */
const GRADIENT = 1e-3;
const LOSS = 1e-5;

interface Gradients {
  name: string;
  input: { messages: never[]; images: string[] };
  input_ids: number[][];
  labels: number[][];
  loss: number;
  parameters: Record<string, { shape: number[]; norm: number; first: number[] }>;
}

const MODELS = [false, true].flatMap((recompute) => NAMES.map((name) => ({ name, recompute })));

describe.each(MODELS)("gradients of $name, recompute $recompute", ({ name, recompute }) => {
  test.each(readTraining(name).batches)("for $name, of every parameter", async (batch) => {
    const chats = await readInputs(name, { input: batch.inputs });
    const found = await modelGradients(join(fixtureFolder(name), "model"), chats, { threads: 1, recompute });
    expect(Math.abs(found.loss - batch.steps[0]!.loss)).toBeLessThan(LOSS);
    expect(found.learned.flat()).toHaveLength(batch.labels);
    const byName = new Map([...found.parameters].map(([own, one]) => [canonicalName(own), one.values]));
    expect([...byName.keys()].toSorted()).toEqual(Object.keys(batch.gradients).toSorted());
    for (const [own, { norm, largest, spread }] of Object.entries(batch.gradients)) {
      const values = byName.get(own)!;
      const room = GRADIENT * largest;
      expect(Math.abs(normOf(values) - norm), `norm of ${own}`).toBeLessThanOrEqual(GRADIENT * norm);
      spread.forEach((value, i) => {
        const place = Math.floor((i * values.length) / spread.length);
        expect(Math.abs(values[place]! - value), `${own}, value ${place}`).toBeLessThanOrEqual(room);
      });
    }
  });
});

test.each(JSON.parse(readFileSync(join(fixtureFolder("tied"), "grads.json"), "utf8")) as Gradients[])(
  "gradients of one chat, $name: tokens, names and values in the order of the file",
  async ({ input, input_ids: ids, labels, loss, parameters }) => {
    const chats = await readInputs("tied", { input: [input] });
    const found = await modelGradients(join(fixtureFolder("tied"), "model"), chats, { threads: 1 });
    expect(found.learned).toEqual([ids[0]!.filter((id, i) => labels[0]![i] === id)]);
    expect(Math.abs(found.loss - loss)).toBeLessThan(LOSS);
    expect([...found.parameters].map(([own, { shape }]) => [own, shape])).toEqual(
      Object.entries(parameters).map(([own, { shape }]) => [own, shape]),
    );
    for (const [own, { norm, first }] of Object.entries(parameters)) {
      const { values } = found.parameters.get(own)!;
      expect(Math.abs(normOf(values) - norm), `norm of ${own}`).toBeLessThanOrEqual(GRADIENT * norm);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      first.forEach((value, i) => {
        expect(Math.abs(values[i]! - value), `${own}, value ${i}`).toBeLessThanOrEqual(GRADIENT * largest);
      });
    }
  },
);

describe.each(NAMES)("ten steps of AdamW of %s", (name) => {
  test.each(readTraining(name).batches)("on $name: losses and norms", async (batch) => {
    const found = await train(name, batch, { threads: 1 });
    found.forEach(({ loss, gradientNorm }, i) => {
      const expected = batch.steps[i]!;
      expect(Math.abs(loss - expected.loss), `loss of step ${i + 1}`).toBeLessThan(LOSS);
      const room = 1e-4 * expected.gradient_norm;
      expect(Math.abs(gradientNorm - expected.gradient_norm), `norm of step ${i + 1}`).toBeLessThan(room);
    });
  });
});

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
