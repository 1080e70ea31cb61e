/** @file Trains an adapter on the checkpoint `tied` as peft and torch did (tests/reference/lora.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Device,
  type Feeds,
  float32,
  GraphBuilder,
  Session,
  sizeOf,
  type Tensor,
} from "../../agent/graph/index.ts";
import {
  languageHead,
  openChatReader,
  openWeights,
  type Parameters,
  readConfig,
  sequenceRows,
  storedWeights,
} from "../../agent/model/index.ts";
import { stepGraph, type TrainingPlan } from "../../trainer/learner/graph.ts";
import { type Batch, encodeExample, makeBatch } from "../../trainer/learner/index.ts";
import { type Adapter, withFixedAdapter } from "../../trainer/lora/index.ts";
import { crossEntropy } from "../../trainer/loss/index.ts";
import { ADAMW_DEFAULTS, stepScalars } from "../../trainer/optimiser/index.ts";
import { type Case, fixtureFolder, readInputs } from "../reference/fixture.ts";

interface Expected {
  inputs: Case["input"];
  optimiser: { learning_rate: number; betas: [number, number]; weight_decay: number; max_norm: number };
  losses: number[];
  norms: number[];
  logits: number[][];
  parameters: Record<string, { shape: number[]; norm: number; first: number[] }>;
}

export const TIED = join(fixtureFolder("tied"), "model");
export const ADAPTER = join(fixtureFolder("tied"), "adapter");
export const expected = JSON.parse(
  readFileSync(join(fixtureFolder("tied"), "lora.json"), "utf8"),
) as Expected;
export const config = readConfig(TIED);

/** Where the frozen weights come from. */
export interface Base {
  directory: string;
  frozen: (g: GraphBuilder) => Parameters;
}

export function storedBase(directory = TIED): Base {
  return { directory, frozen: storedWeights(openWeights(directory)) };
}

export async function readBatch(): Promise<Batch> {
  const reader = openChatReader(TIED);
  const chats = await readInputs("tied", { input: expected.inputs });
  return makeBatch(
    config,
    chats.map((chat) => encodeExample(reader, chat)),
  );
}

export function planOf(adapter: Adapter, base: Base, recompute = false): TrainingPlan {
  const { betas, weight_decay: weightDecay, max_norm: maxNorm } = expected.optimiser;
  return {
    config,
    loss: ({ g, logits, labels, perRow }) => ({
      loss: crossEntropy(g, logits(), labels, perRow("weights")),
    }),
    trained: new Set(),
    adapted: adapter.layers,
    ...base,
    recompute,
    optimiser: { ...ADAMW_DEFAULTS, beta1: betas[0], beta2: betas[1], weightDecay, maxNorm },
  };
}

export const lossFeeds = (batch: Batch): Feeds => ({
  ...batch.feeds,
  weights: float32(new Float32Array(batch.rows).fill(1 / batch.rows), [batch.rows]),
});

function zeros(shape: readonly number[]): Tensor {
  return float32(new Float32Array(sizeOf(shape)), shape);
}

/** The steps of the reference. */
export async function trainAdapter(
  adapter: Adapter,
  base: Base,
  { device = "cpu", foldConstants = true }: { device?: Device; foldConstants?: boolean } = {},
): Promise<{ losses: number[]; norms: number[] }> {
  const plan = planOf(adapter, base);
  const batch = await readBatch();
  const { graph, trainable } = stepGraph(plan, batch.pictures);
  const onGpu = device === "webgpu";
  const session = await Session.open(graph, {
    directory: base.directory,
    threads: 1,
    device,
    foldConstants,
    integersOnHost: onGpu,
    wholeOnDevice: onGpu,
  });
  let state: Feeds = Object.fromEntries(
    trainable.flatMap(({ name, shape }) => [
      [name, float32(adapter.values.get(name)!.slice(), shape)],
      [`mean.${name}`, zeros(shape)],
      [`square.${name}`, zeros(shape)],
    ]),
  );
  const [losses, norms]: [number[], number[]] = [[], []];
  for (let step = 1; step <= expected.losses.length; step++) {
    const scalars = stepScalars(plan.optimiser, step, expected.optimiser.learning_rate);
    const feeds = Object.entries(scalars).map(
      ([name, value]) => [name, float32(Float32Array.of(value), [])] as const,
    );
    const outputs = await session.run({ ...lossFeeds(batch), ...state, ...Object.fromEntries(feeds) });
    state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[`new.${name}`]!]));
    losses.push((outputs["loss"]!.data as Float32Array)[0]!);
    norms.push((outputs["gradient_norm"]!.data as Float32Array)[0]!);
  }
  await session.close();
  return { losses, norms };
}

/** Logits of the learned tokens, [rows, vocabularySize], of a base with an adapter beside it or none. */
export async function logitsOf({ directory, frozen }: Base, adapter?: Adapter): Promise<Float32Array> {
  const g = new GraphBuilder("logits");
  const parameters = adapter ? withFixedAdapter(g, frozen(g), adapter) : frozen(g);
  const hidden = sequenceRows(g, config, parameters, { pictures: true });
  g.output("logits", languageHead(g, config.text, parameters, hidden));
  const session = await Session.open(g.build(), { directory, threads: 1 });
  const { labels: _, ...feeds } = (await readBatch()).feeds;
  const { logits } = await session.run(feeds);
  await session.close();
  return logits!.data as Float32Array;
}

/** The largest difference, in parts of the largest value that is wanted. */
export function difference(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Infinity;
  const all = Array.from(wanted);
  const largest = Math.max(...all.map(Math.abs));
  return Math.max(...all.map((value, i) => Math.abs(value - found[i]!))) / largest;
}

/** The length of the difference, in parts of that of what is wanted. */
export function distance(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const all = Array.from(wanted);
  return Math.hypot(...all.map((value, i) => value - found[i]!)) / Math.hypot(...all);
}
