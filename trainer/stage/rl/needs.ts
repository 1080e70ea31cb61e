/** @file What a run of reinforcement learning needs, worked out before it begins: memory, room on disks, and time. */
import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { TouchlineError } from "../../../env/error.ts";
import { sizeOf } from "../../../agent/graph/index.ts";
import { type ChatReader, type ModelConfig, parameterShapes } from "../../../agent/model/index.ts";
import { readStyle } from "../../../agent/protocol/index.ts";
import type { QuestionRow } from "../../data/index.ts";
import { batchLengths, type Learner } from "../../learner/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { estimateSeconds } from "./effort.ts";
import { longestPrompt, type PromptSize } from "./prompt.ts";
import { scoringBytes } from "./score.ts";

export interface Needs {
  /** Bytes of this process at most, by who takes them. */
  memory: {
    learner: number;
    /** The model that the run begins with, for the price of moving away from it. */
    reference: number;
    /** Weights of the actors, each of which opens its own. */
    actors: number;
    /** Keys and values of what the actors write at the same time, and what they work with. */
    writing: number;
    total: number;
  };
  /** Bytes of checkpoints, and of weights for the actors in the folder for temporary files. */
  diskBytes: { run: number; temporary: number };
  /** Of what is left of the run; an estimate. */
  seconds: number;
}

export interface Planned {
  recipe: RlRecipe;
  learner: Learner;
  reference: Learner | undefined;
  reader: ChatReader;
  rows: readonly QuestionRow[];
  stepsLeft: number;
  actors: number;
  threads: number;
}

/** Nothing is opened for it but small products of matrices, whose speed is measured: half a second. */
export async function needsOf(planned: Planned): Promise<Needs> {
  const { recipe, learner, reader, rows, stepsLeft, actors, threads } = planned;
  const { config } = learner;
  const prompt = await longestPrompt(recipe, reader, rows, readStyle(recipe.model));
  const samples = samplesOf(recipe, rows);
  const promptTokens = prompt.tokens;
  const patches = prompt.grids.reduce((sum, [time, rows, columns]) => sum + time * rows * columns, 0);
  const effort = { samples, promptTokens, patches, steps: stepsLeft };
  return {
    memory: memoryOf(planned, prompt),
    diskBytes: diskOf(recipe, learner),
    seconds: await estimateSeconds(recipe, config, effort, { actors, threads }),
  };
}

/** Answers and decisions of a rollout, at most. */
function samplesOf({ questions, episodes, ...recipe }: RlRecipe, rows: readonly QuestionRow[]): number {
  const { rolloutBatchSize, samplesPerPrompt } = recipe;
  const ofRows = Math.min(rolloutBatchSize, rows.length) * samplesPerPrompt;
  const asked = questions ? questions.prompts * questions.samples : 0;
  return ofRows + asked + (episodes ? episodes.episodes * episodes.maxTurns : 0);
}

