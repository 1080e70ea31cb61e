/** @file A model that learns: it owns the parameters, what the optimiser remembers, and the sessions that change them. */
import { TouchlineError } from "../../env/error.ts";
import {
  type Device,
  type Feeds,
  float32,
  type Session,
  sizeOf,
  type Value,
} from "../../agent/graph/index.ts";
import {
  checkWeights,
  type ModelConfig,
  openWeights,
  readConfig,
  readTensor,
  type Weights,
} from "../../agent/model/index.ts";
import { ADAMW_DEFAULTS, type AdamWOptions, stepScalars } from "../optimiser/index.ts";
import { type Base, type BaseType, openBase } from "./base.ts";
import type { Batch } from "./batch.ts";
import { firstNotFinite } from "./diagnose.ts";
import {
  evaluationGraph,
  gradientGraph,
  gradientName,
  LOSS,
  meanName,
  metricName,
  NORM,
  rowsGraph,
  squareName,
  stepGraph,
  type Trainable,
  type TrainingGraph,
  type TrainingPlan,
  updateGraph,
} from "./graph.ts";
import { type Adapter, type LoraOptions, makeAdapter } from "../lora/index.ts";
import type { Loss, LossContext } from "./loss.ts";
import { type Lengths, type MemoryPlan, planMemory } from "./memory.ts";
import { steady, UNSTEADY_OPTIMISATIONS } from "./steady.ts";
import { StateTensors } from "./tensors.ts";
import { type Trained, trainedNames } from "./trained.ts";

export interface LearnerOptions extends Trained {
  /** Train an adapter beside frozen weights, instead of `train` without `freeze`. */
  lora?: LoraOptions;
  /** How many bits frozen weights keep while an adapter learns ("stored": as they are). */
  base?: BaseType;
  /** What a new adapter is drawn from (0). */
  seed?: number;
  loss: Loss;
  optimiser?: Partial<AdamWOptions>;
  device?: Device;
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /** Work layers out a second time on the way back: a third more time, a fraction of the memory. */
  recompute?: boolean;
}

/** A batch with what its loss wants to know. */
export interface TrainingBatch {
  batch: Batch;
  /** Numbers for each row, by the names that the loss asks for. */
  rows: Readonly<Record<string, Float32Array>>;
  scalars?: Readonly<Record<string, number>>;
}

export interface StepResult {
  loss: number;
  /** The global norm before clipping. */
  gradientNorm: number;
  metrics: Record<string, number>;
}

/** Tokens whose part of a frozen head is made float32 together. */
const HEAD_PIECE = 8192;

interface Opened {
  session: Session;
  trainable: readonly Trainable[];
}

export class Learner {
  readonly config: ModelConfig;
  /** The folder that was opened: everything that is not trained is there. */
  readonly weights: Weights;
  readonly optimiser: AdamWOptions;
  readonly lora: LoraOptions | undefined;
  /** With the values that it began with. */
  readonly adapter: Adapter | undefined;
  /** Optimiser steps that have been done, in this process and before. */
  stepsDone = 0;
  readonly #plan: TrainingPlan;
  readonly #base: Base;
  readonly #options: LearnerOptions;
  readonly #tensors: StateTensors;
  readonly #sessions = new Map<string, Promise<Opened>>();
  readonly #running: Session[] = [];
  readonly #trainable = new Map<string, readonly number[]>();

  /**
   * Opens a model folder to train it.
   * @throws TouchlineError `model/...` for what is wrong with the folder, `trainer/modules`.
   */
  static open(directory: string, options: LearnerOptions): Learner {
    const config = readConfig(directory);
    const weights = openWeights(directory);
    checkWeights(config, weights);
    return new Learner(config, weights, options);
  }

  private constructor(config: ModelConfig, weights: Weights, options: LearnerOptions) {
    this.config = config;
    this.weights = weights;
    this.optimiser = { ...ADAMW_DEFAULTS, ...options.optimiser };
    this.#options = options;
    const { lora, seed = 0 } = options;
    this.lora = lora;
    this.adapter = lora && makeAdapter(config, lora, seed);
    const { device = "cpu", base = "stored" } = options;
    this.#base = openBase(config, weights, { type: base, device, adapts: lora !== undefined });
    this.#plan = {
      config,
      loss: options.loss,
      trained: new Set(lora ? [] : trainedNames(config, options)),
      ...(this.adapter && { adapted: this.adapter.layers }),
      ...(this.#base.widensLate && { headPieceSize: HEAD_PIECE }),
      frozen: this.#base.frozen,
      recompute: options.recompute ?? false,
      optimiser: this.optimiser,
      directory: this.#base.directory,
    };
    this.#tensors = new StateTensors(options.device ?? "cpu");
  }

