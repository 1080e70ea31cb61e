/** @file GRF's three orders to a team: the keeper comes out, the player presses, a mate presses with him. */
import { length } from "../../math.ts";
import { type Intent, type Match, ownerOf, type Player, RUN, SPRINT } from "../state/match.ts";
import { rush } from "./go.ts";

/** A keeper comes no farther than this from his goal, in metres of GRF's pitch. */
const KEEPER_METRES = 35;

/** What an order that is held makes of a built-in player's step; undefined when none concerns him. */
export function ordered(match: Match, me: Player): Intent | undefined {
  let keeperRush = false;
  let teamPressure = false;
  for (const slot of match.slots) {
    if (slot.team !== me.team) continue;
    keeperRush ||= slot.keeperRush;
    teamPressure ||= slot.teamPressure;
  }
  if (match.restart || (!keeperRush && !teamPressure)) return undefined;
  if (me.keeper) {
    const { halfLength, along } = match.pitch;
    const goalX = me.team === 0 ? -halfLength : halfLength;
    const near = length(match.ball.x - goalX, match.ball.y) < KEEPER_METRES * along;
    return keeperRush && near && !match.ball.shot ? runAtOwner(match, me) : undefined;
  }
  return teamPressure && nearestMate(match, me.team) === me ? runAtOwner(match, me) : undefined;
}

/** At full speed at an opponent who has the ball; undefined when none has. */
export function runAtOwner(match: Match, me: Player): Intent | undefined {
  const { ball } = match;
  const owner = ownerOf(match);
  if (match.restart || !owner || owner.team === me.team || ball.held) return undefined;
  const near = length(ball.x - me.x, ball.y - me.y) < 1.5;
  return rush(me, ball.x + owner.vx * 0.15, ball.y + owner.vy * 0.15, near ? RUN : SPRINT);
}

/** The built-in player of the team who is nearest to the ball, keepers left out. */
function nearestMate(match: Match, team: number): Player | undefined {
  const { ball, players, slots } = match;
  let best: Player | undefined;
  let bestDistance = Infinity;
  for (const player of players) {
    if (player.team !== team || player.keeper || player.sentOff || player.lazy) continue;
    if (slots.some((slot) => slot.player === player.id)) continue;
    const distance = length(ball.x - player.x, ball.y - player.y);
    if (distance < bestDistance) [best, bestDistance] = [player, distance];
  }
  return best;
}
