/**
 * @file How near a team is to scoring, as a potential (Ng, Harada and Russell 1999): its differences shape learning, and
 * where nothing is discounted do not change what is best. Metres count by the pitch's length.
 */
import { length } from "../../math.ts";
import { attackSign } from "../pitch.ts";
import type { Match, Team } from "../state/match.ts";

/** 0 with the ball in the goal; the less, the farther the ball is from it and the team from the ball. */
export function approachOf({ players, ball, pitch }: Match, team: Team): number {
  let toBall = Infinity;
  for (const player of players) {
    if (player.team !== team || player.keeper || player.sentOff) continue;
    toBall = Math.min(toBall, length(player.x - ball.x, player.y - ball.y));
  }
  const toGoal = length(attackSign(team) * pitch.halfLength - ball.x, ball.y);
  return -(toGoal + (toBall === Infinity ? 0 : toBall)) / (2 * pitch.halfLength);
}
