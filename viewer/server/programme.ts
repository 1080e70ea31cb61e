/** @file Which matches a server shows: several of our own choice, or one scenario as often as asked. */
import { parsePolicy } from "../../agent/policy/index.ts";
import type { Scenario } from "../../env/football/index.ts";
import type { MatchPlan } from "./room.ts";

/** A whole match, and drills that show something different each. */
export const DEFAULT_SCENARIOS = [
  "11_vs_11_stochastic",
  "academy_3_vs_1_with_keeper",
  "academy_corner",
  "academy_counterattack_hard",
  "academy_run_pass_and_shoot_with_keeper",
  "academy_single_goal_versus_lazy",
] as const;

export interface Programme {
  /** How policies are written on the command line; undefined leaves a side to its built-in players. */
  policy: string;
  opponent?: string | undefined;
  seed: number;
  vary?: boolean | undefined;
}

/** A match of each scenario; each has policies of its own, and seeds far from the others'. */
export function planMatches(scenarios: readonly Scenario[], programme: Programme): MatchPlan[] {
  const { policy, opponent, seed, vary } = programme;
  const times = new Map<string, number>();
  return scenarios.map((scenario) => {
    const time = (times.get(scenario.id) ?? 0) + 1;
    times.set(scenario.id, time);
    return {
      id: time === 1 ? scenario.id : `${scenario.id}-${time}`,
      scenario,
      left: parsePolicy(policy),
      right: opponent === undefined ? undefined : parsePolicy(opponent),
      seed: seed + 1000 * (time - 1),
      vary,
    };
  });
}
