/** @file A worker thread of a run of football: gets one episode at a time and answers with its outcome. */
import { parentPort, workerData } from "node:worker_threads";
import type { RolloutTask } from "../../rollout/index.ts";
import { type EpisodeJob, episodeLane } from "./lane.ts";

if (parentPort === null) throw new Error("trainer/benchmark/football/worker.ts runs only as a worker thread");
const port = parentPort;
const lane = episodeLane(workerData as RolloutTask[]);

port.on("message", (job: EpisodeJob) => {
  void lane.play(job).then((done) => port.postMessage(done));
});
