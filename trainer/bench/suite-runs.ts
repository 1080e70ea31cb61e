/**
 * @file Runs of the suites that are played, each kept in a folder that its plan names: what has been played with these
 * weights, seeds and scenarios is not played again, and what was interrupted goes on.
 */
import { join } from "node:path";
import { type Score, sha256 } from "../benchmark/index.ts";
import {
  type FootballPlan,
  footballPlanOf,
  footballSuite,
  runFootball,
} from "../benchmark/football/index.ts";
import { leaguePlanOf, runLeague, type Standing } from "../benchmark/league/index.ts";
import { runSokoban, sokobanCast, type SokobanPlan, sokobanSuite } from "../benchmark/sokoban/index.ts";
import type { Rate } from "../statistics/index.ts";

/** What is played, as on the command line of `touchline bench`. */
export interface Wish {
  suite: string;
  episodes: number;
  vary?: boolean;
  /** Of models: the likeliest words. */
  greedy?: boolean;
  /** Of Sokoban. */
  sizes?: readonly string[];
}

export interface Came {
  policy: string;
  command: string;
  success: Rate;
  score: Score;
  /** The suite's other score. */
  also: Score | null;
}

export interface Store {
  directory: string;
  workers: number;
}

/** @throws TouchlineError what the run throws. */
export async function cameOf(wish: Wish, policy: string, store: Store): Promise<Came> {
  const { suite: name, episodes, vary = false, greedy = false, sizes } = wish;
  const temperature = greedy ? 0 : undefined;
  // The plans know who plays by words; the others have no likeliest ones.
  const command = (plan: { words: object | null }): string =>
    commandOf({ ...wish, greedy: greedy && plan.words !== null }, [policy]);
  const sokoban = sokobanSuite(name);
  if (sokoban !== undefined) {
    const cast = await sokobanCast(sokoban, { policy, episodes, sizes, temperature });
    const { overall } = await runSokoban({ ...cast, suite: sokoban, ...folderOf(cast.plan, store) });
    return {
      policy,
      command: command(cast.plan),
      success: overall.success,
      score: overall.score,
      also: null,
    };
  }
  const suite = footballSuite(name)!;
  const plan = await footballPlanOf(suite, { policy, episodes, vary, temperature });
  const { overall, also } = await runFootball({ plan, suite, ...folderOf(plan, store) });
  return { policy, command: command(plan), success: overall.success, score: overall.headline, also };
}

/** Everybody against everybody. @throws TouchlineError what the run throws. */
export async function leagueOf(
  policies: readonly string[],
  episodes: number,
  store: Store,
): Promise<{ standings: readonly Standing[]; command: string }> {
  const plan = await leaguePlanOf({ policies, episodes, temperature: 0 });
  const { standings } = await runLeague({ plan, ...folderOf(plan, store) });
  return { standings, command: commandOf({ suite: "league", episodes, greedy: true }, policies) };
}

function folderOf(plan: FootballPlan | SokobanPlan | object, { directory, workers }: Store) {
  const { suite, policy } = plan as FootballPlan;
  const name = `${suite}-${policy}`.replaceAll(/[^a-z0-9]+/gi, "-");
  const hash = sha256(JSON.stringify(plan)).slice(0, 8);
  return { directory: join(directory, `${name.slice(0, 60)}-${hash}`), resume: true, workers };
}

function commandOf({ suite, episodes, vary, greedy, sizes }: Wish, policies: readonly string[]): string {
  return [
    suite,
    ...policies.map((policy) => `--policy ${policy}`),
    ...(sizes ? [`--size ${sizes.join(" ")}`] : []),
    `--episodes ${episodes}`,
    ...(vary ? ["--vary"] : []),
    ...(greedy ? ["--greedy"] : []),
  ].join(" ");
}
