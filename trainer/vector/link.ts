/**
 * @file The caller's end of one worker thread. Commands and replies are messages; two counters in shared memory wake
 * who waits for them, so that neither side goes back to its event loop between two steps.
 */
import { once } from "node:events";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { TouchlineError } from "../../env/error.ts";
import type { Command, Reply, ShardPlan } from "./shard.ts";

export type Bell = Int32Array<SharedArrayBuffer>;
/** Places in the bell: commands sent, commands answered, 1 when the thread has ended. */
export const REQUESTS = 0;
export const REPLIES = 1;
export const ENDED = 2;

export interface WorkerPlan {
  plan: ShardPlan;
  bell: Bell;
  port: MessagePort;
}

export interface Link {
  send(command: Command): void;
  /** Waits for the answer to the oldest command; throws what the worker reports, or `vector/worker-lost`. */
  receive(): Reply;
  close(): void;
}

export async function openLink(plan: ShardPlan, timeoutSeconds: number): Promise<Link> {
  const bell: Bell = new Int32Array(new SharedArrayBuffer(12));
  const { port1: port, port2 } = new MessageChannel();
  const workerData: WorkerPlan = { plan, bell, port: port2 };
  const worker = new Worker(new URL("thread.js", import.meta.url), { workerData, transferList: [port2] });
  worker.once("exit", () => Atomics.store(bell, ENDED, 1));
  await once(worker, "message");
  // Neither a worker nor its port keeps a process alive whose caller is done.
  worker.unref();
  port.unref();
  let answered = 0;

  const lost = (why: string): TouchlineError =>
    new TouchlineError(
      "vector/worker-lost",
      `The worker of envs ${plan.first} to ${plan.first + plan.scenarios.length - 1} ${why}; make a new vector env.`,
    );

  return {
    send(command) {
      port.postMessage(command, []);
      Atomics.add(bell, REQUESTS, 1);
      Atomics.notify(bell, REQUESTS);
    },
    receive() {
      while (Atomics.load(bell, REPLIES) === answered) {
        if (Atomics.load(bell, ENDED) === 1) throw lost("has ended");
        const woken = Atomics.wait(bell, REPLIES, answered, timeoutSeconds * 1000);
        if (woken === "timed-out") throw lost(`did not answer for ${timeoutSeconds} s`);
      }
      answered++;
      return (receiveMessageOnPort(port) as { message: Reply }).message;
    },
    close() {
      port.close();
      void worker.terminate();
    },
  };
}
