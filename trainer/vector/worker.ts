/** @file A worker thread of a vector env: sleeps until there is a command, answers it, and sleeps again. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Bell, ENDED, REPLIES, REQUESTS, type WorkerPlan } from "./link.ts";
import { type Command, Shard } from "./shard.ts";

if (parentPort === null) throw new Error("trainer/vector/worker.ts runs only as a worker thread");
const { plan, bell, port }: WorkerPlan = workerData;

// A caller who waits for an answer must hear that there will be none.
process.on("exit", () => {
  Atomics.store(bell, ENDED, 1);
  ring(bell, REPLIES);
});

const shard = await Shard.make(plan);
parentPort.postMessage("ready");

for (let served = 0; ; served++) {
  Atomics.wait(bell, REQUESTS, served);
  const { message }: { message: Command } = receiveMessageOnPort(port)!;
  port.postMessage(shard.answer(message));
  Atomics.add(bell, REPLIES, 1);
  ring(bell, REPLIES);
}

function ring(bell: Bell, place: number): void {
  Atomics.notify(bell, place);
}
