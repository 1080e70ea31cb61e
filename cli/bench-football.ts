/** @file `touchline bench` of a suite of football: a policy plays its scenarios, and what came of it. */
import { join } from "node:path";
import { requireDevice } from "./device.ts";
import { untilInterrupted } from "./interrupt.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Clock } from "../agent/match/index.ts";
import type { Device } from "../agent/graph/index.ts";
import type { RunPlan, Score } from "../trainer/benchmark/index.ts";
import type { FootballPlan, FootballSuite, FootballSummary } from "../trainer/benchmark/football/index.ts";
import { outcomesText } from "./bench-table.ts";

export interface FootballOptions {
  policy?: string;
  episodes?: number;
  seed?: number;
  vary?: boolean;
  temperature?: number;
  greedy?: boolean;
  maxTokens?: number;
  out?: string;
  resume?: boolean;
  retry?: string;
  workers?: number;
  concurrency?: number;
  timeout?: number;
  clock?: Clock;
  watch?: string;
  device?: Device;
  json?: boolean;
}

/** What only questions have, as options are written. */
export const OF_QUESTIONS = {
  data: "--data",
  repeats: "--repeats",
  topP: "--top-p",
  limit: "--limit",
  scoring: "--scoring",
  judge: "--judge",
  rescore: "--rescore",
  rate: "--rate",
  cache: "--cache",
} as const;

/** And what only football has. */
const OF_FOOTBALL = {
  episodes: "--episodes",
  vary: "--vary",
  workers: "--workers",
  clock: "--clock",
  watch: "--watch",
} as const;

const INTERRUPTED = 130;

/** @throws TouchlineError `cli/option` for an option that a suite of questions does not have. */
export function refuseFootballOptions(suite: string, options: object): void {
  refuse(suite, options, OF_FOOTBALL);
}

/** @throws TouchlineError `cli/option` for one of these options. */
export function refuse(suite: string, options: object, names: Readonly<Record<string, string>>): void {
  const wrong = Object.entries(names).find(([key]) => key in options);
  if (wrong === undefined) return;
  throw new TouchlineError("cli/option", `The suite ${suite} has no ${wrong[1]}; leave it away.`);
}

/** The exit status is 1 when episodes crashed or had decisions without an answer, 130 after Ctrl-C. */
export async function benchFootball(suite: FootballSuite, options: FootballOptions): Promise<void> {
  refuse(suite.name, options, OF_QUESTIONS);
  if (suite.clock !== undefined) refuse(suite.name, options, { clock: "--clock" });
  if (options.resume && options.out === undefined) {
    throw new TouchlineError("cli/out", "Give the folder of the run by --out DIR.");
  }
  if (options.retry !== undefined && (!options.resume || options.retry !== "failed")) {
    throw new TouchlineError("cli/retry", "Football has --retry failed only, together with --resume.");
  }
  const summary = await run(suite, options);
  if (options.json) printJson(summary);
  else printSummary(summary, suite);
  if (summary.interrupted) process.exitCode = INTERRUPTED;
  else if ((summary.overall.outcomes["infra_error"] ?? 0) > 0) process.exitCode = 1;
}

