/** @file A run of a league: the matches that are missing are played, and each is written as it ends. */
import { join } from "node:path";
import { parsePolicy } from "../../../agent/policy/index.ts";
import { loadScenario } from "../../../scenarios/load.ts";
import type { RolloutTask } from "../../rollout/index.ts";
import { EPISODES, type EpisodeOptions, playEpisodes, saidTo, shownOn } from "../football/index.ts";
import { CONCURRENCY } from "../index.ts";
import { concludeLeague, type LeagueSummary } from "./conclude.ts";
import { type LeaguePlan, wordsOf } from "./plan.ts";
import { type Fixture, fixturesOf, leagueFileOf, recordOf, sampleOf } from "./record.ts";

export interface LeagueRunOptions extends EpisodeOptions {
  plan: LeaguePlan;
}

/** @throws TouchlineError as `playEpisodes`. */
export async function runLeague(options: LeagueRunOptions): Promise<LeagueSummary> {
  const { plan } = options;
  const { scenario, policies, models } = plan;
  const fixtures = fixturesOf(plan);
  // By seed, so that a league that is stopped has let everybody play about as often.
  const jobs = Array.from({ length: plan.episodes }, (_, i) => (plan.seed + i) >>> 0).flatMap((seed) =>
    fixtures.map((_, task) => ({ task, seed })),
  );
  const words = saidTo(wordsOf(plan), options);
  return playEpisodes(options, {
    plan,
    jobs,
    sampleOf: ({ task, seed }) => sampleOf(fixtures[task]!, seed),
    fileOf: ({ task, seed }) => leagueFileOf(fixtures[task]!, scenario, seed),
    tasksOf: (lane) => tasksOf(options, fixtures, lane),
    models: policies.filter((_, place) => models[place] !== null).map((one) => parsePolicy(one, words)),
    concurrency: models.some((one) => one && "server" in one.model) ? CONCURRENCY.server : CONCURRENCY.local,
    recordOf: (job, done) => recordOf(plan, fixtures[job.task]!, job, done),
    conclude: (records) => concludeLeague(options, records, jobs.length),
  });
}

function tasksOf(options: LeagueRunOptions, fixtures: readonly Fixture[], lane: number): RolloutTask[] {
  const { directory, plan, watch } = options;
  const scenario = loadScenario(plan.scenario);
  return fixtures.map(({ left, right, folder }) => ({
    scenario,
    policy: left,
    opponent: right,
    vary: plan.vary,
    words: saidTo(wordsOf(plan), options),
    ...(plan.recorded && { record: join(directory, EPISODES, folder) }),
    ...shownOn(watch, lane),
  }));
}
