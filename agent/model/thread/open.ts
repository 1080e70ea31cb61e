/** @file A model in a thread of its own, so that the caller's event loop stays free while it thinks. */
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { TouchlineError } from "../../../env/error.ts";
import type {
  ChatInput,
  ChatModel,
  Generated,
  GenerateOptions,
  GenerateRequest,
  Logits,
  ModelInfo,
  ModelOptions,
  TokenEvent,
} from "../types.ts";
import type { Message, Request, ThreadPlan } from "./messages.ts";

/**
 * Opens a Hugging Face folder of Qwen2.5-VL in a thread of its own. It does not keep the process alive while it has
 * nothing to do.
 * @throws TouchlineError as `openLocalModel`.
 */
export async function openModel(directory: string, options: ModelOptions = {}): Promise<ChatModel> {
  const workerData: ThreadPlan = { directory: resolve(directory), options };
  const worker = new Worker(new URL("thread.js", import.meta.url), { workerData });
  const link = new Link(worker);
  try {
    const info = await link.ready;
    return new ThreadModel(info, link);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

interface Waiting {
  resolve: (message: Message) => void;
  reject: (error: Error) => void;
  onToken: ((event: TokenEvent) => void) | undefined;
}

/** Pairs requests with what the thread answers. */
class Link {
  readonly ready: Promise<ModelInfo>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  /** What the thread is still at when it is closed, and what to do when it is at rest. */
  #last: { ids: Set<number>; rest: () => void } | undefined;
  /** Why nothing will be answered any more. */
  #lost: string | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.ready = this.#expect(-1).then((message) => (message as Message & { kind: "ready" }).info);
    worker.on("message", (message: Message) => this.#receive(message));
    worker.on("error", (error) => this.#lose(`The thread of the model failed: ${error.message}`));
    worker.on("exit", () => {
      this.#lose("The thread of the model has ended; open the model again.");
      this.#last?.rest();
    });
  }

  async send(
    request: (id: number) => Request,
    onToken?: (event: TokenEvent) => void,
    signal?: AbortSignal,
  ): Promise<Message> {
    const id = this.#count++;
    const cancel = (): void => this.#worker.postMessage({ id, kind: "cancel" } satisfies Request);
    const answer = this.#expect(id, onToken);
    this.#worker.postMessage(request(id));
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** Lets a run come to its end: a thread that is stopped in the middle of one takes the whole process with it. */
  async close(): Promise<void> {
    const ids = new Set(this.#waiting.keys());
    for (const id of ids) this.#worker.postMessage({ id, kind: "cancel" } satisfies Request);
    const rested = new Promise<void>((rest) => {
      this.#last = { ids, rest };
    });
    this.#lose("The model has been closed; open it again.");
    if (ids.size > 0) await rested;
    await this.#worker.terminate();
  }

  #expect(id: number, onToken?: (event: TokenEvent) => void): Promise<Message> {
    if (this.#lost !== undefined) return Promise.reject(new TouchlineError("model/thread-lost", this.#lost));
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, onToken }));
  }

  #receive(message: Message): void {
    const id = message.kind === "ready" ? -1 : message.id;
    if (message.kind !== "token" && this.#last?.ids.delete(id) && this.#last.ids.size === 0)
      this.#last.rest();
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    if (message.kind === "token") return waiting.onToken?.(message.event);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (message.kind === "error") waiting.reject(new TouchlineError(message.code, message.message));
    else waiting.resolve(message);
  }

  #lose(why: string): void {
    this.#lost ??= why;
    for (const { reject } of this.#waiting.values()) {
      reject(new TouchlineError("model/thread-lost", this.#lost));
    }
    this.#waiting.clear();
  }
}

class ThreadModel implements ChatModel {
  readonly info: ModelInfo;
  readonly #link: Link;

  constructor(info: ModelInfo, link: Link) {
    this.info = info;
    this.#link = link;
  }

  async generate(
    requests: readonly GenerateRequest[],
    { batchSize, onToken, signal }: GenerateOptions = {},
  ): Promise<Generated[][]> {
    const streams = onToken !== undefined;
    const answer = await this.#link.send(
      // A message behind this one might find a short answer done.
      (id) => ({ id, kind: "generate", requests, batchSize, streams, isCancelled: signal?.aborted ?? false }),
      onToken,
      signal,
    );
    return (answer as Message & { kind: "generated" }).generated;
  }

  async logits(inputs: readonly ChatInput[], { all = false } = {}): Promise<Logits[]> {
    const answer = await this.#link.send((id) => ({ id, kind: "logits", inputs, all }));
    return (answer as Message & { kind: "logits" }).logits;
  }

  async seconds(): Promise<number> {
    const answer = await this.#link.send((id) => ({ id, kind: "seconds" }));
    return (answer as Message & { kind: "seconds" }).seconds;
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}
