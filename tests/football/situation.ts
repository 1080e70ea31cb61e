/** @file Matches in a given situation, for tables of laws, and envs: real state, real scenario files. */
import { afterEach } from "vitest";
import { type FootballEnv, type FootballOptions, makeEnv, type Scenario } from "../../env/football/index.ts";
import type { Match, Team } from "../../env/football/state/match.ts";
import { startMatch } from "../../env/football/state/start.ts";
import { loadScenario } from "../../scenarios/load.ts";

export const eleven = loadScenario("11_vs_11_stochastic");

export function matchOf(scenario = eleven, seed = 1): Match {
  return startMatch(scenario, scenario.control, seed, false);
}

/** A match in which this team touched the ball last. */
export function touchedBy(team: Team): Match {
  const match = matchOf();
  match.ball.lastTouch = match.players.find((player) => player.team === team && !player.keeper)!.id;
  return match;
}

const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

/** An env of a scenario or of a scenario's id, closed after the test. */
export async function envOf(
  scenario: string | Scenario,
  options: FootballOptions = {},
): Promise<FootballEnv> {
  const env = await makeEnv(typeof scenario === "string" ? loadScenario(scenario) : scenario, options);
  open.push(env);
  return env;
}
