/** @file The gradients of a whole model by policy and value at once, pictures included, by finite differences. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixtureFolder } from "../../tests/reference/fixture.ts";
import { type Feeds, float32, type Graph, type GraphBuilder, Session } from "../../agent/graph/index.ts";
import { openWeights, readConfig, readTensor } from "../../agent/model/folder/index.ts";
import { type Parameters, parameterShapes, storedWeights } from "../../agent/model/index.ts";
import { gradientGraph, gradientName, lossGraph, newName, type TrainingPlan } from "../learner/graph.ts";
import { Learner, makeBatch, type Sequence, type TrainingBatch } from "../learner/index.ts";
import { ADAMW_DEFAULTS } from "../optimiser/index.ts";
import {
  combine,
  policyLoss,
  scoreGraph,
  SCORES,
  sequenceWeights,
  toRows,
  VALUE_BIAS,
  VALUE_WEIGHT,
  valueLoss,
} from "./index.ts";

const directory = join(fixtureFolder("tied"), "model");
const config = readConfig(directory);
const weights = openWeights(directory);
const shapes = new Map([
  ...parameterShapes(config),
  [VALUE_WEIGHT, [1, config.text.hiddenSize]] as const,
  [VALUE_BIAS, [1]] as const,
]);
const temperature = 0.8;

const plan: TrainingPlan = {
  config,
  loss: combine([
    [
      policyLoss({
        temperature,
        dualClip: 3,
        entropyCoefficient: 0.05,
        kl: { coefficient: 0.1, estimator: "k3" },
      }),
      1,
    ],
    [valueLoss(), 0.5],
  ]),
  trained: new Set(parameterShapes(config).keys()),
  frozen: storedWeights(weights),
  recompute: false,
  optimiser: ADAMW_DEFAULTS,
  directory,
};

const { image } = config.tokens;
const wave = (i: number): number => Math.sin(1 + 7.3 * i);
const sequences: Sequence[] = [
  {
    ids: [5, 80, image, image, image, image, 31, 7, 250, 99, 12],
    pixelValues: Float32Array.from({ length: 16 * 1176 }, (_, i) => wave(i)),
    grids: [[1, 4, 4]],
    learned: [7, 8, 9, 10],
  },
  {
    ids: [3, 9, 27, 81, 243, 301, 7, 21],
    pixelValues: new Float32Array(0),
    grids: [],
    learned: [3, 4, 6, 7],
  },
];
const batch = makeBatch(config, sequences);

/** Everything is an input here, so that it can be moved. */
function fromInputs(g: GraphBuilder): Parameters {
  return (name, pick) => {
    const whole = g.once(name, () => g.input(name, "float32", shapes.get(name)!));
    return pick ? pick(whole) : whole;
  };
}

const tensors = new Map(
  [...shapes].map(([name, shape]) => {
    const stored = weights.tensors.get(name);
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, stored ? readTensor(stored) : Float32Array.from({ length: size }, (_, i) => wave(i))];
  }),
);
const parameters: Feeds = Object.fromEntries(
  [...tensors].map(([name, values]) => [name, float32(values, shapes.get(name)!)]),
);

const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

async function opened(graph: Graph): Promise<(feeds: Feeds) => Promise<Feeds>> {
  const session = await Session.open(graph, { directory, threads: 1 });
  sessions.push(session);
  const wanted = graph.inputs.map(({ name }) => name);
  return (feeds) => session.run(Object.fromEntries(wanted.map((name) => [name, feeds[name]!])));
}

