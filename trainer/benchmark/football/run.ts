/** @file A run of football: the episodes that are missing are played, and each is written as it ends. */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parsePolicy } from "../../../agent/policy/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import type { Scenario } from "../../../env/football/index.ts";
import { type Lane, makeThread, type RolloutTask, spread, WATCHED_MAX } from "../../rollout/index.ts";
import { checkRun, hasRun, keyOf, readRecords, RecordsFile, writePlan } from "../index.ts";
import { concludeFootball, type FootballSummary } from "./conclude.ts";
import { type EpisodeDone, type EpisodeJob, episodeLane } from "./lane.ts";
import { wordsOf } from "./plan.ts";
import { EPISODES, fileOf, type FootballPlan, type FootballRecord, recordOf, sampleOf } from "./record.ts";
import type { FootballSuite } from "./suites.ts";

export interface FootballRunOptions {
  directory: string;
  plan: FootballPlan;
  suite: FootballSuite;
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
  onRecord?: (record: FootballRecord) => void;
}

/** A server takes a few at a time; a local model writes many texts together. */
const [SERVER_CONCURRENCY, LOCAL_CONCURRENCY] = [8, 32];
const MOST_FAILURES = 16;

/**
 * The signal ends it once the episodes under way are over.
 * @throws TouchlineError `bench/...`, `policy/...`, and what the model has against its folder.
 */
export async function runFootball(options: FootballRunOptions): Promise<FootballSummary> {
  const { directory, plan, suite, resume = false, signal } = options;
  checkRun(directory, plan, { resume });
  const scenarios = suite.scenarios();
  const records = readRecords<FootballRecord>(directory);
  if (!hasRun(directory)) writePlan(directory, plan);
  const due = dueOf(options, scenarios, records);
  options.onStart?.(due.length);
  const planned = scenarios.length * plan.episodes;
  // Said before the first episode, so that a run that is killed shows what is missing.
  const before = concludeFootball(options, records, planned);
  if (due.length === 0) return before;

  const file = new RecordsFile(directory);
  let [broken, failures]: [unknown, number] = [undefined, 0];
  function* jobs(): Generator<EpisodeJob> {
    for (const job of due) {
      if (broken !== undefined || signal?.aborted) return;
      yield job;
    }
  }
  const keep = ({ outcome, milliseconds }: EpisodeDone, { task }: EpisodeJob): void => {
    const { recorded } = plan;
    const record = recordOf({ suite, recorded }, scenarios[task]!.id, outcome, milliseconds);
    file.add(record);
    records.set(keyOf(record.sample, record.repeat), record);
    options.onRecord?.(record);
    failures = record.outcome === "infra_error" ? failures + 1 : 0;
    if (failures >= MOST_FAILURES) throw nobodyPlays(failures, record);
  };
  try {
    await withLanes(options, scenarios, due.length, (lanes) =>
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
  return concludeFootball(options, records, planned);
}

/** What has no record yet; what a killed run left of its recording is taken away. */
function dueOf(
  { directory, plan, retryFailed = false }: FootballRunOptions,
  scenarios: readonly Scenario[],
  records: ReadonlyMap<string, FootballRecord>,
): EpisodeJob[] {
  const due = scenarios.flatMap(({ id }, task) =>
    Array.from({ length: plan.episodes }, (_, i) => ({ task, seed: (plan.seed + i) >>> 0 })).filter(
      ({ seed }) => {
        const record = records.get(keyOf(sampleOf(id, seed), 0));
        return record === undefined || (retryFailed && record.outcome === "infra_error");
      },
    ),
  );
  for (const { task, seed } of due) {
    rmSync(join(directory, EPISODES, fileOf(scenarios[task]!.id, seed)), { force: true });
  }
  return due;
}

/** Lanes for so many episodes: of this thread where a policy waits, so that all share its model; else threads. */
async function withLanes(
  { directory, plan, workers = availableParallelism(), watch: url, ...options }: FootballRunOptions,
  scenarios: readonly Scenario[],
  most: number,
  work: (lanes: Lane<EpisodeJob, EpisodeDone>[]) => Promise<void>,
): Promise<void> {
  const { timeoutSeconds } = options;
  const words = { ...wordsOf(plan), ...(timeoutSeconds !== undefined && { server: { timeoutSeconds } }) };
  const { policy, vary, clock } = plan;
  const tasksOf = (lane: number): RolloutTask[] =>
    scenarios.map((scenario) => ({
      scenario,
      policy,
      vary,
      words,
      clock,
      ...(plan.actions !== null && { actions: plan.actions }),
      ...(plan.recorded && { record: join(directory, EPISODES) }),
      ...(url !== undefined && lane < WATCHED_MAX && { watch: { url, by: "bench", quiet: lane > 0 } }),
    }));
  if (plan.words === null) {
    const threads = Math.min(workers, most);
    const lane = threads === 1 ? episodeLane : thread;
    return work(Array.from({ length: threads }, (_, i) => lane(tasksOf(i))));
  }
  // Whoever shares a model waits for the others, and where that costs steps nobody shares it.
  const usual =
    clock === "realtime" ? 1 : "server" in plan.words.model ? SERVER_CONCURRENCY : LOCAL_CONCURRENCY;
  const { concurrency = usual } = options;
  const model = parsePolicy(policy, words);
  // Loaded once, and held while lanes go from one scenario to the next.
  await model.start({ seed: plan.seed, side: "left", goal: scenarios[0]!.goal });
  try {
    await work(Array.from({ length: Math.min(concurrency, most) }, (_, i) => episodeLane(tasksOf(i))));
  } finally {
    await model.close?.();
  }
}

function thread(tasks: readonly RolloutTask[]): Lane<EpisodeJob, EpisodeDone> {
  return makeThread(new URL("thread.js", import.meta.url), tasks, ({ seed }: EpisodeJob, message) => ({
    outcome: { seed, message },
    milliseconds: 0,
  }));
}

function nobodyPlays(failures: number, { reason }: FootballRecord): TouchlineError {
  const message = `The last ${failures} episodes failed, so the run stops: ${reason} Then go on with --resume --retry failed.`;
  return new TouchlineError("bench/play", message);
}
