/** @file `touchline bench league`: policies play each other, and what their ratings come to. */
import { printLine, printTable } from "./output.ts";
import type { LeaguePlan, LeagueSummary } from "../trainer/benchmark/league/index.ts";
import { OF_QUESTIONS, refuse } from "./bench-football.ts";
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

export interface LeagueOptions extends PlayedOptions {
  policy?: readonly string[];
  scenario?: string;
  vary?: boolean;
  workers?: number;
}

export async function benchLeague(options: LeagueOptions): Promise<void> {
  refuse("league", options, { ...OF_QUESTIONS, size: "--size", clock: "--clock" });
  await benchPlayed("A league", options, { run: () => run(options), print: printSummary });
}

async function run(options: LeagueOptions): Promise<LeagueSummary> {
  const league = await import("../trainer/benchmark/league/index.ts");
  const { out, retry, workers, concurrency, greedy, timeout: timeoutSeconds, watch } = options;
  const { policy: policies, scenario, episodes, seed, vary, maxTokens } = options;
  const kept = await keptPlan<LeaguePlan>(league.LEAGUE, options);
  const temperature = greedy ? 0 : options.temperature;
  const wishes = {
    recorded: out !== undefined,
    ...(kept && league.leagueWishesOf(kept)),
    ...given({ policies, scenario, episodes, seed, vary, maxTokens, temperature }),
  };
  const local = kept?.models.find((one) => one !== null && "device" in one.model);
  const device = await deviceOf(options, local?.model);
  if (watch !== undefined) await (await import("../agent/match/index.ts")).checkFeed(watch);
  const plan = await league.leaguePlanOf(wishes, device);
  const how = { retryFailed: retry !== undefined, workers, concurrency, timeoutSeconds, watch };
  const stops = "It stops once the matches under way are over.";
  return attend({ suite: league.LEAGUE, what: "matches", stops }, options, (attended) =>
    league.runLeague({ ...attended, ...how, plan }),
  );
}

function printSummary(summary: LeagueSummary): void {
  const { standings, rows, overall, directory, hash } = summary;
  const { policies, scenario, episodes, seed, vary } = summary.plan as LeaguePlan;
  const last = (seed + episodes - 1) >>> 0;
  printLine(
    `league: ${policies.length} policies in ${scenario}, ${vary ? "varied" : "fixed"} starts, seeds ${seed} to ${last}, ends changed`,
  );
  printLine();
  printTable(
    ["", "rating", "95 % interval", "n", "won", "drawn", "lost", "goals"],
    standings.map(({ policy, rating, low, high, matches, ...tally }) =>
      [policy, rating.toFixed(0), `${low.toFixed(0)} to ${high.toFixed(0)}`, matches].concat(
        tallyCells(tally),
      ),
    ),
  );
  printLine();
  printTable(
    ["", "points %", "95 % interval", "n", "won", "drawn", "lost", "goals"],
    rows.map(({ value, score, ...row }) => {
      const { won, drawn, lost } = row;
      return [value, points(score.mean), interval(score), won + drawn + lost].concat(tallyCells(row));
    }),
  );
  printLine();
  printLine("Ratings are Elo points around the league's mean; a draw is half a win, and half the points.");
  printLine(`Outcomes of the pairs' first: ${outcomesText(overall.outcomes)}`);
  printLine(`The run is in ${directory}; hash over every state of every match: ${hash}`);
  printMissing(summary, "matches");
}

type Tally = Pick<LeagueSummary["standings"][number], "won" | "drawn" | "lost" | "goalsFor" | "goalsAgainst">;

function tallyCells({ won, drawn, lost, goalsFor, goalsAgainst }: Tally): (string | number)[] {
  return [won, drawn, lost, `${goalsFor}:${goalsAgainst}`];
}
