/** @file The step that a reward is for, as one team sees it: it attacks to the right. */
import { attackSign, toScenario } from "../pitch.ts";
import { type Match, ownerOf, type Team } from "../state/match.ts";

export type Place = readonly [x: number, y: number];

export interface TeamView {
  /** Ball and opponents still in play, in the scenario's coordinates. */
  ball: Place;
  opponents: readonly Place[];
  /** Who has the ball, by id, -1 for nobody; and whose he is. */
  owner: number;
  owned: "own" | "other" | "nobody";
}

export function teamView(match: Match, team: Team): TeamView {
  const sign = attackSign(team);
  const turned = (x: number, y: number): Place => {
    const [sx, sy] = toScenario(match.pitch, x, y);
    return [sign * sx, sign * sy];
  };
  const owner = ownerOf(match);
  return {
    ball: turned(match.ball.x, match.ball.y),
    opponents: match.players
      .filter((player) => player.team !== team && !player.sentOff)
      .map((player) => turned(player.x, player.y)),
    owner: owner ? owner.id : -1,
    owned: owner ? (owner.team === team ? "own" : "other") : "nobody",
  };
}