  /** What onnxruntime has taken, in all sessions. */
  get seconds(): number {
    return this.#running.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** What a step on such a batch will take of this process's memory; nothing is opened for it. */
  memory(lengths: Lengths): MemoryPlan {
    const { graph, trainable } = stepGraph(this.#plan, (lengths["patches"] ?? 0) > 0);
    const changing = trainable.reduce((sum, { shape }) => sum + 3 * 4 * sizeOf(shape), 0);
    return planMemory(graph, lengths, {
      changing,
      process: process.memoryUsage.rss(),
      folded: !this.#base.widensLate,
    });
  }

  /** The same for what `rows` does with such a batch. */
  rowsMemory(build: (context: LossContext) => Readonly<Record<string, Value>>, lengths: Lengths): MemoryPlan {
    const { graph } = rowsGraph(this.#plan, (lengths["patches"] ?? 0) > 0, build);
    const folded = !this.#base.widensLate;
    return planMemory(graph, lengths, { changing: 0, process: process.memoryUsage.rss(), folded });
  }

  /**
   * One step of the optimiser on the sum of the losses of some micro-batches.
   * @throws TouchlineError `trainer/not-finite` when loss or gradient are no finite numbers, with the layer where that
   * begins; nothing has changed then.
   */
  async step(batches: readonly TrainingBatch[], learningRate: number): Promise<StepResult> {
    const scalars = scalarFeeds(stepScalars(this.optimiser, this.stepsDone + 1, learningRate));
    const outputs =
      batches.length === 1
        ? [await this.#whole(batches[0]!, scalars)]
        : await this.#inParts(batches, scalars);
    const [loss, gradientNorm] = [total(outputs, LOSS), total(outputs, NORM)];
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw await this.#notFinite(batches, loss);
    }
    this.stepsDone++;
    return { loss, gradientNorm, metrics: metricsOf(outputs) };
  }

  /** The sums of loss and metrics over batches of which nothing is learned. */
  async evaluate(batches: readonly TrainingBatch[]): Promise<Pick<StepResult, "loss" | "metrics">> {
    const outputs: Feeds[] = [];
    for (const one of batches) {
      const { session, trainable } = await this.#openFor(one.batch, evaluationGraph);
      const names = trainable.map(({ name }) => name);
      outputs.push(await this.#tensors.run(session, names, [], feedsOf(one)));
    }
    return { loss: total(outputs, LOSS), metrics: metricsOf(outputs) };
  }

  /**
   * What `build` makes of a batch, row by row, with the parameters as they are now: log-probabilities or values, before
   * they are learned from. `key` names what it builds, which is built once.
   */
  async rows<Name extends string>(
    key: string,
    build: (context: LossContext) => Readonly<Record<Name, Value>>,
    one: TrainingBatch,
  ): Promise<Record<Name, Float32Array>> {
    const { pictures, few } = one.batch;
    const { session, trainable } = await this.#open(
      `rows ${key} ${pictures} ${few}`,
      () => rowsGraph(this.#plan, pictures, build),
      few,
    );
    const names = trainable.map(({ name }) => name);
    const outputs = await this.#tensors.run(session, names, [], feedsOf(one));
    const entries = Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]);
    return Object.fromEntries(entries) as Record<Name, Float32Array>;
  }

  /** Everything that changes, by name: parameters with their means and squares, float32. */
  async state(): Promise<Map<string, { shape: readonly number[]; values: Float32Array }>> {
    const shapes = new Map(
      [...this.#trainable].flatMap(([name, shape]) => stateNames(name).map((own) => [own, shape] as const)),
    );
    const values = await this.#tensors.values([...shapes.keys()]);
    return new Map([...shapes].map(([name, shape]) => [name, { shape, values: values.get(name)! }]));
  }

  /** Puts back what `state` gave, in the order in which it was given. */
  restore(
    state: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>,
    stepsDone: number,
  ): void {
    for (const [name, { shape, values }] of state) {
      this.#tensors.set(name, shape, values);
      if (state.has(meanName(name))) this.#trainable.set(name, shape);
    }
    this.stepsDone = stepsDone;
  }

  async close(): Promise<void> {
    // First, for what lies on a device is its session's.
    this.#tensors.close();
    for (const opened of this.#sessions.values()) await (await opened).session.close();
    this.#sessions.clear();
    this.#base.close();
  }

  async #whole(one: TrainingBatch, scalars: Feeds): Promise<Feeds> {
    const { session, trainable } = await this.#openFor(one.batch, stepGraph);
    const names = trainable.flatMap(({ name }) => stateNames(name));
    return this.#tensors.run(session, names, names, { ...feedsOf(one), ...scalars });
  }

  async #inParts(batches: readonly TrainingBatch[], scalars: Feeds): Promise<Feeds[]> {
    const reached = new Map<string, Trainable>();
    const outputs: Feeds[] = [];
    for (const one of batches) {
      const { session, trainable } = await this.#openFor(one.batch, gradientGraph);
      for (const own of trainable) {
        if (!reached.has(own.name)) this.#tensors.set(gradientName(own.name), own.shape);
        reached.set(own.name, own);
      }
      const names = trainable.map(({ name }) => name);
      const gradients = names.map(gradientName);
      outputs.push(await this.#tensors.run(session, [...names, ...gradients], gradients, feedsOf(one)));
    }
    // `step` tells of it.
    if (!Number.isFinite(total(outputs, LOSS))) return outputs;
    const trainable = [...reached.values()];
    const { session } = await this.#open(`update ${[...reached.keys()].join()}`, () => ({
      graph: updateGraph(this.#plan, trainable),
      trainable,
    }));
    const names = trainable.flatMap(({ name }) => stateNames(name));
    const gradients = trainable.map(({ name }) => gradientName(name));
    outputs.push(await this.#tensors.run(session, [...names, ...gradients], names, scalars));
    return outputs;
  }

  /** The session of a kind of graph for batches such as this one. */
  #openFor({ pictures, few }: Batch, graph: typeof stepGraph): Promise<Opened> {
    return this.#open(`${graph.name} ${pictures} ${few}`, () => graph(this.#plan, pictures), few);
  }

  #open(key: string, build: () => Pick<TrainingGraph, "graph" | "trainable">, few = false): Promise<Opened> {
    let opened = this.#sessions.get(key);
    if (!opened) {
      const { graph, trainable } = build();
      for (const one of trainable) this.#add(one);
      const { threads = 0 } = this.#options;
      const without = few ? UNSTEADY_OPTIMISATIONS : [];
      const { directory, widensLate } = this.#base;
      const options = { directory, threads, lengthsVary: true, without, foldConstants: !widensLate };
      opened = this.#tensors.open(few ? steady(graph) : graph, options).then((session) => {
        this.#running.push(session);
        return { session, trainable };
      });
      this.#sessions.set(key, opened);
    }
    return opened;
  }

  /** Gives a parameter its values from the folder, and an optimiser that remembers nothing. */
  #add({ name, shape }: Trainable): void {
    if (this.#trainable.has(name)) return;
    this.#trainable.set(name, shape);
    const stored = this.weights.tensors.get(name);
    const values = stored ? readTensor(stored) : this.adapter?.values.get(name)?.slice();
    this.#tensors.set(name, shape, values);
    this.#tensors.set(meanName(name), shape);
    this.#tensors.set(squareName(name), shape);
  }

  async #notFinite(batches: readonly TrainingBatch[], loss: number): Promise<TouchlineError> {
    const what = Number.isFinite(loss) ? "The gradient" : "The loss";
    const place = await this.#firstNotFinite(batches);
    return new TouchlineError(
      "trainer/not-finite",
      `${what} of step ${this.stepsDone + 1} is not a finite number; it begins ${place}. ` +
        "Nothing has been changed by this step: go on from the last checkpoint with a lower learning rate, or look at the batch.",
    );
  }

  async #firstNotFinite(batches: readonly TrainingBatch[]): Promise<string> {
    for (const one of batches) {
      const run = async (session: Session, names: readonly string[]): Promise<Feeds> =>
        this.#tensors.run(session, names, [], feedsOf(one));
      const place = await firstNotFinite(this.#plan, one.batch.pictures, this.#tensors, run);
      if (place !== undefined) return place;
    }
    return "when the gradients are squared for their norm";
  }
}

