/** @file Episodes of several tasks: those without a record are played, and each is written as it ends. */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Policy, PolicyOptions } from "../../../agent/policy/index.ts";
import { type Lane, makeThread, type RolloutTask, spread, WATCHED_MAX } from "../../rollout/index.ts";
import {
  checkRun,
  failureWatch,
  hasRun,
  keyOf,
  readRecords,
  RecordsFile,
  type RunPlan,
  writePlan,
} from "../index.ts";
import { type EpisodeDone, type EpisodeJob, episodeLane } from "./lane.ts";
import { EPISODES, type EpisodeRecord } from "./record.ts";

/** What whoever runs episodes may say of how, which changes no result. */
export interface EpisodeOptions {
  directory: string;
  resume?: boolean;
  /** Play again what crashed or had no answer. */
  retryFailed?: boolean | undefined;
  /** Threads, for policies that are computed. */
  workers?: number | undefined;
  /** Episodes at once, for policies that wait for others to think. */
  concurrency?: number | undefined;
  /** Of an answer of a server, with all tries. */
  timeoutSeconds?: number | undefined;
  /** The address of a running page that shows the episodes, as far as it has time for them. */
  watch?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Told how many episodes are due, before the first. */
  onStart?: (total: number) => void;
  onRecord?: (record: EpisodeRecord) => void;
}

/** What is played, and what comes of it. */
export interface EpisodePlay<Record extends EpisodeRecord, Summary> {
  plan: RunPlan;
  /** All that there are to be, in the order in which they are played. */
  jobs: readonly EpisodeJob[];
  sampleOf: (job: EpisodeJob) => string;
  /** Where it would be recorded, under `episodes/`. */
  fileOf: (job: EpisodeJob) => string;
  /** As the lane of this place plays them. */
  tasksOf: (lane: number) => RolloutTask[];
  /** Those who wait for others to think: then all lanes are of this thread and share them. */
  models: readonly Policy[];
  /** So many episodes at once of these, where nobody says otherwise. */
  concurrency: number;
  recordOf(job: EpisodeJob, done: EpisodeDone): Record;
  conclude(records: ReadonlyMap<string, Record>): Summary;
}

/**
 * The signal ends it once the episodes under way are over.
 * @throws TouchlineError `bench/...`, `policy/...`, and what the models have against their folders.
 */
export async function playEpisodes<Record extends EpisodeRecord, Summary>(
  options: EpisodeOptions,
  play: EpisodePlay<Record, Summary>,
): Promise<Summary> {
  const { directory, resume = false, signal } = options;
  checkRun(directory, play.plan, { resume });
  const records = readRecords<Record>(directory);
  if (!hasRun(directory)) writePlan(directory, play.plan);
  const due = dueOf(options, play, records);
  options.onStart?.(due.length);
  // Said before the first episode, so that a run that is killed shows what is missing.
  const before = play.conclude(records);
  if (due.length === 0) return before;

  const file = new RecordsFile(directory);
  const watchOver = failureWatch({ code: "bench/play", failed: "episodes failed" });
  let broken: unknown;
  function* jobs(): Generator<EpisodeJob> {
    for (const job of due) {
      if (broken !== undefined || signal?.aborted) return;
      yield job;
    }
  }
  const keep = (done: EpisodeDone, job: EpisodeJob): void => {
    const record = play.recordOf(job, done);
    file.add(record);
    records.set(keyOf(record.sample, record.repeat), record);
    options.onRecord?.(record);
    watchOver(record);
  };
  try {
    await withLanes(options, play, due, (lanes) =>
      spread(jobs(), lanes, (done, _place, job) => {
        try {
          keep(done, job);
        } catch (error) {
          // The other lanes end what they play before it is thrown.
          broken ??= error;
        }
      }),
    );
  } finally {
    file.close();
  }
  if (broken !== undefined) throw broken;
  return play.conclude(records);
}

/** What policies are told besides what the plan says. */
export function saidTo(
  words: PolicyOptions,
  { timeoutSeconds }: EpisodeOptions,
): NonNullable<RolloutTask["words"]> {
  return { ...words, ...(timeoutSeconds !== undefined && { server: { timeoutSeconds } }) };
}

/** What of a task has its episodes shown on a page, which has room for a few lanes. */
export function shownOn(url: string | undefined, lane: number): Pick<RolloutTask, "watch"> {
  return url === undefined || lane >= WATCHED_MAX ? {} : { watch: { url, by: "bench", quiet: lane > 0 } };
}

/** What has no record yet; what a killed run left of its recording is taken away. */
function dueOf<Record extends EpisodeRecord, Summary>(
  { directory, retryFailed = false }: EpisodeOptions,
  { jobs, sampleOf, fileOf }: EpisodePlay<Record, Summary>,
  records: ReadonlyMap<string, Record>,
): EpisodeJob[] {
  const due = jobs.filter((job) => {
    const record = records.get(keyOf(sampleOf(job), 0));
    return record === undefined || (retryFailed && record.outcome === "infra_error");
  });
  for (const job of due) rmSync(join(directory, EPISODES, fileOf(job)), { force: true });
  return due;
}

/** Lanes of this thread where a policy waits, so that all share its model; else threads. */
async function withLanes<Record extends EpisodeRecord, Summary>(
  { workers = availableParallelism(), concurrency }: EpisodeOptions,
  { plan, models, tasksOf, concurrency: usual }: EpisodePlay<Record, Summary>,
  due: readonly EpisodeJob[],
  work: (lanes: Lane<EpisodeJob, EpisodeDone>[]) => Promise<void>,
): Promise<void> {
  const most = due.length;
  if (models.length === 0) {
    const threads = Math.min(workers, most);
    const lane = threads === 1 ? episodeLane : thread;
    return work(Array.from({ length: threads }, (_, i) => lane(tasksOf(i))));
  }
  const { goal } = tasksOf(0)[due[0]!.task]!.scenario;
  // Loaded once, and held while lanes go from one task to the next.
  for (const model of models) await model.start({ seed: plan.seed, side: "left", goal });
  try {
    const lanes = Math.min(concurrency ?? usual, most);
    await work(Array.from({ length: lanes }, (_, i) => episodeLane(tasksOf(i))));
  } finally {
    for (const model of models) await model.close?.();
  }
}

function thread(tasks: readonly RolloutTask[]): Lane<EpisodeJob, EpisodeDone> {
  return makeThread(new URL("thread.js", import.meta.url), tasks, ({ seed }: EpisodeJob, message) => ({
    outcome: { seed, message },
    milliseconds: 0,
  }));
}
