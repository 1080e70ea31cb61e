/**
 * @file Many jobs over several lanes, which are worker threads or the calling thread itself. Jobs go out one by one
 * to whoever is free; each result says its place, so that what comes of them does not depend on the number of lanes.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Does one job after the other. */
export interface Lane<Job, Result> {
  play(job: Job): Promise<Result>;
  close(): Promise<unknown>;
}

/**
 * Plays every job and closes the lanes. `jobs` is read only as far as lanes are free, so it may decide by the
 * results so far whether there is another one.
 */
export async function spread<Job, Result>(
  jobs: Iterable<Job>,
  lanes: readonly Lane<Job, Result>[],
  onResult: (result: Result, place: number, job: Job) => void,
): Promise<void> {
  const queue = placed(jobs);
  const drain = async (lane: Lane<Job, Result>): Promise<void> => {
    try {
      for (const [place, job] of queue) onResult(await lane.play(job), place, job);
    } finally {
      await lane.close();
    }
  };
  await Promise.all(lanes.map(drain));
}

function* placed<Job>(jobs: Iterable<Job>): Generator<[number, Job]> {
  let place = 0;
  for (const job of jobs) yield [place++, job];
}

/**
 * A worker thread that answers each message with one message. When it dies, `lost` makes the result of the job that
 * it had in its hands, and the next job gets a new thread.
 */
export function makeThread<Job, Result>(
  script: URL,
  workerData: unknown,
  lost: (job: Job, message: string) => Result,
): Lane<Job, Result> {
  let worker: Worker | undefined;
  return {
    close: async () => worker?.terminate(),
    async play(job) {
      worker ??= new Worker(script, { workerData });
      try {
        return await ask<Result>(worker, job);
      } catch (error) {
        worker = undefined;
        return lost(job, error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** Rejects when the thread dies over the job. */
async function ask<Result>(worker: Worker, job: unknown): Promise<Result> {
  const settled = new AbortController();
  const { signal } = settled;
  const answer = once(worker, "message", { signal });
  const death = once(worker, "exit", { signal }).then(([status]) => {
    throw new Error(`the worker thread ended with status ${status}`);
  });
  worker.postMessage(job, []);
  try {
    const [result] = await Promise.race([answer, death]);
    return result;
  } finally {
    settled.abort();
  }
}
