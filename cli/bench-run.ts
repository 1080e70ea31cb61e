/** @file What is the same of every run of `touchline bench`: its folder, its device, its progress, and how it ends. */
import { join } from "node:path";
import { requireDevice } from "./device.ts";
import { untilInterrupted } from "./interrupt.ts";
import { printJson, printLine } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Device } from "../agent/graph/index.ts";
import type { RunPlan, RunRecord } from "../trainer/benchmark/index.ts";

export interface RunOptions {
  out?: string;
  resume?: boolean;
  device?: Device;
}

/** What every run in which somebody plays may be told, whatever the game. */
export interface PlayedOptions extends RunOptions {
  episodes?: number;
  seed?: number;
  temperature?: number;
  greedy?: boolean;
  maxTokens?: number;
  retry?: string;
  concurrency?: number;
  timeout?: number;
  watch?: string;
  json?: boolean;
}

/** What a run is told by whoever attends it. */
export interface AttendedRun {
  directory: string;
  resume: boolean;
  signal: AbortSignal;
  onStart: (total: number) => void;
  onRecord: (record: Pick<RunRecord, "outcome">) => void;
}

interface Attendance {
  suite: string;
  /** What there are so many of, such as "episodes"; and what happens to them at Ctrl-C. */
  what: string;
  stops: string;
}

const INTERRUPTED = 130;

/** @throws TouchlineError `cli/out` where a run is to be gone on with and nobody says which. */
export function requireOut(needed: boolean | undefined, { out }: RunOptions): void {
  if (needed && out === undefined)
    throw new TouchlineError("cli/out", "Give the folder of the run by --out DIR.");
}

/**
 * Plays and tells what came of it. The exit status is 1 when something crashed or had no answer, 130 after Ctrl-C.
 * @throws TouchlineError `cli/out`, `cli/retry`, and what the run throws.
 */
export async function benchPlayed<Summary extends Ended>(
  who: string,
  options: PlayedOptions,
  { run, print }: { run: () => Promise<Summary>; print: (summary: Summary) => void },
): Promise<void> {
  requireOut(options.resume, options);
  requireRetryOfFailed(who, options);
  const summary = await run();
  if (options.json) printJson(summary);
  else print(summary);
  setStatus(summary);
}

/** @throws TouchlineError `cli/retry`: in play all that can be tried again is what crashed or had no answer. */
function requireRetryOfFailed(who: string, { retry, resume }: PlayedOptions): void {
  if (retry === undefined || (resume && retry === "failed")) return;
  throw new TouchlineError("cli/retry", `${who} has --retry failed only, together with --resume.`);
}

/** The plan that a run is gone on with; undefined for a new run. @throws TouchlineError `bench/differs`, `bench/run`. */
export async function keptPlan<P extends RunPlan>(
  suite: string,
  { out, resume }: RunOptions,
): Promise<P | undefined> {
  const runs = await import("../trainer/benchmark/index.ts");
  return resume && runs.hasRun(out!) ? planOfSuite<P>(suite, out!) : undefined;
}

/** @throws TouchlineError `bench/differs` for a run of another suite, `bench/run` for none. */
export async function planOfSuite<P extends RunPlan>(suite: string, directory: string): Promise<P> {
  const { readPlan } = await import("../trainer/benchmark/index.ts");
  const plan = readPlan(directory);
  if (plan.suite === suite) return plan as P;
  throw new TouchlineError("bench/differs", `The run is one of the suite ${plan.suite}, not of ${suite}.`);
}

/** Where models run: as said, else where the run's model did. @throws TouchlineError `graph/device`. */
export async function deviceOf({ device }: RunOptions, kept: object | null | undefined): Promise<Device> {
  const place = device ?? (kept && "device" in kept ? (kept.device as Device) : "cpu");
  await requireDevice(place);
  return place;
}

/** What was said on the command line, and nothing of what was not. */
export function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Runs with a line of progress; the first Ctrl-C lets it end what is under way. */
export async function attend<T>(
  { suite, what, stops }: Attendance,
  { out, resume = false }: RunOptions,
  work: (run: AttendedRun) => Promise<T>,
): Promise<T> {
  const runs = await import("../trainer/benchmark/index.ts");
  const directory = out ?? runs.freeRunFolder(join("runs", "bench"), suite);
  let progress: ReturnType<typeof runs.runProgress> | undefined;
  const onStart = (total: number): void => void (progress = runs.runProgress(total, what));
  const onRecord = ({ outcome }: Pick<RunRecord, "outcome">): void =>
    progress?.add(runs.FAILURES.some((one) => one === outcome));
  return untilInterrupted((signal) => work({ directory, resume, signal, onStart, onRecord }), {
    signals: ["SIGINT", "SIGTERM"],
    onInterrupt: () => {
      progress?.clear();
      console.error(`${stops} Once more ends it at once.`);
    },
  })
    .then(async (summary) => {
      progress?.clear();
      await writeReport(directory);
      return summary;
    })
    .finally(() => progress?.clear());
}

/** Pictures in the report that stands beside every run; `touchline report` makes one with more. */
const PICTURES = 200;

/** For the page, which reads reports as files. What is wrong with one is no fault of the run. */
async function writeReport(directory: string): Promise<void> {
  const { readReport, reportPage } = await import("../trainer/report/index.ts");
  const { writeWhole } = await import("../trainer/benchmark/index.ts");
  try {
    const { report, pictures } = await readReport([directory], { mostPictures: PICTURES });
    writeWhole(join(directory, "report.html"), reportPage(report, pictures));
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    console.error(`touchline: ${error.code}: No report was written: ${error.message}`);
  }
}

interface Ended {
  interrupted: boolean;
  overall: { outcomes: Readonly<Record<string, number>> };
}

/** The status is 130 after Ctrl-C, and 1 where nothing came of some, for no fault of the policy. */
export function setStatus({ interrupted, overall: { outcomes } }: Ended): void {
  const { infra_error: unanswered = 0, judge_error: unjudged = 0 } = outcomes;
  if (interrupted) process.exitCode = INTERRUPTED;
  else if (unanswered + unjudged > 0) process.exitCode = 1;
}

/** How to play what is missing, such as "episodes"; nothing where nothing is. */
export function printMissing(
  {
    suite,
    missing,
    interrupted,
    directory,
  }: { suite: string; missing: number; interrupted: boolean; directory: string },
  what: string,
): void {
  if (!interrupted && missing === 0) return;
  printLine(
    `${missing} ${what} are missing; go on with: touchline bench ${suite} --out ${directory} --resume`,
  );
}
