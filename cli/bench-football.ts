/** @file `touchline bench` of a suite of football: a policy plays its scenarios, and what came of it. */
import { printLine, printTable } from "./output.ts";
import { TouchlineError } from "../env/error.ts";
import type { Clock } from "../agent/match/index.ts";
import type { Score } from "../trainer/benchmark/index.ts";
import type { FootballPlan, FootballSuite, FootballSummary } from "../trainer/benchmark/football/index.ts";
import {
  attend,
  benchPlayed,
  deviceOf,
  given,
  keptPlan,
  type PlayedOptions,
  printMissing,
} from "./bench-run.ts";
import { interval, outcomesText, points } from "./bench-table.ts";

export interface FootballOptions extends PlayedOptions {
  policy?: string;
  vary?: boolean;
  workers?: number;
  clock?: Clock;
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

const EPISODES_STOP = "It stops once the episodes under way are over.";

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

export async function benchFootball(suite: FootballSuite, options: FootballOptions): Promise<void> {
  refuse(suite.name, options, OF_QUESTIONS);
  if (suite.clock !== undefined) refuse(suite.name, options, { clock: "--clock" });
  await benchPlayed("Football", options, {
    run: () => run(suite, options),
    print: (summary) => printSummary(summary, suite),
  });
}

async function run(suite: FootballSuite, options: FootballOptions): Promise<FootballSummary> {
  const football = await import("../trainer/benchmark/football/index.ts");
  const { out, retry, workers, concurrency, greedy, timeout: timeoutSeconds } = options;
  const { policy: named, episodes, seed, vary, maxTokens, clock, watch } = options;
  const kept = await keptPlan<FootballPlan>(suite.name, options);
  const temperature = greedy ? 0 : options.temperature;
  const wishes = {
    recorded: out !== undefined,
    ...(kept && football.footballWishesOf(kept)),
    ...given({ policy: named, episodes, seed, vary, maxTokens, temperature, clock }),
  };
  const { policy = "nano" } = wishes;
  const device = await deviceOf(options, kept?.words?.model);
  if (watch !== undefined) await (await import("../agent/match/index.ts")).checkFeed(watch);
  const plan = await football.footballPlanOf(suite, { ...wishes, policy }, device);
  const how = { retryFailed: retry !== undefined, workers, concurrency, timeoutSeconds, watch };
  return attend({ suite: suite.name, what: "episodes", stops: EPISODES_STOP }, options, (run) =>
    football.runFootball({ ...run, ...how, plan, suite }),
  );
}

function printSummary(summary: FootballSummary, { name, scored, also, groupsOf }: FootballSuite): void {
  const { directory, overall, hash, means } = summary;
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
  printMissing(summary, "episodes");
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
    points(success.mean),
    interval(success),
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

function thinkingText({ means }: FootballSummary): string {
  const { thinkingSteps, thinkingMilliseconds, steps, decisions } = means;
  if (thinkingMilliseconds === null) return "The game waited for every decision.";
  const each = (thinkingMilliseconds / Math.max(1, decisions)).toFixed(0);
  const share = points(thinkingSteps / Math.max(1, steps));
  return `A decision took ${each} ms to think in the mean; ${thinkingSteps.toFixed(1)} of an episode's ${steps.toFixed(1)} steps (${share} %) went by meanwhile.`;
}
