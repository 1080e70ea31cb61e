/** @file A run of football: what a suite's scenarios are played with, and what is kept of each episode. */
import { join } from "node:path";
import { parsePolicy } from "../../../agent/policy/index.ts";
import type { Scenario } from "../../../env/football/index.ts";
import type { RolloutTask } from "../../rollout/index.ts";
import { CONCURRENCY } from "../index.ts";
import { concludeFootball, type FootballSummary } from "./conclude.ts";
import { type EpisodeOptions, playEpisodes, saidTo, shownOn } from "./episodes.ts";
import { wordsOf } from "./plan.ts";
import { EPISODES, fileOf, type FootballPlan, recordOf, sampleOf } from "./record.ts";
import type { FootballSuite } from "./suites.ts";

export interface FootballRunOptions extends EpisodeOptions {
  plan: FootballPlan;
  suite: FootballSuite;
}

/**
 * The signal ends it once the episodes under way are over.
 * @throws TouchlineError `bench/...`, `policy/...`, and what the model has against its folder.
 */
export async function runFootball(options: FootballRunOptions): Promise<FootballSummary> {
  const { plan, suite } = options;
  const { recorded, words } = plan;
  const scenarios = suite.scenarios();
  const jobs = scenarios.flatMap((_, task) =>
    Array.from({ length: plan.episodes }, (_, i) => ({ task, seed: (plan.seed + i) >>> 0 })),
  );
  const idOf = (task: number): string => scenarios[task]!.id;
  return playEpisodes(options, {
    plan,
    jobs,
    sampleOf: ({ task, seed }) => sampleOf(idOf(task), seed),
    fileOf: ({ task, seed }) => fileOf(idOf(task), seed),
    tasksOf: (lane) => tasksOf(options, scenarios, lane),
    models: words === null ? [] : [parsePolicy(plan.policy, saidTo(wordsOf(plan), options))],
    concurrency: usualConcurrency(plan),
    recordOf: ({ task }, { outcome, milliseconds }) =>
      recordOf({ suite, recorded }, idOf(task), outcome, milliseconds),
    conclude: (records) => concludeFootball(options, records, jobs.length),
  });
}

function tasksOf(options: FootballRunOptions, scenarios: readonly Scenario[], lane: number): RolloutTask[] {
  const { directory, plan, watch } = options;
  const { policy, vary, clock, actions, recorded } = plan;
  return scenarios.map((scenario) => ({
    scenario,
    policy,
    vary,
    words: saidTo(wordsOf(plan), options),
    clock,
    ...(actions !== null && { actions }),
    ...(recorded && { record: join(directory, EPISODES) }),
    ...shownOn(watch, lane),
  }));
}

/** Whoever shares a model waits for the others, and where that costs steps nobody shares it. */
function usualConcurrency({ clock, words }: FootballPlan): number {
  if (clock === "realtime") return 1;
  return words !== null && "server" in words.model ? CONCURRENCY.server : CONCURRENCY.local;
}
