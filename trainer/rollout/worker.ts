/** @file A worker thread of a rollout: gets one seed at a time and answers with its outcome. */
import { parentPort, workerData } from "node:worker_threads";
import type { RolloutTask } from "./task.ts";
import { makeTaskPlayer } from "./task.ts";

if (parentPort === null) throw new Error("trainer/rollout/worker.ts runs only as a worker thread");
const port = parentPort;
const task: RolloutTask = workerData;
const player = makeTaskPlayer(task);

port.on("message", (seed: number) => {
  void player.play(seed).then((outcome) => port.postMessage(outcome));
});
