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
  // A bell that was rung late wakes once more without a command.
  while (Atomics.load(bell, REQUESTS) === served) Atomics.wait(bell, REQUESTS, served);
  const { message }: { message: Command } = receiveMessageOnPort(port)!;
  const reply = shard.answer(message);
  port.postMessage(reply, reply.kind === "infos" ? [reply.infos.buffer] : []);
  Atomics.add(bell, REPLIES, 1);
  ring(bell, REPLIES);
}

function ring(bell: Bell, place: number): void {
  Atomics.notify(bell, place);
}