function memoryOf({ recipe, learner, reference, actors }: Planned, prompt: PromptSize): Needs["memory"] {
  const { config } = learner;
  const { maxTokens, decodeBatchSize, tokensPerMicroBatch, batchSize } = recipe;
  const length = Math.min(prompt.tokens + maxTokens, config.text.contextLength);
  const batch = Math.max(1, Math.min(Math.floor(tokensPerMicroBatch / length), batchSize));
  const lengths = batchLengths(config.vision, {
    batch,
    length,
    rows: batch * Math.max(1, length - prompt.tokens),
    grids: Array.from({ length: batch }, () => prompt.grids).flat(),
  });
  const parts = {
    learner: learner.memory(lengths).total,
    reference: reference ? scoringBytes(reference, lengths) : 0,
    // Actors work on float32, whatever is stored.
    actors: actors * 4 * parametersOf(config),
    writing: actors * writingOf(config, decodeBatchSize, prompt.tokens, length),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** Keys and values are there twice while they move to where there is more room; prompts are read together. */
function writingOf({ text }: ModelConfig, rows: number, promptTokens: number, length: number): number {
  const { layers, keyValueHeads, headSize, intermediateSize, hiddenSize, vocabularySize } = text;
  const cache = 2 * rows * length * layers * 2 * keyValueHeads * headSize;
  const reading = rows * promptTokens * (3 * intermediateSize + 4 * hiddenSize);
  return 4 * (cache + reading + 2 * rows * vocabularySize);
}

/** One checkpoint more than are kept is there while the next is written. */
function diskOf(
  { keepCheckpoints, dtype, saveEvery, steps }: RlRecipe,
  learner: Learner,
): Needs["diskBytes"] {
  const { adapter, config } = learner;
  const whole = parametersOf(config);
  const adapted = [...(adapter?.values.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
  const learned = adapter ? adapted : whole;
  const kept = Math.min(keepCheckpoints, Math.ceil(steps / saveEvery)) + 1;
  const checkpoint = (dtype === "F32" ? 4 : 2) * whole + (adapter ? 4 * adapted : 0) + 2 * 4 * learned;
  return { run: kept * checkpoint, temporary: 2 * 4 * whole };
}

function parametersOf(config: ModelConfig): number {
  return [...parameterShapes(config).values()].reduce((sum, shape) => sum + sizeOf(shape), 0);
}

const DAY = 24 * 3600;
/** Nobody waits longer by mistake. */
const MOST_DAYS = 30;

/**
 * Refuses a run that cannot be done here. What a GPU has of memory of its own nobody can ask for: that is only told.
 * @throws TouchlineError `train/memory`, `train/disk`, `train/time`: what is needed, what is there, what to change.
 */
export function checkNeeds({ memory, diskBytes, seconds }: Needs, recipe: RlRecipe, directory: string): void {
  const anyway = "or give --anyway to try all the same.";
  // A limit of the container counts as the machine's.
  const free = process.availableMemory() + process.memoryUsage.rss();
  if (recipe.device === "cpu" && memory.total > free) {
    const parts = [
      [memory.learner, "to learn"],
      [memory.reference, "for the model that it begins with"],
      [memory.actors, "for the weights of the actors"],
      [memory.writing, "for what they write at the same time"],
    ] as const;
    const list = parts.flatMap(([bytes, what]) => (bytes > 0 ? `${size(bytes)} ${what}` : [])).join(", ");
    throw new TouchlineError(
      "train/memory",
      `The run needs about ${size(memory.total)} of memory: ${list}. There are ${size(free)}. ${advice(recipe, memory)}, ${anyway}`,
    );
  }
  for (const [folder, bytes] of [
    [directory, diskBytes.run],
    [tmpdir(), diskBytes.temporary],
  ] as const) {
    const { bavail, bsize } = statfsSync(folder);
    if (bytes <= bavail * bsize) continue;
    throw new TouchlineError(
      "train/disk",
      `The run needs about ${size(bytes)} in ${folder}, and ${size(bavail * bsize)} are free there. Make room, choose another folder (--out; TMPDIR for temporary files), lower keepCheckpoints, ${anyway}`,
    );
  }
  if (seconds > MOST_DAYS * DAY) {
    throw new TouchlineError(
      "train/time",
      `The run would take about ${Math.round(seconds / DAY)} days on this machine, by the speed that it multiplies matrices with; more than ${MOST_DAYS} are taken for a mistake. Lower steps, samplesPerPrompt or maxTokens, take a GPU ("device"), ${anyway}`,
    );
  }
}

/** What helps, what helps most first. */
function advice(recipe: RlRecipe, memory: Needs["memory"]): string {
  const { lora, recompute, decodeBatchSize, maxTokens, actors } = recipe;
  const ways = [
    !lora && 'learn an adapter ("lora")',
    !recompute && 'set "recompute"',
    memory.writing > memory.learner / 2 && `lower decodeBatchSize (${decodeBatchSize})`,
    actors !== 1 && "set actors to 1",
    memory.reference > 0 && "do without klCoefficient",
    `lower maxTokens (${maxTokens})`,
    "take a larger machine",
  ].filter((way) => way !== false);
  const text = ways.join(", ");
  return text[0]!.toUpperCase() + text.slice(1);
}

const size = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
