/** @file What every stage learns with: the learner of a run, new or from its last checkpoint, and its learning rates. */
import type { z } from "zod";
import { checkShape } from "../../agent/model/index.ts";
import { Learner, type LearnerOptions, type Loss, resumeCheckpoint } from "../learner/index.ts";
import { learningRateAt } from "../optimiser/index.ts";
import type { Recipe } from "../recipes/index.ts";
import { lastCheckpoint } from "./run-folder.ts";

export interface Opening<Extra> {
  /** The folder that a new run begins with. */
  model: string;
  /** Of the run. */
  directory: string;
  threads: number;
  loss: Loss;
  /** Of what checkpoints of the stage say beside the learner's own state. */
  extra: z.ZodType<Extra>;
}

/** `extra` is undefined for a run that begins. Throws as `Learner.open` and `resumeCheckpoint`. */
export function openLearner<Extra>(
  { train, freeze, lora, seed, optimiser, device, recompute }: Recipe,
  { model, directory, threads, loss, extra: schema }: Opening<Extra>,
): { learner: Learner; extra: Extra | undefined } {
  const options: LearnerOptions = {
    loss,
    optimiser,
    device,
    threads,
    recompute,
    ...(train && { train }),
    ...(freeze && { freeze }),
    ...(lora && { lora, base: lora.base, seed }),
  };
  const path = lastCheckpoint(directory);
  if (path === undefined) return { learner: Learner.open(model, options), extra: undefined };
  const { learner, extra } = resumeCheckpoint(path, options);
  return { learner, extra: checkShape(schema, extra, path, ["extra"], "trainer/checkpoint") };
}

/** The learning rate of each step, from 1, of `steps`. A cosine that ends in 0 does so after the last one, which learns, too. */
export function ratesOf(
  { learningRate, schedule }: Pick<Recipe, "learningRate" | "schedule">,
  steps: number,
): (step: number) => number {
  const { warmupShare = 0, warmupSteps = Math.round(warmupShare * steps) } = schedule;
  const { decaySteps = schedule.minimumRate === 0 ? steps + 1 : steps } = schedule;
  return (step) => learningRateAt({ ...schedule, learningRate, warmupSteps, decaySteps }, step);
}
