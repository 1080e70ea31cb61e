/** @file Which matches a server shows: several of our own choice, or one scenario as often as asked. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { chooseActions, type Clock, opponentOf, parsePlayers } from "../../agent/match/index.ts";
import { type DecisionSteps, parsePolicy, type PolicyOptions } from "../../agent/policy/index.ts";
import { checkReplayable, readEpisode } from "../../env/episode/index.ts";
import { TouchlineError } from "../../env/error.ts";
import type { Scenario } from "../../env/football/index.ts";
import { validateScenario } from "../../scenarios/index.ts";
import type { MatchPlan, Players } from "./plan.ts";

/** Drills that show something different each, and a whole match. The first is what a visitor sees first. */
export const DEFAULT_SCENARIOS = [
  "academy_run_pass_and_shoot_with_keeper",
  "academy_3_vs_1_with_keeper",
  "11_vs_11_stochastic",
  "academy_counterattack_hard",
  "academy_run_to_score_with_keeper",
  "academy_single_goal_versus_lazy",
] as const;

export interface Programme {
  /** How policies are written on the command line; undefined leaves a match to who plays it best. */
  policy?: string | undefined;
  /** undefined leaves the right side to its built-in players. */
  opponent?: string | undefined;
  /** Who is under control on the left, as on the command line; undefined takes the scenario's choice. */
  players?: string | undefined;
  /** The set that both sides play with; undefined takes the first that the policies can play with. */
  actions?: string | undefined;
  seed: number;
  vary?: boolean | undefined;
  /** What those who play by words are told; how long decisions last, and whether the game waits for them. */
  words?: PolicyOptions | undefined;
  decisionSteps?: DecisionSteps | undefined;
  clock?: Clock | undefined;
}

/**
 * A match of each scenario; each has policies of its own, and seeds far from the others'. Throws what `parsePolicy`,
 * `parsePlayers` and `chooseActions` throw.
 */
export function planMatches(scenarios: readonly Scenario[], programme: Programme): MatchPlan[] {
  const { policy, opponent, players, actions, seed, vary, decisionSteps, clock } = programme;
  const options = { ...programme.words, people: true };
  const times = new Map<string, number>();
  return scenarios.map((scenario) => {
    const time = (times.get(scenario.id) ?? 0) + 1;
    times.set(scenario.id, time);
    const other = opponentOf(scenario, opponent);
    const again = (): Players => ({
      left: parsePolicy(policy ?? usualPolicy(scenario), options),
      right: other === undefined ? undefined : parsePolicy(other, options),
    });
    const { left, right } = again();
    return {
      id: time === 1 ? scenario.id : `${scenario.id}-${time}`,
      scenario,
      left,
      right,
      again,
      players: players === undefined ? undefined : parsePlayers(players, scenario),
      actions: chooseActions(actions, left, right),
      seed: seed + 1000 * (time - 1),
      vary,
      decisionSteps,
      clock,
    };
  });
}

/** The model that ships, in what it was trained on; it has never seen a whole match. */
function usualPolicy({ suite }: Scenario): string {
  return suite === "academy" ? "nano" : "scripted";
}

/**
 * A match of each recorded episode, played again and again, or `held` at its end for those who look back. Throws `replay/file` for what cannot be read, and what
 * `checkReplayable` throws.
 */
export function planReplays(files: readonly string[], held = false): MatchPlan[] {
  return files.map((file, i) => {
    const name = basename(file, ".jsonl");
    try {
      const episode = checkReplayable(readEpisode(readFileSync(file)));
      const { scenario, seed } = episode.header;
      validateScenario(scenario, "its scenario");
      const twice = files.slice(0, i).some((other) => basename(other, ".jsonl") === name);
      return {
        id: twice ? `${name}-${i + 1}` : name,
        scenario,
        seed,
        held,
        recording: episode,
      };
    } catch (error) {
      if (error instanceof TouchlineError) throw new TouchlineError(error.code, `${file}: ${error.message}`);
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw new TouchlineError(
        "replay/file",
        `${file} cannot be read (${code}); give the path of a .jsonl file.`,
      );
    }
  });
}
