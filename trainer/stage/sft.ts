/**
 * @file Supervised fine-tuning: cross-entropy on the assistant's tokens, each of a step's tokens counting alike. A run is
 * a function of its recipe and data: interrupted anywhere and gone on with, it ends with the same bits.
 */
import { z } from "zod";
import { type ChatReader, openChatReader } from "../../agent/model/index.ts";
import { readStyle } from "../../agent/protocol/index.ts";
import { type Dataset, readDataset } from "../data/index.ts";
import { Learner, type Loss, makeBatch, type TrainingBatch } from "../learner/index.ts";
import { crossEntropy } from "../loss/index.ts";
import type { Metrics } from "../log/index.ts";
import type { SftRecipe } from "../recipes/index.ts";
import type { TrainingSummary, Watcher } from "./event.ts";
import { checkData, checkNamed } from "./check.ts";
import { runLoop, type StepReport } from "./loop.ts";
import { openLearner, ratesOf } from "./learning.ts";
import { datasetLessons, type Lesson, type Lessons, lessonsOf, questionLessons } from "./lessons.ts";
import { microBatches } from "./micro-batches.ts";
import { modelOf } from "./newborn.ts";
import { START } from "./order.ts";
import { lastCheckpoint, removeUnfinished } from "./run-folder.ts";

export interface SftOptions {
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
}

/** What a checkpoint says of the run, beside the learner's own state. */
const extraSchema = z.object({
  stage: z.literal("sft", '"sft"'),
  place: z.object({ epoch: z.int("an integer"), next: z.int("an integer") }, "a place in the data"),
  /** Read so far, without padding. */
  tokens: z.int("an integer"),
  /** Of the data. */
  fingerprint: z.string("a text"),
});
type Extra = z.infer<typeof extraSchema>;

const meanOverTokens: Loss = ({ g, logits, labels, perRow }) => ({
  loss: crossEntropy(g, logits(), labels, perRow("weights")),
});

/**
 * Trains as the recipe says, in the folder of a run that `makeRunFolder` made; goes on from its last checkpoint when it
 * has one.
 * @throws TouchlineError `data/...`, `model/...`, `scenario/...`, `trainer/...`, `train/data-changed`, `train/write`. Of a step that
 * failed nothing is kept, of those before everything.
 */
export async function trainSft(
  recipe: SftRecipe,
  directory: string,
  watcher: Watcher,
  { threads = 0 }: SftOptions = {},
): Promise<TrainingSummary> {
  checkNamed(recipe);
  removeUnfinished(directory);
  const model = await modelOf(recipe, directory);
  const { learner, extra } = openLearner(recipe, {
    model,
    directory,
    threads,
    loss: meanOverTokens,
    extra: extraSchema,
  });
  try {
    const reader = openChatReader(learner.weights.directory);
    const data = await readAll(recipe, model, reader, watcher);
    if (!watcher.isStopped()) checkData(directory, data.learned.fingerprint, extra?.fingerprint);
    try {
      return await learn({ recipe, directory, watcher, learner, reader, data, extra });
    } finally {
      data.learned.close();
    }
  } finally {
    await learner.close();
  }
}

interface Data {
  learned: Lessons;
  evaluated: readonly Lesson[] | undefined;
}

async function readAll(
  recipe: SftRecipe,
  model: string,
  reader: ChatReader,
  watcher: Watcher,
): Promise<Data> {
  const { data, questions, evaluate, learn: turns, maxTokens, batchSize, seed } = recipe;
  let before = 0;
  const read = async (files: readonly string[]): Promise<Dataset> => {
    const onLine = (lines: number): boolean => {
      watcher.onEvent({ kind: "reading", lines: before + lines });
      return !watcher.isStopped();
    };
    const found = await readDataset(files, reader, { turns, maxTokens, onLine });
    before += found.examples.length + found.leftOut;
    return found;
  };
  const style = readStyle(model);
  const learned = data
    ? datasetLessons(await read(data), reader, recipe)
    : await questionLessons(questions!, reader, { batchSize, seed, style });
  const evaluated = evaluate && lessonsOf(await read(evaluate.data), reader);
  return { learned, evaluated };
}

interface Run {
  recipe: SftRecipe;
  directory: string;
  watcher: Watcher;
  learner: Learner;
  reader: ChatReader;
  data: Data;
  /** What the checkpoint says that the run goes on from. */
  extra: Extra | undefined;
}

