/** @file A team's keeper, and whom a control list names. */
import type { Control, Scenario, TeamSetup } from "../../env/football/scenario.ts";
import type { Problem } from "../../env/problem.ts";

const SIDES = ["left", "right"] as const;

export function checkTeams(scenario: Scenario): Problem[] {
  return SIDES.flatMap((side) =>
    checkKeeper(side, scenario[side]).concat(checkControl(side, scenario[side], scenario.control[side])),
  );
}

function checkKeeper(side: string, team: TeamSetup): Problem[] {
  const keepers = team.players.flatMap((player, place) => (player.role === "GK" ? [place] : []));
  if (keepers.length === 1) return [];
  const found = keepers.length === 0 ? "no keeper" : `${keepers.length} keepers, at ${keepers.join(" and ")}`;
  return [{ path: [side, "players"], says: `has ${found}; expected exactly one player with the role GK` }];
}

function checkControl(side: string, team: TeamSetup, control: Control): Problem[] {
  if (typeof control === "string") return [];
  if ("count" in control) {
    const free = team.players.filter((player) => player.controllable !== false).length;
    if (control.count <= free) return [];
    return [{ path: ["control", side, "count"], says: `is ${control.count}; expected 1 to ${free}` }];
  }
  return control.flatMap((place, i) => {
    const path = ["control", side, i];
    const player = team.players[place];
    if (player === undefined) {
      return [
        { path, says: `is ${place}; expected a place from 0 to ${team.players.length - 1} of ${side}` },
      ];
    }
    if (player.controllable === false) {
      return [
        { path, says: `is ${place}, a player with "controllable": false; expected one who may be given` },
      ];
    }
    if (control.indexOf(place) !== i) {
      return [{ path, says: `is ${place}, which is in the list before; expected each place once` }];
    }
    return [];
  });
}
