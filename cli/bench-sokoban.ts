/** @file `touchline bench` of Sokoban: a policy plays levels, and what came of it. */
import { printLine, printTable } from "./output.ts";
import type { SokobanPlan, SokobanSuite, SokobanSummary } from "../trainer/benchmark/sokoban/index.ts";
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
import { OF_QUESTIONS, refuse } from "./bench-football.ts";

interface SokobanOptions extends PlayedOptions {
  policy?: string;
  size?: string[];
}

const OF_FOOTBALL = { vary: "--vary", workers: "--workers", clock: "--clock" } as const;

export async function benchSokoban(suite: SokobanSuite, options: SokobanOptions): Promise<void> {
  refuse(suite.name, options, { ...OF_QUESTIONS, ...OF_FOOTBALL });
  await benchPlayed("Sokoban", options, {
    run: () => run(suite, options),
    print: (summary) => printSummary(summary, suite),
  });
}

async function run(suite: SokobanSuite, options: SokobanOptions): Promise<SokobanSummary> {
  const sokoban = await import("../trainer/benchmark/sokoban/index.ts");
  const { retry, concurrency, greedy, timeout, watch } = options;
  const { policy: named, size: sizes, episodes, seed, maxTokens } = options;
  const kept = await keptPlan<SokobanPlan>(suite.name, options);
  const temperature = greedy ? 0 : options.temperature;
  const wishes = {
    ...(kept && sokoban.sokobanWishesOf(kept)),
    ...given({ policy: named, sizes, episodes, seed, maxTokens, temperature }),
  };
  const { policy = "nano" } = wishes;
  const device = await deviceOf(options, kept?.words?.model);
  const server = timeout === undefined ? {} : { timeoutSeconds: timeout };
  const cast = await sokoban.sokobanCast(suite, { ...wishes, policy }, { device, ...server });
  if (watch !== undefined) await (await import("../agent/match/index.ts")).checkFeed(watch);
  const stops = "It stops; what has been played is kept.";
  return attend({ suite: suite.name, what: "levels", stops }, options, (run) =>
    sokoban.runSokoban({ ...run, suite, ...cast, retryFailed: retry !== undefined, concurrency, watch }),
  );
}

function printSummary(summary: SokobanSummary, { name }: SokobanSuite): void {
  const { directory, overall, rows, means } = summary;
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
      points(success.mean),
      interval(success),
      (100 - 5 * row.bound).toFixed(2),
      row.moves.toFixed(1),
      row.unparsed.toFixed(2),
    ]),
  );
  printLine();
  printLine(`Outcomes: ${outcomesText(overall.outcomes)}`);
  if (means.proven < 1) {
    const share = points(1 - means.proven);
    printLine(
      `Of ${share} % of the levels no shortest solution is proven; their scores are too low if anything.`,
    );
  }
  printLine(`The run is in ${directory}.`);
  printMissing(summary, "levels");
}
