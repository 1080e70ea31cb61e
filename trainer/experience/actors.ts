/** @file Several actors in threads of their own. What comes of jobs does not depend on how many there are. */
import { TouchlineError } from "../../env/error.ts";
import { type Lane, makeThread } from "../rollout/index.ts";
import type { Acted, ActorPlan, Job, Policy } from "./actor.ts";

interface Task {
  policy: Policy;
  job: Job;
}
type Answer = { acted: Acted } | { error: { code?: string; message: string } };

export class Actors {
  readonly #lanes: readonly Lane<Task, Answer>[];

  constructor(plan: ActorPlan, count: number) {
    this.#lanes = Array.from({ length: count }, () =>
      makeThread<Task, Answer>(new URL("thread.js", import.meta.url), plan, (_task, message) => ({
        error: { message },
      })),
    );
  }

  /**
   * Does all jobs; their results are in the order of the jobs.
   * @throws TouchlineError what an actor throws; `train/actor` when a thread dies over a job twice.
   */
  async act(policy: Policy, jobs: readonly Job[]): Promise<Acted[]> {
    const results: Acted[] = Array.from({ length: jobs.length });
    const failures: unknown[] = [];
    let next = 0;
    const drain = async (lane: Lane<Task, Answer>): Promise<void> => {
      while (next < jobs.length && failures.length === 0) {
        const place = next++;
        try {
          results[place] = await done(lane, { policy, job: jobs[place]! });
        } catch (error) {
          failures.push(error);
        }
      }
    };
    // Also after a failure all come to rest: a thread that is stopped while onnxruntime works takes the process with it.
    await Promise.all(this.#lanes.map(drain));
    if (failures.length > 0) throw failures[0];
    return results;
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes) await lane.close();
  }
}

/** Once more where a thread has died: the next one may live. */
async function done(lane: Lane<Task, Answer>, task: Task): Promise<Acted> {
  let answer = await lane.play(task);
  if ("error" in answer && answer.error.code === undefined) answer = await lane.play(task);
  if ("acted" in answer) return answer.acted;
  const { code = "train/actor", message } = answer.error;
  throw new TouchlineError(code, code === "train/actor" ? `A rollout failed twice: ${message}` : message);
}
