/**
 * @file What all stages of a recipe have in common. An `error` here is the phrase after "expected" in the sentence that
 * the reader gets.
 */
import { z } from "zod";
import { roomSize } from "../../../env/sokoban/index.ts";
import { DEVICES } from "../../../agent/graph/index.ts";
import { ADAMW_DEFAULTS } from "../../optimiser/index.ts";
import { QUESTION_KINDS, type QuestionKind } from "../../question/index.ts";

export function above(low: number, what: string) {
  const error = `${what}, a number above ${low}`;
  return z.number({ error }).gt(low, { error });
}

export function from(low: number, what: string) {
  const error = `${what}, a number from ${low}`;
  return z.number({ error }).min(low, { error });
}

export function share(what: string) {
  const error = `${what}, a number from 0 and below 1`;
  return z.number({ error }).min(0, { error }).lt(1, { error });
}

export function count(low: number, what: string, high = Number.MAX_SAFE_INTEGER) {
  const range = high === Number.MAX_SAFE_INTEGER ? `from ${low}` : `from ${low} to ${high}`;
  const error = `${what}, an integer ${range}`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

export const path = z.string({ error: "a path" }).min(1, { error: "a path that is not empty" });
export const name = z.string({ error: "a name" }).min(1, { error: "a name that is not empty" });
export const files = z.array(path, { error: "a list of files" }).min(1, { error: "at least one file" });
export const modules = z.array(name, { error: "a list of modules or beginnings of parameters' names" });
export const steps = "steps of the optimiser";

const schedule = z
  .strictObject({
    decay: z.enum(["constant", "cosine"]).default("cosine"),
    /** Steps over which the rate rises from 0, or the share of all steps; one of them. */
    warmupSteps: z.exactOptional(count(0, steps)),
    warmupShare: z.exactOptional(share("a share of the steps")),
    /** The step at which the cosine ends; without it the last one. */
    decaySteps: z.exactOptional(count(1, steps)),
    /** Where the cosine ends. */
    minimumRate: from(0, "a learning rate").default(0),
  })
  .prefault({});

const optimiser = z
  .strictObject({
    beta1: share("how much of the mean is kept in a step").default(ADAMW_DEFAULTS.beta1),
    beta2: share("how much of the square is kept in a step").default(ADAMW_DEFAULTS.beta2),
    epsilon: above(0, "what is added to the root of the square").default(ADAMW_DEFAULTS.epsilon),
    weightDecay: from(0, "a decay").default(ADAMW_DEFAULTS.weightDecay),
    /** The largest global norm of a gradient. */
    maxNorm: above(0, "a norm").default(ADAMW_DEFAULTS.maxNorm),
  })
  .prefault({});

export const lora = z.strictObject({
  rank: count(1, "rows of the narrow matrix"),
  alpha: above(0, "the scale times the rank"),
  /** Ends of names of linear layers, as peft takes them. */
  targets: z
    .union([z.literal("all-linear"), z.array(name).min(1)], { error: 'names of layers, or "all-linear"' })
    .default("all-linear"),
  /** Also layers of the vision tower. */
  vision: z.boolean().default(false),
  rankStabilised: z.boolean().default(false),
  /** How many bits the frozen weights keep; WebGPU has no bfloat16. */
  base: z.enum(["stored", "float16", "int4"]).default("stored"),
});

/** What every stage has. */
export const learning = {
  /** Tokens that are worked on at once, padding included; more memory, fewer rounds. */
  tokensPerMicroBatch: count(1, "tokens").default(4096),
  learningRate: above(0, "the highest rate"),
  schedule,
  optimiser,
  /** Modules, or beginnings of parameters' names. */
  train: z.exactOptional(modules),
  freeze: z.exactOptional(modules),
  /** An adapter beside frozen weights, instead of train and freeze. */
  lora: z.exactOptional(lora),
  /** Works layers out twice, to need less memory. */
  recompute: z.boolean().default(false),
  /** Steps from one checkpoint to the next; the last step has one besides. */
  saveEvery: count(1, steps).default(100),
  /** Older checkpoints are deleted. */
  keepCheckpoints: count(1, "checkpoints").default(3),
  seed: count(0, "a seed", 0xffffffff).default(0),
  /** How checkpoints store weights; what the optimiser works on is float32 in any case. */
  dtype: z.enum(["F32", "F16", "BF16"]).default("F32"),
  device: z.enum(DEVICES).default("cpu"),
};

export const scenarios = z
  .array(name, { error: "a list of scenarios" })
  .min(1, { error: "at least one scenario" })
  .default(["academy"]);

/** How Sokoban is asked, docs/SOKOBAN.md. */
export const sokoban = z.strictObject({
  sizes: z
    .array(z.string().refine(isRoomSize), { error: "sizes of rooms, such as small-v0 or 7x7x1" })
    .min(1, { error: "at least one size" })
    .exactOptional(),
  /** Whether longer answers and thoughts are worth more, as in LMM-R1's code. */
  lengthBonuses: z.exactOptional(z.boolean()),
  /** What each move more than a shortest plan has costs. */
  extraMoveCost: z.exactOptional(from(0, "a cost")),
});

function isRoomSize(text: string): boolean {
  try {
    return roomSize(text).boxes > 0;
  } catch {
    return false;
  }
}

const KINDS = Object.keys(QUESTION_KINDS) as QuestionKind[];

export const mix = z
  .partialRecord(z.enum(KINDS), from(0, "a weight"), {
    error: `kinds of questions (${KINDS.join(", ")}) and their weights`,
  })
  .refine(hasWeight, { error: "at least one kind with a weight above 0" });

/** Whether anything is ever drawn by these weights. */
export function hasWeight(weights: Readonly<Record<string, number>>): boolean {
  return Object.values(weights).some((weight) => weight > 0);
}
