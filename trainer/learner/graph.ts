/** @file The graphs of training: forward, loss, gradients and optimiser, as one or in parts. */
import { type Graph, GraphBuilder, type Value } from "../../agent/graph/index.ts";
import { add } from "../../agent/graph/ops/index.ts";
import {
  languageHead,
  type ModelConfig,
  type Parameters,
  parameterShapes,
  sequenceRows,
} from "../../agent/model/index.ts";
import { gradients, TRAINING } from "../autodiff/index.ts";
import { type Adapter, withAdapter } from "../lora/index.ts";
import { adamW, type AdamWOptions, type Parameter } from "../optimiser/index.ts";
import type { BuiltLoss, Loss, LossContext } from "./loss.ts";
import { probe, type Probes } from "./probe.ts";

/** What a training graph is made of. */
export interface TrainingPlan {
  config: ModelConfig;
  loss: Loss;
  /** Names of the model's parameters that are trained. */
  trained: ReadonlySet<string>;
  /** Where the others come from. */
  frozen: (g: GraphBuilder) => Parameters;
  /** Linear layers with an adapter beside them, whose matrices are trained. */
  adapted?: Adapter["layers"];
  /** Tokens whose part of a frozen head is made float32 together (all). */
  headPieceSize?: number;
  /** Work layers out a second time on the way back instead of keeping what lies between. */
  recompute: boolean;
  optimiser: AdamWOptions;
  /** Of the files that hold what is frozen. */
  directory: string;
}

export interface Trainable {
  name: string;
  shape: readonly number[];
}

/** Names of a parameter's tensors in graphs, and in the files of a checkpoint. */
export const meanName = (name: string): string => `mean.${name}`;
export const squareName = (name: string): string => `square.${name}`;
export const gradientName = (name: string): string => `gradient.${name}`;
/** The output that takes the place of an input. */
export const newName = (name: string): string => `new.${name}`;

export const LOSS = "loss";
export const NORM = "gradient_norm";
export const metricName = (name: string): string => `metric.${name}`;

export interface TrainingGraph {
  graph: Graph;
  /** What the loss depends on, of what is trained; everything else stays as it is. */
  trainable: Trainable[];
  /** Scopes of layers, first to last. */
  layers: string[];
}

interface Forward<T = BuiltLoss> {
  built: T;
  g: GraphBuilder;
  inputs: Map<string, Value>;
  layers: string[];
}

/** What is made of the network's last layer. */
type Build<T> = (context: LossContext) => T;

function forward<T = BuiltLoss>(
  name: string,
  plan: TrainingPlan,
  pictures: boolean,
  build: Build<T> = plan.loss as unknown as Build<T>,
): Forward<T> {
  const { config, trained, frozen, adapted = new Map() } = plan;
  const g = new GraphBuilder(name);
  const shapes = parameterShapes(config);
  const inputs = new Map<string, Value>();
  const parameter = (own: string, shape: readonly number[]): Value => {
    const value = inputs.get(own) ?? g.input(own, "float32", shape);
    inputs.set(own, value);
    return value;
  };
  const others = frozen(g);
  const stored: Parameters = (own, pick) => {
    if (!trained.has(own)) return others(own, pick);
    const value = parameter(own, shapes.get(own)!);
    return pick ? pick(value) : value;
  };
  const parameters = withAdapter(stored, adapted, parameter);
  const hidden = sequenceRows(g, config, parameters, { pictures, ways: TRAINING });
  const given = (own: string, shape: readonly ("rows" | number)[]): Value =>
    g.once(`given ${own}`, () => g.input(own, "float32", shape));
  let logits: Value | undefined;
  const built = build({
    g,
    hidden,
    logits: () => (logits ??= languageHead(g, config.text, parameters, hidden, plan.headPieceSize)),
    labels: g.input("labels", "int64", ["rows"]),
    perRow: (own) => given(own, ["rows"]),
    scalar: (own) => given(own, []),
    parameter,
  });
  const layers = [
    ...(pictures ? scopes("blocks", config.vision.depth) : []),
    ...scopes("layers", config.text.layers),
  ];
  return { built, g, inputs, layers };
}

function lossOf(name: string, plan: TrainingPlan, pictures: boolean): Forward {
  const made = forward(name, plan, pictures);
  const { g, built } = made;
  g.output(LOSS, built.loss);
  for (const [own, value] of Object.entries(built.metrics ?? {})) g.output(metricName(own), value);
  return made;
}

/** Scopes of layers, as the network names them. */
function scopes(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, layer) => `${stem}.${layer}/`);
}

function backward(plan: TrainingPlan, { g, built, inputs, layers }: Forward) {
  const names = [...inputs.keys()];
  const found = gradients(g, built.loss, [...inputs.values()], { recompute: plan.recompute ? layers : [] });
  return names.flatMap((name, i) => {
    const gradient = found[i];
    return gradient ? [{ name, value: inputs.get(name)!, gradient }] : [];
  });
}