async function learn(run: Run): Promise<TrainingSummary> {
  const { recipe, directory, watcher, learner, reader } = run;
  const { learned } = run.data;
  const { examples, leftOut, fingerprint } = learned;
  let { place, tokens } = run.extra ?? { place: START, tokens: 0 };
  const steps = recipe.steps ?? learner.stepsDone + learned.stepsLeft(place, recipe.epochs ?? 0);
  const rateAt = ratesOf(recipe, steps);
  let evaluation: number | null = null;
  watcher.onEvent({
    kind: "data",
    examples,
    leftOut,
    steps,
    stepsDone: learner.stepsDone,
    memoryBytes: await memoryOf(learner, await learned.longest(), recipe, reader),
  });

  const step = async (): Promise<StepReport> => {
    const drawn = await learned.draw(place);
    const batches: TrainingBatch[] = [];
    for await (const batch of batchesOf(drawn.lessons, recipe, reader)) batches.push(batch);
    const rate = rateAt(learner.stepsDone + 1);
    const { loss, gradientNorm, metrics } = await learner.step(batches, rate);
    const read = sum(drawn.lessons.map(({ length }) => length));
    [place, tokens] = [drawn.place, tokens + read];
    return {
      loss,
      tokens: read,
      metrics: {
        "losses/loss": loss,
        "losses/gradient_norm": gradientNorm,
        ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`losses/${name}`, value])),
        "charts/learning_rate": rate,
        "charts/epoch": examples === 0 ? 0 : place.epoch + place.next / examples,
        "charts/tokens": tokens,
      },
    };
  };

  const evaluateAt = async (done: number): Promise<Metrics> => {
    const data = run.data.evaluated;
    if (!data || !recipe.evaluate) return {};
    if (done % recipe.evaluate.every !== 0 && done !== steps) return {};
    evaluation = await evaluate(learner, data, recipe, reader);
    watcher.onEvent({ kind: "evaluated", step: done, loss: evaluation });
    return { "eval/loss": evaluation };
  };

  const extra = (): Extra => ({ stage: "sft", place, tokens, fingerprint });
  const end = watcher.isStopped()
    ? { interrupted: true, loss: null }
    : await runLoop({ directory, recipe, watcher, learner, steps, step, evaluate: evaluateAt, extra });
  const { stepsDone } = learner;
  const checkpoint = lastCheckpoint(directory) ?? null;
  return {
    directory,
    checkpoint,
    ...end,
    stepsDone,
    steps,
    examples: examples === 0 ? place.next : examples,
    leftOut,
    tokens,
    evaluation,
  };
}

/** The lessons as micro-batches, in which every learned token has the same weight, 1 in all. */
async function* batchesOf(
  lessons: readonly Lesson[],
  { tokensPerMicroBatch }: SftRecipe,
  reader: ChatReader,
): AsyncGenerator<TrainingBatch> {
  const weight = 1 / sum(lessons.map(({ learned }) => learned));
  const lengths = lessons.map(({ length }) => length);
  for (const part of microBatches(lengths, tokensPerMicroBatch)) {
    const sequences = await Promise.all(part.map((place) => lessons[place]!.load()));
    const batch = makeBatch(reader.config, sequences);
    yield { batch, rows: { weights: new Float32Array(batch.rows).fill(weight) } };
  }
}

/** What the largest part of a step takes: of the longest examples, and of the longest with pictures. */
async function memoryOf(
  learner: Learner,
  longest: readonly (readonly Lesson[])[],
  recipe: SftRecipe,
  reader: ChatReader,
): Promise<number> {
  let most = 0;
  for (const some of longest) {
    if (some.length === 0) continue;
    for await (const { batch } of batchesOf(some, recipe, reader)) {
      most = Math.max(most, learner.memory(batch.lengths).total);
      break;
    }
  }
  return most;
}

/** The mean loss of a token. */
async function evaluate(
  learner: Learner,
  lessons: readonly Lesson[],
  recipe: SftRecipe,
  reader: ChatReader,
): Promise<number> {
  let loss = 0;
  // One at a time, for there may be many.
  for await (const batch of batchesOf(lessons, recipe, reader))
    loss += (await learner.evaluate([batch])).loss;
  return loss;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
