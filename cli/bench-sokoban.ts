/** @file `touchline bench` of Sokoban: a policy plays levels, and what came of it. */
import { join } from "node:path";
import { requireDevice } from "./device.ts";
import { untilInterrupted } from "./interrupt.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Device } from "../agent/graph/index.ts";
import type { RunPlan } from "../trainer/benchmark/index.ts";
import type { SokobanPlan, SokobanSuite, SokobanSummary } from "../trainer/benchmark/sokoban/index.ts";
import { outcomesText } from "./bench-table.ts";
import { OF_QUESTIONS, refuse } from "./bench-football.ts";

interface SokobanOptions {
  policy?: string;
  size?: string[];
  episodes?: number;
  seed?: number;
  temperature?: number;
  greedy?: boolean;
  maxTokens?: number;
  out?: string;
  resume?: boolean;
  retry?: string;
  concurrency?: number;
  timeout?: number;
  device?: Device;
  json?: boolean;
}

const OF_FOOTBALL = { vary: "--vary", workers: "--workers", clock: "--clock", watch: "--watch" } as const;
const INTERRUPTED = 130;

/** The exit status is 1 when levels had no answer, 130 after Ctrl-C. */
export async function benchSokoban(suite: SokobanSuite, options: SokobanOptions): Promise<void> {
  refuse(suite.name, options, { ...OF_QUESTIONS, ...OF_FOOTBALL });
  if (options.resume && options.out === undefined) {
    throw new TouchlineError("cli/out", "Give the folder of the run by --out DIR.");
  }
  if (options.retry !== undefined && (!options.resume || options.retry !== "failed")) {
    throw new TouchlineError("cli/retry", "Sokoban has --retry failed only, together with --resume.");
  }
  const summary = await run(suite, options);
  if (options.json) printJson(summary);
  else printSummary(summary, suite);
  if (summary.interrupted) process.exitCode = INTERRUPTED;
  else if ((summary.overall.outcomes["infra_error"] ?? 0) > 0) process.exitCode = 1;
}

async function run(suite: SokobanSuite, options: SokobanOptions): Promise<SokobanSummary> {
  const sokoban = await import("../trainer/benchmark/sokoban/index.ts");
  const runs = await import("../trainer/benchmark/index.ts");
  const { out, resume = false, retry, concurrency, greedy, timeout } = options;
  const { policy: named, size: sizes, episodes, seed, maxTokens } = options;
  const kept = resume && runs.hasRun(out!) ? keptPlan(runs.readPlan(out!), suite) : undefined;
  const temperature = greedy ? 0 : options.temperature;
  const said = { policy: named, sizes, episodes, seed, maxTokens, temperature };
  const wishes = {
    ...(kept && sokoban.sokobanWishesOf(kept)),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
  const { policy = "nano" } = wishes;
  const model = kept?.words?.model;
  const device = options.device ?? (model && "device" in model ? model.device : "cpu");
  await requireDevice(device);
  const cast = await sokoban.sokobanCast(
    suite,
    { ...wishes, policy },
    {
      device,
      ...(timeout !== undefined && { timeoutSeconds: timeout }),
    },
  );
  const directory = out ?? runs.freeRunFolder(join("runs", "bench"), suite.name);
  let progress: ReturnType<typeof runs.runProgress> | undefined;
  return untilInterrupted(
    (signal) =>
      sokoban.runSokoban({
        directory,
        suite,
        ...cast,
        resume,
        signal,
        retryFailed: retry !== undefined,
        concurrency,
        onStart: (total) => (progress = runs.runProgress(total, "levels")),
        onRecord: ({ outcome }) => progress?.add(outcome === "infra_error"),
      }),
    {
      signals: ["SIGINT", "SIGTERM"],
      onInterrupt: () => {
        progress?.clear();
        console.error("It stops; what has been played is kept. Once more ends it at once.");
      },
    },
  ).finally(() => progress?.clear());
}

function keptPlan(plan: RunPlan, suite: SokobanSuite): SokobanPlan {
  if (plan.suite === suite.name) return plan as SokobanPlan;
  throw new TouchlineError(
    "bench/differs",
    `The run is one of the suite ${plan.suite}, not of ${suite.name}.`,
  );
}

function printSummary(summary: SokobanSummary, { name }: SokobanSuite): void {
  const { directory, overall, missing, interrupted, rows, means } = summary;
  const { episodes, seed } = summary.plan as SokobanPlan;
  printLine(
    `${name}: ${summary.policy}, ${episodes} levels of each size that are never trained on, from seed ${seed}`,
  );
  printLine();
  printTable(
    ["", "n", "score", "95 % interval", "solved %", "95 % interval", "idle's score", "moves", "unparsed"],
    [{ id: "all", ...overall, ...means }, ...rows].map(({ id, success, score, ...row }) => [
      id,
      success.n,
      score.mean.toFixed(2),
      score.low === null || score.high === null ? "" : `${score.low.toFixed(2)} to ${score.high.toFixed(2)}`,
      percent(success.mean),
      `${percent(success.low)} to ${percent(success.high)}`,
      (100 - 5 * row.bound).toFixed(2),
      row.moves.toFixed(1),
      row.unparsed.toFixed(2),
    ]),
  );
  printLine();
  printLine(`Outcomes: ${outcomesText(overall.outcomes)}`);
  if (means.proven < 1) {
    const share = percent(1 - means.proven);
    printLine(
      `Of ${share} % of the levels no shortest solution is proven; their scores are too low if anything.`,
    );
  }
  printLine(`The run is in ${directory}.`);
  if (interrupted || missing > 0) {
    printLine(
      `${missing} levels are missing; go on with: touchline bench ${name} --out ${directory} --resume`,
    );
  }
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