async function run(suite: FootballSuite, options: FootballOptions): Promise<FootballSummary> {
  const football = await import("../trainer/benchmark/football/index.ts");
  const runs = await import("../trainer/benchmark/index.ts");
  const { out, resume = false, retry, workers, concurrency, greedy } = options;
  const { policy: named, episodes, seed, vary, maxTokens, clock, watch } = options;
  const kept = resume && runs.hasRun(out!) ? keptPlan(runs.readPlan(out!), suite) : undefined;
  const temperature = greedy ? 0 : options.temperature;
  const said = { policy: named, episodes, seed, vary, maxTokens, temperature, clock };
  const wishes = {
    recorded: out !== undefined,
    ...(kept && football.footballWishesOf(kept)),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
  const { policy = "nano" } = wishes;
  const model = kept?.words?.model;
  const device = options.device ?? (model && "device" in model ? model.device : "cpu");
  await requireDevice(device);
  if (watch !== undefined) await (await import("../agent/match/index.ts")).checkFeed(watch);
  const plan = await football.footballPlanOf(suite, { ...wishes, policy }, device);
  const directory = out ?? runs.freeRunFolder(join("runs", "bench"), suite.name);
  let progress: ReturnType<typeof runs.runProgress> | undefined;
  return untilInterrupted(
    (signal) =>
      football.runFootball({
        directory,
        plan,
        suite,
        resume,
        signal,
        retryFailed: retry !== undefined,
        workers,
        concurrency,
        timeoutSeconds: options.timeout,
        watch,
        onStart: (total) => (progress = runs.runProgress(total, "episodes")),
        onRecord: ({ outcome }) => progress?.add(outcome === "infra_error"),
      }),
    {
      signals: ["SIGINT", "SIGTERM"],
      onInterrupt: () => {
        progress?.clear();
        console.error("It stops once the episodes under way are over. Once more ends it at once.");
      },
    },
  ).finally(() => progress?.clear());
}

function keptPlan(plan: RunPlan, suite: FootballSuite): FootballPlan {
  if (plan.suite === suite.name) return plan as FootballPlan;
  throw new TouchlineError(
    "bench/differs",
    `The run is one of the suite ${plan.suite}, not of ${suite.name}.`,
  );
}

function printSummary(summary: FootballSummary, { name, scored, also, groupsOf }: FootballSuite): void {
  const { directory, overall, missing, interrupted, hash, means } = summary;
  const { episodes, seed, vary, clock, words } = summary.plan as FootballPlan;
  const rows = summary.rows.filter(({ category }) => (category === "scenario") === (groupsOf === undefined));
  const other = also === undefined ? [] : [also.scored, "95 % interval"];
  const last = (seed + episodes - 1) >>> 0;
  printLine(`${name}: ${summary.policy}, ${vary ? "varied" : "fixed"} starts, seeds ${seed} to ${last}`);
  printLine();
  printTable(
    ["", "n", "success %", "95 % interval", scored, "95 % interval"].concat(other, [
      "for",
      "against",
      "return",
      "steps",
    ]),
    [{ id: "all", ...overall, ...means, also: summary.also }, ...rows].map((row) =>
      cellsOf(row, other.length),
    ),
  );
  printLine();
  if (words !== null || clock === "realtime") printLine(thinkingText(summary));
  printLine(`Outcomes: ${outcomesText(overall.outcomes)}`);
  printLine(`The run is in ${directory}; hash over every state of every episode: ${hash}`);
  if (interrupted || missing > 0) {
    printLine(
      `${missing} episodes are missing; go on with: touchline bench ${name} --out ${directory} --resume`,
    );
  }
}

type Shown = Pick<
  FootballSummary["rows"][number],
  "id" | "success" | "score" | "also" | "goalsFor" | "goalsAgainst" | "return" | "steps"
>;

/** With so many cells for a second score. */
function cellsOf({ id, success, score, also, ...row }: Shown, others: number): (string | number)[] {
  return [
    id,
    success.n,
    percent(success.mean),
    `${percent(success.low)} to ${percent(success.high)}`,
    ...scoreCells(score),
    ...(also === null ? Array<string>(others).fill("") : scoreCells(also)),
    row.goalsFor.toFixed(2),
    row.goalsAgainst.toFixed(2),
    (row.return["total"] ?? 0).toFixed(3),
    row.steps.toFixed(0),
  ];
}

function scoreCells({ mean, low, high }: Score): string[] {
  const interval = low === null || high === null ? "" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
  return [mean.toFixed(3), interval];
}

function thinkingText({ means, plan }: FootballSummary): string {
  const { thinkingSteps, thinkingMilliseconds, steps, decisions } = means;
  const each = (thinkingMilliseconds / Math.max(1, decisions)).toFixed(0);
  const time = `A decision took ${each} ms to think in the mean`;
  if ((plan as FootballPlan).clock === "paused") return `${time}; the game waited.`;
  const share = percent(thinkingSteps / Math.max(1, steps));
  return `${time}; ${thinkingSteps.toFixed(1)} of an episode's ${steps.toFixed(1)} steps (${share} %) went by meanwhile.`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
