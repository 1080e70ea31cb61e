/** @file The stage of imitation: supervised fine-tuning on files, or on questions without end. */
import { z } from "zod";
import { styleSchema } from "../../../agent/protocol/index.ts";
import { newbornSchema } from "../../newborn/index.ts";
import { count, files, learning, mix, path, scenarios, sokoban, steps } from "./common.ts";

const evaluate = z.strictObject({
  /** Files like those of `data`, of which nothing is learned. */
  data: files,
  /** Steps from one evaluation to the next; the last step has one besides. */
  every: count(1, steps).default(100),
});

/** Questions without end, instead of files. */
const generated = z.strictObject({
  /** Kinds and how often each comes, against the others; `play` is a decision of the built-in player. */
  mix,
  /** Share of those about the pitch that are asked in words instead of a picture. */
  inWords: z.number().min(0).max(1).default(0),
  /** Share of decisions that are drawn by chance instead of the built-in player's. */
  noise: z.number().min(0).max(1).default(0),
  /** Where moments come from: scenarios or suites. */
  scenarios,
  sokoban: z.exactOptional(sokoban),
});

export const sft = z.strictObject({
  /** A model folder. Paths are relative to the recipe's file. */
  model: z.exactOptional(path),
  /** Instead of one: what a new model is like. */
  newborn: z.exactOptional(newbornSchema),
  /** How it plays, which is written into a new model's folder. */
  play: z.exactOptional(styleSchema),
  stage: z.literal("sft"),
  /** JSONL files of `{"messages", "images"}`. */
  data: z.exactOptional(files),
  questions: z.exactOptional(generated),
  /** Of the assistant's turns, only the last or each. */
  learn: z.enum(["last", "all"]).default("last"),
  /** How often everything is seen, or how many steps are done; one of them. */
  epochs: z.exactOptional(count(1, "passes over the data")),
  steps: z.exactOptional(count(1, steps)),
  /** Examples of one step of the optimiser. */
  batchSize: count(1, "examples of a step").default(8),
  /** Longer examples are left out; without it those that the model cannot read. */
  maxTokens: z.exactOptional(count(2, "tokens")),
  evaluate: z.exactOptional(evaluate),
  ...learning,
});

export type SftRecipe = z.infer<typeof sft>;
