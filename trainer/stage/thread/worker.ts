/** @file The thread of a run. */
import { parentPort, workerData } from "node:worker_threads";
import { TouchlineError } from "../../../env/error.ts";
import { trainRl } from "../rl/index.ts";
import { trainSft } from "../sft.ts";
import type { Message, ThreadPlan } from "./messages.ts";

if (parentPort === null) throw new Error("trainer/stage/thread/worker.ts runs only as a worker thread");
const port = parentPort;
const { recipe, directory, threads, anyway, watch, stop }: ThreadPlan = workerData;
const flag = new Uint8Array(stop);

try {
  const watcher = {
    onEvent: (event: (Message & { kind: "event" })["event"]): void => send({ kind: "event", event }),
    isStopped: (): boolean => Atomics.load(flag, 0) === 1,
  };
  const summary =
    recipe.stage === "sft"
      ? await trainSft(recipe, directory, watcher, { threads })
      : await trainRl(recipe, directory, watcher, { threads, anyway, watch });
  send({ kind: "done", summary });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: "error", error: { message, ...(error instanceof TouchlineError && { code: error.code }) } });
}

function send(message: Message): void {
  port.postMessage(message);
}
