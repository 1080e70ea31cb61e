/** @file The thread of an actor: a job in, what came of it out. */
import { parentPort, workerData } from "node:worker_threads";
import { TouchlineError } from "../../env/error.ts";
import { Actor, type Job, type Policy } from "./actor.ts";

if (parentPort === null) throw new Error("trainer/experience/worker.ts runs only as a worker thread");
const port = parentPort;
const actor = new Actor(workerData);

port.on("message", async ({ policy, job }: { policy: Policy; job: Job }) => {
  try {
    port.postMessage({ acted: await actor.act(policy, job) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ error: { message, ...(error instanceof TouchlineError && { code: error.code }) } });
  }
});
