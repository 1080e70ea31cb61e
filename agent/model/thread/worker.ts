/** @file The thread of a model: opens it and answers whoever asks; what is asked at the same time is written together. */
import { parentPort, workerData } from "node:worker_threads";
import { TouchlineError } from "../../../env/error.ts";
import { openLocalModel } from "../local.ts";
import type { ChatModel } from "../types.ts";
import type { Message, Request, ThreadPlan } from "./messages.ts";

if (parentPort === null) throw new Error("agent/model/thread/worker.ts runs only as a worker thread");
const port = parentPort;
const { directory, options }: ThreadPlan = workerData;

const running = new Map<number, AbortController>();

try {
  const model = await openLocalModel(directory, options);
  port.on("message", (request: Request) => {
    if (request.kind === "cancel") running.get(request.id)?.abort();
    else {
      const controller = new AbortController();
      if (request.kind === "generate" && request.isCancelled) controller.abort();
      running.set(request.id, controller);
      void answer(model, request);
    }
  });
  send({ kind: "ready", info: model.info });
} catch (error) {
  sendError(-1, error);
}

async function answer(model: ChatModel, request: Exclude<Request, { kind: "cancel" }>): Promise<void> {
  const { id } = request;
  try {
    if (request.kind === "seconds") return send({ kind: "seconds", id, seconds: await model.seconds() });
    if (request.kind === "logits") {
      const logits = await model.logits(request.inputs, { all: request.all });
      return send({ kind: "logits", id, logits });
    }
    const { requests, batchSize, streams } = request;
    const generated = await model.generate(requests, {
      ...(batchSize !== undefined && { batchSize }),
      ...(streams && { onToken: (event) => send({ kind: "token", id, event }) }),
      signal: running.get(id)!.signal,
    });
    send({ kind: "generated", id, generated });
  } catch (error) {
    sendError(id, error);
  } finally {
    running.delete(id);
  }
}

function send(message: Message): void {
  port.postMessage(message);
}

function sendError(id: number, error: unknown): void {
  const code = error instanceof TouchlineError ? error.code : "model/failed";
  send({ kind: "error", id, code, message: error instanceof Error ? error.message : String(error) });
}
