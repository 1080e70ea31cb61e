/** @file Matches in a given situation, for tables of laws: real state, real scenario files. */
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
