/** @file A run in a thread of its own: onnxruntime blocks its thread, and whoever started the run wants to be heard. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { TouchlineError } from "../../../env/error.ts";
import type { Recipe } from "../../recipes/index.ts";
import type { TrainingEvent, TrainingSummary } from "../event.ts";
import { holdFolder } from "../hold.ts";
import type { Message, ThreadPlan } from "./messages.ts";

export interface TrainOptions {
  /** Threads of one operator; 0: as many as there are cores. */
  threads?: number;
  /** Also where memory, disk or time do not suffice by what is known before. */
  anyway?: boolean;
  /** The address of a running page, which shows the episodes of evaluations. */
  watch?: string | undefined;
  onEvent?: (event: TrainingEvent) => void;
  /** When it aborts, the step that is under way is finished and saved. */
  signal?: AbortSignal;
}

/**
 * Trains as the recipe says, in the folder of a run that `makeRunFolder` made; goes on from its last checkpoint when it
 * has one.
 * @throws TouchlineError as `trainSft` and `trainRl`; `train/running` while another process trains there.
 */
export async function train(
  recipe: Recipe,
  directory: string,
  options: TrainOptions = {},
): Promise<TrainingSummary> {
  const held = await holdFolder(directory);
  try {
    return await inThread(recipe, directory, options);
  } finally {
    await held.close();
  }
}

async function inThread(
  recipe: Recipe,
  directory: string,
  { threads = 0, anyway = false, watch, onEvent, signal }: TrainOptions,
): Promise<TrainingSummary> {
  const stop = new SharedArrayBuffer(1);
  const stopNow = (): void => void Atomics.store(new Uint8Array(stop), 0, 1);
  if (signal?.aborted) stopNow();
  signal?.addEventListener("abort", stopNow, { once: true });
  const workerData: ThreadPlan = { recipe, directory, threads, anyway, watch, stop };
  const worker = new Worker(new URL("thread.js", import.meta.url), { workerData });
  let end: Exclude<Message, { kind: "event" }> | undefined;
  worker.on("message", (message: Message) => {
    if (message.kind === "event") onEvent?.(message.event);
    else end = message;
  });
  try {
    await once(worker, "exit");
  } finally {
    signal?.removeEventListener("abort", stopNow);
  }
  if (end?.kind === "done") return end.summary;
  const { code, message } = end?.error ?? { message: "The thread of the run has ended before its time." };
  throw code === undefined ? new Error(message) : new TouchlineError(code, message);
}
