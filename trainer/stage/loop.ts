/** @file The steps of a run, whatever it learns: what is told of each, checkpoints, and how it ends. */
import { setImmediate } from "node:timers/promises";
import { TouchlineError } from "../../env/error.ts";
import { type Learner, saveCheckpoint } from "../learner/index.ts";
import { type Metrics, RunLog } from "../log/index.ts";
import type { Recipe } from "../recipes/index.ts";
import type { Watcher } from "./event.ts";
import { checkpointFolder, checkpointSteps, pruneCheckpoints } from "./run-folder.ts";

/** The code of an error that ends a run in which nothing is left to learn from. */
export const COLLAPSED = "train/collapsed";

export interface StepReport {
  loss: number;
  /** Without padding. */
  tokens: number;
  metrics: Metrics;
}

export interface Loop {
  directory: string;
  recipe: Pick<Recipe, "saveEvery" | "keepCheckpoints" | "dtype">;
  watcher: Watcher;
  learner: Learner;
  /** Of the whole run, with those that are done. */
  steps: number;
  /** Those that are done; without it the learner's own, which a step may do several of. */
  stepsDone?: () => number;
  /** Does the next step; the state of `extra` changes only when it succeeds. */
  step: () => Promise<StepReport>;
  /** What is measured after a step, of which nothing is learned. */
  evaluate: (step: number) => Promise<Metrics>;
  /** What checkpoints say beside the learner's own state. */
  extra: () => unknown;
}

export interface LoopEnd {
  interrupted: boolean;
  /** Of the last step. */
  loss: number | null;
}

/**
 * Goes on until all steps are done, or the watcher stops it; then the last step is saved.
 * @throws TouchlineError what a step throws, after everything before it has been saved; `train/write`.
 */
export async function runLoop(loop: Loop): Promise<LoopEnd> {
  const { directory, watcher, steps, recipe } = loop;
  const log = new RunLog(directory, doneBy(loop));
  let interrupted = false;
  let loss: number | null = null;
  try {
    while (doneBy(loop) < steps && !interrupted) {
      const began = performance.now();
      const report = await untilSaved(loop, log, loop.step);
      const seconds = (performance.now() - began) / 1000;
      const step = doneBy(loop);
      loss = report.loss;
      const metrics = {
        ...report.metrics,
        "charts/SPS": 1 / seconds,
        "charts/tokens_per_second": report.tokens / seconds,
      };
      const evaluated = await untilSaved(loop, log, async () => {
        try {
          return await loop.evaluate(step);
        } catch (error) {
          // The step is done all the same.
          log.write(step, metrics);
          throw error;
        }
      });
      log.write(step, { ...metrics, ...evaluated });
      watcher.onEvent({ kind: "step", step, steps, loss, tokens: report.tokens, seconds });
      if (step % recipe.saveEvery === 0) await save(loop, log);
      // A turn of the event loop, in which whoever is in this thread can ask to stop.
      await setImmediate();
      interrupted = step < steps && watcher.isStopped();
    }
    await save(loop, log);
    pruneCheckpoints(directory, recipe.keepCheckpoints);
  } finally {
    log.close();
  }
  return { interrupted, loss };
}

function doneBy({ stepsDone, learner }: Loop): number {
  return stepsDone?.() ?? learner.stepsDone;
}

/** What fails takes nothing away from the steps before it. */
async function untilSaved<T>(loop: Loop, log: RunLog, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // After a run that broke off, parameters may be new in part.
    const isWhole = error instanceof TouchlineError && !error.code.startsWith("graph/");
    // Nor is a policy that has collapsed worth more than what was saved before.
    const isGood = isWhole && error.code !== COLLAPSED;
    if (isGood && doneBy(loop) > 0) await save(loop, log);
    throw error;
  }
}

async function save(loop: Loop, log: RunLog): Promise<void> {
  const { directory, recipe, watcher, learner, extra } = loop;
  const step = doneBy(loop);
  if (step === 0 || checkpointSteps(directory).includes(step)) return;
  log.sync();
  const path = checkpointFolder(directory, step);
  await saveCheckpoint(learner, path, { dtype: recipe.dtype, extra: extra() });
  watcher.onEvent({ kind: "saved", step, directory: path });
  // What was opened is read from until the end: weights that are not trained.
  pruneCheckpoints(directory, recipe.keepCheckpoints, learner.weights.directory);
}
