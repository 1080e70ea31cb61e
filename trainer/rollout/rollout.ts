/**
 * @file Many episodes, on this thread or on several. Seeds go out one by one to whoever is free and results
 * come back in the order of the seeds, so they do not depend on the number of workers.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { EpisodeResult } from "../../agent/match/index.ts";
import type { Failure, Outcome, RolloutTask } from "./task.ts";
import { failed, makeTaskPlayer } from "./task.ts";

export interface RolloutOptions {
  /** One episode each. */
  seeds: readonly number[];
  /** 1 plays on the calling thread. */
  workers: number;
  /** Called after each episode. */
  onOutcome?: ((outcome: Outcome) => void) | undefined;
}

export interface Rollout {
  /** In the order of the seeds, without the failed ones. */
  episodes: EpisodeResult[];
  /** Episodes that crashed; each cost only itself. */
  failures: Failure[];
  /** Wall-clock time, start of the workers included. */
  seconds: number;
}

interface Lane {
  play(seed: number): Promise<Outcome>;
  close(): Promise<unknown>;
}

export async function rollout(
  task: RolloutTask,
  { seeds, workers, onOutcome }: RolloutOptions,
): Promise<Rollout> {
  const outcomes: Outcome[] = [];
  const queue = seeds.entries();
  const started = performance.now();
  const drain = async (lane: Lane): Promise<void> => {
    try {
      for (const [place, seed] of queue) {
        const outcome = await lane.play(seed);
        outcomes[place] = outcome;
        onOutcome?.(outcome);
      }
    } finally {
      await lane.close();
    }
  };
  const lanes = Math.min(workers, seeds.length);
  if (lanes <= 1) await drain(makeTaskPlayer(task));
  else await Promise.all(Array.from({ length: lanes }, () => drain(makeThread(task))));
  return {
    episodes: outcomes.filter((outcome): outcome is EpisodeResult => !failed(outcome)),
    failures: outcomes.filter(failed),
    seconds: (performance.now() - started) / 1000,
  };
}

/** A worker thread; when it dies, the seed in its hands fails and the next one gets a new thread. */
function makeThread(task: RolloutTask): Lane {
  let worker: Worker | undefined;
  return {
    close: async () => worker?.terminate(),
    async play(seed) {
      worker ??= new Worker(new URL("thread.js", import.meta.url), { workerData: task });
      try {
        return await ask(worker, seed);
      } catch (error) {
        worker = undefined;
        return { seed, message: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** The outcome of this seed; rejects when the thread dies over it. */
async function ask(worker: Worker, seed: number): Promise<Outcome> {
  const settled = new AbortController();
  const { signal } = settled;
  const answer = once(worker, "message", { signal });
  const death = once(worker, "exit", { signal }).then(([status]) => {
    throw new Error(`the worker thread ended with status ${status}`);
  });
  worker.postMessage(seed, []);
  try {
    const [outcome] = await Promise.race([answer, death]);
    return outcome;
  } finally {
    settled.abort();
  }
}