/** Forward, loss, gradients, clipping and optimiser in one. */
export function stepGraph(plan: TrainingPlan, pictures: boolean): TrainingGraph {
  const made = lossOf("training_step", plan, pictures);
  const reached = backward(plan, made);
  update(made.g, plan, reached, made.built.loss);
  return { graph: made.g.build(), trainable: reached.map(shapeOf), layers: made.layers };
}

/** Gradients of one batch, added to those of the batches before. */
export function gradientGraph(plan: TrainingPlan, pictures: boolean): TrainingGraph {
  const made = lossOf("training_gradient", plan, pictures);
  const { g, layers } = made;
  const reached = backward(plan, made);
  for (const { name, value, gradient } of reached) {
    const before = g.input(gradientName(name), "float32", value.shape);
    g.output(newName(gradientName(name)), add(g, before, gradient));
  }
  return { graph: g.build(), trainable: reached.map(shapeOf), layers };
}

/** Clipping and optimiser for gradients that were added up before. */
export function updateGraph(plan: TrainingPlan, trainable: readonly Trainable[]): Graph {
  const g = new GraphBuilder("training_update");
  const parameters = trainable.map(({ name, shape }) => ({
    name,
    value: g.input(name, "float32", shape),
    gradient: g.input(gradientName(name), "float32", shape),
  }));
  update(g, plan, parameters);
  return g.build();
}

/** The loss and its metrics alone. */
export function lossGraph(plan: TrainingPlan, pictures: boolean): Graph {
  return evaluationGraph(plan, pictures).graph;
}

/** The same, with what is trained. */
export function evaluationGraph(plan: TrainingPlan, pictures: boolean): TrainingGraph {
  return unlearned(lossOf("training_loss", plan, pictures));
}

/** What `build` makes of a batch, row by row, as outputs of their names; nothing is learned. */
export function rowsGraph(
  plan: TrainingPlan,
  pictures: boolean,
  build: Build<Readonly<Record<string, Value>>>,
): TrainingGraph {
  const made = forward("training_rows", plan, pictures, build);
  for (const [name, value] of Object.entries(made.built)) made.g.output(name, value);
  return unlearned(made);
}

function unlearned({ g, inputs, layers }: Forward<unknown>): TrainingGraph {
  const trainable = [...inputs].map(([name, value]) => shapeOf({ name, value }));
  return { graph: g.build(), trainable, layers };
}

/** The graph of a step with a look at every layer and gradient instead of an optimiser: outputs `probe.I`. */
export function probeGraph(plan: TrainingPlan, pictures: boolean): TrainingGraph & { places: string[] } {
  const made = lossOf("training_probe", plan, pictures);
  const { g, layers } = made;
  const { loss } = made.built;
  const ends = layers.map((scope): readonly [string, Value] => {
    const last = g.nodes.findLast(({ name }) => name.startsWith(scope))!;
    return [`in ${scope.slice(0, -1)}, on the way forward`, last.outputs[0]!];
  });
  const reached = backward(plan, made);
  const gradientsBack = reached
    .toReversed()
    .map(({ name, gradient }) => [`in the gradient of ${name}`, gradient] as const);
  const probes: Probes = [...ends, ["in the loss", loss], ...gradientsBack];
  probes.forEach(([, value], i) => g.output(`probe.${i}`, probe(g, value)));
  return {
    graph: g.build(),
    trainable: reached.map(shapeOf),
    layers,
    places: probes.map(([place]) => place),
  };
}

function update(
  g: GraphBuilder,
  { optimiser }: TrainingPlan,
  reached: readonly { name: string; value: Value; gradient: Value }[],
  loss?: Value,
): void {
  const parameters = reached.map(({ name, value, gradient }): Parameter => ({
    value,
    gradient,
    mean: g.input(meanName(name), "float32", value.shape),
    square: g.input(squareName(name), "float32", value.shape),
    // Norms and biases do not decay, as usual.
    decays: value.shape.length > 1,
  }));
  const scalar = (name: string): Value => g.input(name, "float32", []);
  const inputs = {
    learningRate: scalar("learningRate"),
    correction1: scalar("correction1"),
    correction2: scalar("correction2"),
  };
  const { updated, norm } = adamW(g, parameters, inputs, optimiser, loss);
  g.output(NORM, norm);
  reached.forEach(({ name }, i) => {
    g.output(newName(name), updated[i]!.value);
    g.output(newName(meanName(name)), updated[i]!.mean);
    g.output(newName(squareName(name)), updated[i]!.square);
  });
}

function shapeOf({ name, value }: { name: string; value: Value }): Trainable {
  return { name, shape: value.shape as readonly number[] };
}
