/** @file A worker thread of a soak: gets one match at a time and answers with its outcome. */
import { parentPort, workerData } from "node:worker_threads";
import type { SoakMatch } from "./fixture.ts";
import { playSoakMatch } from "./play.ts";

if (parentPort === null) throw new Error("trainer/bench/soak/worker.ts runs only as a worker thread");
const port = parentPort;
const { steps }: { steps: number | undefined } = workerData;

port.on("message", (match: SoakMatch) => {
  void playSoakMatch(match, steps).then((outcome) => port.postMessage(outcome));
});