let rows: Record<string, Float32Array>;
let feeds: Feeds;
beforeAll(async () => {
  const score = await opened(scoreGraph(config, fromInputs, { pictures: true, temperature, scores: SCORES }));
  const found = await score({ ...batch.feeds, ...parameters });
  const moved = (name: string, by: readonly number[]): Float32Array =>
    (found[name]!.data as Float32Array).map((value, i) => value - by[i]!);
  // Far enough from every bound that no small step crosses one.
  rows = {
    weights: toRows(
      sequenceWeights(sequences.map(({ learned }) => learned.length)),
      sequences.map(({ learned }) => learned.length),
    ),
    advantages: Float32Array.of(1, -1, 2, -2, 0.5, -0.5, 1.5, -1),
    old_log_probabilities: moved("log_probabilities", [0.05, -0.05, 0.5, 0.5, -0.5, -0.5, -0.1, 2]),
    reference_log_probabilities: moved("log_probabilities", [0.5, -0.5, 1, -1, 0.1, -0.1, 0, 2]),
    old_values: moved("values", [0, 0.1, -0.1, 0.5, 0.5, -0.5, -0.5, 1]),
    returns: moved("values", [1, 1, 0.5, -2, 2, -2, 2, 1]),
  };
  feeds = {
    ...batch.feeds,
    ...parameters,
    ...Object.fromEntries(
      Object.entries(rows).map(([name, values]) => [name, float32(values, [batch.rows])]),
    ),
  };
});

test("the loss rises along each parameter's gradient as much as that says", async () => {
  const { graph, trainable } = gradientGraph(plan, true);
  expect(trainable.map(({ name }) => name).toSorted()).toEqual([...shapes.keys()].toSorted());
  const none = trainable.map(({ name, shape }) => {
    const zeros = new Float32Array(tensors.get(name)!.length);
    return [gradientName(name), float32(zeros, shape)];
  });
  const found = await (await opened(graph))({ ...feeds, ...Object.fromEntries(none) });
  // Some rows are clipped, and some are not.
  for (const clipped of ["clip_fraction", "value_clip_fraction"]) {
    const share = (found[`metric.${clipped}`]!.data as Float32Array)[0]!;
    expect([share > 0.1, share < 0.9], clipped).toEqual([true, true]);
  }
  const run = await opened(lossGraph(plan, true));
  const lossAt = async (name: string, values: Float32Array): Promise<number> => {
    const outputs = await run({ ...feeds, [name]: float32(values, shapes.get(name)!) });
    return (outputs["loss"]!.data as Float32Array)[0]!;
  };
  for (const { name } of trainable) {
    const gradient = found[newName(gradientName(name))]!.data as Float32Array;
    const norm = Math.hypot(...gradient);
    const step = 4e-3 / norm;
    const at = (sign: number): Promise<number> =>
      lossAt(
        name,
        tensors.get(name)!.map((value, i) => value + (sign * step * gradient[i]!) / norm),
      );
    const slope = ((await at(1)) - (await at(-1))) / (2 * step);
    expect(Math.abs(slope / norm - 1), name).toBeLessThan(1e-3);
  }
});

test("a learner's loss and metrics are the same in one batch and in two, and its value head learns", async () => {
  const options = { loss: plan.loss, threads: 1 };
  const [one, two] = [Learner.open(directory, options), Learner.open(directory, options)];
  const parts = sequences.map((sequence, i): TrainingBatch => {
    const own = Object.entries(rows).map(([name, values]) => [name, values.slice(4 * i, 4 * i + 4)]);
    return { batch: makeBatch(config, [sequence]), rows: Object.fromEntries(own) as typeof rows };
  });
  const [whole, halves] = [await one.step([{ batch, rows }], 1e-3), await two.step(parts, 1e-3)];
  const numbers = ({ loss, gradientNorm, metrics }: typeof whole): number[] => [
    loss,
    gradientNorm,
    ...Object.values(metrics),
  ];
  expect(Object.keys(halves.metrics)).toEqual(Object.keys(whole.metrics));
  expect(Object.keys(whole.metrics)).toHaveLength(10);
  numbers(whole).forEach((value, i) => expect(numbers(halves)[i]).toBeCloseTo(value, 4));
  const state = await one.state();
  expect(state.get(VALUE_WEIGHT)!.values.every((value) => value !== 0)).toBe(true);
  await one.close();
  await two.close();
});
