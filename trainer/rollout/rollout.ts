/** @file Many episodes, on this thread or on several. Results come back in the order of the seeds. */
import type { EpisodeResult } from "../../agent/match/index.ts";
import { makeThread, spread } from "./lanes.ts";
import type { Failure, Outcome, RolloutTask } from "./task.ts";
import { failed, makeTaskPlayer } from "./task.ts";

export interface RolloutOptions {
  /** One episode each. */
  seeds: readonly number[];
  /** 1 plays on the calling thread. */
  workers: number;
  /** Episodes that are played at the same time on the calling thread, for policies that wait for others to think. */
  concurrency?: number | undefined;
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

/** So many matches at once are shown on a page; of the others nobody could follow a part. */
export const WATCHED_MAX = 8;

export async function rollout(
  task: RolloutTask,
  { seeds, workers, concurrency = 1, onOutcome }: RolloutOptions,
): Promise<Rollout> {
  const outcomes: Outcome[] = [];
  const started = performance.now();
  const thread = (lane: number) =>
    makeThread<number, Outcome>(
      new URL("thread.js", import.meta.url),
      taskOf(task, lane),
      (seed, message) => ({ seed, message }),
    );
  const lanes = playsHere({ seeds, workers, concurrency })
    ? Array.from({ length: Math.min(Math.max(1, concurrency), seeds.length) }, (_, lane) =>
        makeTaskPlayer(taskOf(task, lane)),
      )
    : Array.from({ length: Math.min(workers, seeds.length) }, (_, lane) => thread(lane));
  await spread(seeds, lanes, (outcome, place) => {
    outcomes[place] = outcome;
    onOutcome?.(outcome);
  });
  return {
    episodes: outcomes.filter((outcome): outcome is EpisodeResult => !failed(outcome)),
    failures: outcomes.filter(failed),
    seconds: (performance.now() - started) / 1000,
  };
}

/** Whether all episodes are played on the calling thread. */
export function playsHere({ seeds, workers, concurrency = 1 }: RolloutOptions): boolean {
  return Math.min(workers, seeds.length) <= 1 || Math.min(concurrency, seeds.length) > 1;
}

/** The task of one lane: the first ones are shown, and the first speaks for all when the page is lost. */
function taskOf({ watch, ...task }: RolloutTask, lane: number): RolloutTask {
  return watch === undefined || lane >= WATCHED_MAX
    ? task
    : { ...task, watch: { ...watch, quiet: lane > 0 } };
}
