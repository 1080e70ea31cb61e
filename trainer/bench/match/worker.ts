/** @file A worker thread that plays matches of one fixture: gets a seed at a time and answers with its match. */
import { parentPort, workerData } from "node:worker_threads";
import { type Crash, type Fixture, type Played, playMatch } from "./play.ts";

if (parentPort === null) throw new Error("trainer/bench/match/worker.ts runs only as a worker thread");
const port = parentPort;
const fixture: Fixture = workerData;

port.on("message", (seed: number) => {
  const crash = (error: unknown): Crash => ({
    seed,
    message: error instanceof Error ? error.message : String(error),
  });
  void playMatch(fixture, seed)
    .catch(crash)
    .then((outcome: Played | Crash) => port.postMessage(outcome));
});