const stateNames = (name: string): string[] => [name, meanName(name), squareName(name)];

function feedsOf({ batch, rows, scalars = {} }: TrainingBatch): Feeds {
  const perRow = Object.entries(rows).map(([name, values]) => {
    if (values.length !== batch.rows) {
      throw new TouchlineError(
        "trainer/batch",
        `"${name}" has ${values.length} numbers; expected one for each of the ${batch.rows} tokens that are learned.`,
      );
    }
    return [name, float32(values, [batch.rows])] as const;
  });
  return { ...batch.feeds, ...Object.fromEntries(perRow), ...scalarFeeds(scalars) };
}

function scalarFeeds(scalars: Readonly<Record<string, number>>): Feeds {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [name, float32(Float32Array.of(value), [])]),
  );
}

function metricsOf(outputs: readonly Feeds[]): Record<string, number> {
  const start = metricName("");
  const names = Object.keys(outputs[0] ?? {}).filter((name) => name.startsWith(start));
  return Object.fromEntries(names.map((name) => [name.slice(start.length), total(outputs, name)]));
}

function total(outputs: readonly Feeds[], name: string): number {
  return outputs.reduce(
    (sum, output) => sum + ((output[name]?.data as Float32Array | undefined)?.[0] ?? 0),
    0,
  );
}
