/** @file The server's end of its worker threads: commands go out with a number, and what comes back says which it answers. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Failure } from "../failure.ts";
import type { Command, Commands, Replies, Reply, WorkerPlan } from "./messages.ts";

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Failure): void;
  timer: NodeJS.Timeout;
}

export interface PoolOptions {
  workers: number;
  plan: WorkerPlan;
  /** A thread that does not answer for so long is ended, with all that it plays. */
  silenceMs: number;
  /** A thread has ended, and what it played is gone. */
  onLost?: (worker: number) => void;
}

/** Threads that play; one that dies is started again when it is needed. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #threads: (Thread | undefined)[];
  readonly #load: number[];

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#threads = Array.from({ length: options.workers }, () => undefined);
    this.#load = Array.from({ length: options.workers }, () => 0);
  }

  get size(): number {
    return this.#threads.length;
  }

  /** Commands that have no answer yet. */
  get waiting(): number {
    return this.#threads.reduce((sum, thread) => sum + (thread?.waiting ?? 0), 0);
  }

  /** Starts all threads, so that the first session need not wait. */
  async warm(): Promise<void> {
    await Promise.all(this.#threads.map((_, worker) => this.#thread(worker).ready));
  }

  /** The worker with the fewest sessions, which from now on has one more until `leave`. */
  join(): number {
    const worker = this.#load.indexOf(Math.min(...this.#load));
    this.#load[worker]!++;
    return worker;
  }

  leave(worker: number): void {
    this.#load[worker]!--;
  }

  /** Rejects with a Failure. */
  call(worker: number, command: Command, transfer: readonly ArrayBuffer[] = []): Promise<Reply> {
    return this.#thread(worker).call(command, transfer);
  }

  async close(): Promise<void> {
    const running = this.#threads.filter((thread) => thread !== undefined);
    await Promise.all(running.map((thread) => thread.end()));
  }

  #thread(worker: number): Thread {
    const known = this.#threads[worker];
    if (known && !known.ended) return known;
    const { plan, silenceMs, onLost } = this.#options;
    const thread: Thread = new Thread(plan, silenceMs, () => {
      if (this.#threads[worker] === thread) this.#threads[worker] = undefined;
      onLost?.(worker);
    });
    this.#threads[worker] = thread;
    return thread;
  }
}

class Thread {
  readonly #worker: Worker;
  readonly #silenceMs: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly ready: Promise<unknown>;
  #outbox: { id: number; command: Command }[] = [];
  #transfer: ArrayBuffer[] = [];
  #next = 0;
  ended = false;

  constructor(plan: WorkerPlan, silenceMs: number, onLost: () => void) {
    this.#silenceMs = silenceMs;
    this.#worker = new Worker(new URL("thread.js", import.meta.url), { workerData: plan });
    this.ready = once(this.#worker, "online");
    this.ready.catch(() => undefined);
    this.#worker.on("message", (replies: Replies) => {
      for (const { id, reply } of replies) this.#hear(id, reply);
    });
    // The exit that follows an error says the same.
    this.#worker.on("error", () => undefined);
    this.#worker.once("exit", () => {
      const isLost = !this.ended;
      this.ended = true;
      for (const waiting of this.#waiting.values()) {
        clearTimeout(waiting.timer);
        waiting.reject(
          new Failure("failed", "serve/thread-lost", "The thread that played this session has ended."),
        );
      }
      this.#waiting.clear();
      if (isLost) onLost();
    });
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  call(command: Command, transfer: readonly ArrayBuffer[]): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      const timer = setTimeout(() => void this.#worker.terminate(), this.#silenceMs);
      this.#waiting.set(id, { resolve, reject, timer });
      // What all connections have sent by now goes in one message.
      if (this.#outbox.length === 0) setImmediate(() => this.#flush());
      this.#outbox.push({ id, command });
      this.#transfer.push(...transfer);
    });
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.#worker.terminate();
  }

  #flush(): void {
    const commands: Commands = this.#outbox;
    const transfer = this.#transfer;
    [this.#outbox, this.#transfer] = [[], []];
    this.#worker.postMessage(commands, transfer);
  }

  #hear(id: number, reply: Replies[number]["reply"]): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (!("failure" in reply)) return waiting.resolve(reply);
    const { kind, code, message } = reply.failure;
    waiting.reject(new Failure(kind, code, message));
  }
}
