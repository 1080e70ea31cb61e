/** @file The gradient of every parameter of a model for some chats, as the learner works it out. */
import { TouchlineError } from "../../env/error.ts";
import { type Device, type Feeds, float32, Session, sizeOf } from "../../agent/graph/index.ts";
import {
  type ChatInput,
  checkWeights,
  openChatReader,
  openWeights,
  parameterShapes,
  readTensor,
  storedWeights,
} from "../../agent/model/index.ts";
import { crossEntropy } from "../loss/index.ts";
import { ADAMW_DEFAULTS } from "../optimiser/index.ts";
import { makeBatch } from "./batch.ts";
import { encodeExample } from "./example.ts";
import { gradientGraph, gradientName, LOSS, newName } from "./graph.ts";
import type { Loss } from "./loss.ts";

export interface GradientOptions {
  device?: Device;
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /** Work layers out a second time on the way back: more time, less memory. */
  recompute?: boolean;
}

export interface ModelGradients {
  /** The mean cross-entropy over all learned tokens of the chats. */
  loss: number;
  /** The ids that are learned, chat after chat. */
  learned: number[][];
  /** By the name in the model's file, in the order of the model; zeros where the loss does not depend on it. */
  parameters: Map<string, { shape: readonly number[]; values: Float32Array }>;
}

const meanCrossEntropy: Loss = ({ g, logits, labels, perRow }) => ({
  loss: crossEntropy(g, logits(), labels, perRow("weights")),
});

/**
 * The chats are one batch. What is learned of each: `encodeExample`, the answer to its last user turn.
 * @throws TouchlineError as `encodeExample`; `model/...` for what is wrong with the folder; `trainer/not-finite`.
 */
export async function modelGradients(
  directory: string,
  chats: readonly ChatInput[],
  { device = "cpu", threads = 0, recompute = false }: GradientOptions = {},
): Promise<ModelGradients> {
  const reader = openChatReader(directory);
  const { config } = reader;
  const weights = openWeights(directory);
  checkWeights(config, weights);
  const shapes = parameterShapes(config);
  const sequences = chats.map((chat) => encodeExample(reader, chat));
  const batch = makeBatch(config, sequences);
  const plan = {
    config,
    loss: meanCrossEntropy,
    trained: new Set(shapes.keys()),
    frozen: storedWeights(weights),
    recompute,
    optimiser: ADAMW_DEFAULTS,
    directory,
  };
  const { graph, trainable } = gradientGraph(plan, batch.pictures);
  const feeds: Feeds = {
    ...batch.feeds,
    weights: float32(new Float32Array(batch.rows).fill(1 / batch.rows), [batch.rows]),
    ...Object.fromEntries(
      trainable.flatMap(({ name, shape }) => [
        [name, float32(readTensor(weights.tensors.get(name)!), shape)],
        [gradientName(name), float32(new Float32Array(sizeOf(shape)), shape)],
      ]),
    ),
  };
  const session = await Session.open(graph, { device, threads, directory, integersOnHost: true });
  const outputs = await session.run(feeds);
  await session.close();
  const loss = (outputs[LOSS]!.data as Float32Array)[0]!;
  const parameters: ModelGradients["parameters"] = new Map();
  for (const [name, shape] of shapes) {
    const found = outputs[newName(gradientName(name))]?.data as Float32Array | undefined;
    parameters.set(weights.tensors.get(name)!.name, {
      shape,
      values: found ?? new Float32Array(sizeOf(shape)),
    });
  }
  checkFinite(loss, parameters);
  return {
    loss,
    learned: sequences.map(({ ids, learned }) => learned.map((place) => ids[place]!)),
    parameters,
  };
}

function checkFinite(loss: number, parameters: ModelGradients["parameters"]): void {
  const wrong = [...parameters].find(([, { values }]) => !values.every(Number.isFinite))?.[0];
  if (Number.isFinite(loss) && wrong === undefined) return;
  throw new TouchlineError(
    "trainer/not-finite",
    `${Number.isFinite(loss) ? `The gradient of "${wrong}"` : "The loss"} is not a finite number; look for weights that are too large or not numbers.`,
  );
}
