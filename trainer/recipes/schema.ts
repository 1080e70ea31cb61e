/**
 * @file The shape of a recipe, as a zod schema. What one value says about another is in read.ts. An `error` here is the
 * phrase after "expected" in the sentence that the reader gets.
 */
import { z } from "zod";
import { DEVICES } from "../../agent/graph/index.ts";
import { ADAMW_DEFAULTS } from "../optimiser/index.ts";

function above(low: number, what: string) {
  const error = `${what}, a number above ${low}`;
  return z.number({ error }).gt(low, { error });
}

function from(low: number, what: string) {
  const error = `${what}, a number from ${low}`;
  return z.number({ error }).min(low, { error });
}

function share(what: string) {
  const error = `${what}, a number from 0 and below 1`;
  return z.number({ error }).min(0, { error }).lt(1, { error });
}

function count(low: number, what: string, high = Number.MAX_SAFE_INTEGER) {
  const range = high === Number.MAX_SAFE_INTEGER ? `from ${low}` : `from ${low} to ${high}`;
  const error = `${what}, an integer ${range}`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

const path = z.string({ error: "a path" }).min(1, { error: "a path that is not empty" });
const name = z.string({ error: "a name" }).min(1, { error: "a name that is not empty" });
const files = z.array(path, { error: "a list of files" }).min(1, { error: "at least one file" });
const modules = z.array(name, { error: "a list of modules or beginnings of parameters' names" });
const steps = "steps of the optimiser";

const schedule = z
  .strictObject({
    decay: z.enum(["constant", "cosine"]).default("cosine"),
    /** Steps over which the rate rises from 0, or the share of all steps; one of them. */
    warmupSteps: z.exactOptional(count(0, steps)),
    warmupShare: z.exactOptional(share("a share of the steps")),
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

const lora = z.strictObject({
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

const evaluate = z.strictObject({
  /** Files like those of `data`, of which nothing is learned. */
  data: files,
  /** Steps from one evaluation to the next; the last step has one besides. */
  every: count(1, steps).default(100),
});

const sft = z.strictObject({
  /** A model folder. Paths are relative to the recipe's file. */
  model: path,
  stage: z.literal("sft"),
  /** JSONL files of `{"messages", "images"}`. */
  data: files,
  /** Of the assistant's turns, only the last or each. */
  learn: z.enum(["last", "all"]).default("last"),
  /** How often everything is seen, or how many steps are done; one of them. */
  epochs: z.exactOptional(count(1, "passes over the data")),
  steps: z.exactOptional(count(1, steps)),
  /** Examples of one step of the optimiser. */
  batchSize: count(1, "examples of a step").default(8),
  /** Tokens that are worked on at once, padding included; more memory, fewer rounds. */
  tokensPerMicroBatch: count(1, "tokens").default(4096),
  /** Longer examples are left out; without it those that the model cannot read. */
  maxTokens: z.exactOptional(count(2, "tokens")),
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
  evaluate: z.exactOptional(evaluate),
  seed: count(0, "a seed", 0xffffffff).default(0),
  /** How checkpoints store weights; what the optimiser works on is float32 in any case. */
  dtype: z.enum(["F32", "F16", "BF16"]).default("F32"),
  device: z.enum(DEVICES).default("cpu"),
});

export const recipeSchema = sft;

export type SftRecipe = z.infer<typeof sft>;
/** What is trained, on what, how long. Its paths are absolute. */
export type Recipe = SftRecipe;
