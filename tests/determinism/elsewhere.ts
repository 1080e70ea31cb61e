/** @file Plays cases in another process or thread: they come as JSON or as a message, and so do their traces. */
import { parentPort, workerData } from "node:worker_threads";
import type { Case } from "./trace.ts";
import { trace } from "./trace.ts";

async function traceAll(cases: readonly Case[]) {
  return Promise.all(cases.map(trace));
}

if (parentPort === null) {
  let text = "";
  for await (const part of process.stdin) text += String(part);
  process.stdout.write(JSON.stringify(await traceAll(JSON.parse(text))));
} else {
  parentPort.postMessage(await traceAll(workerData), []);
}
