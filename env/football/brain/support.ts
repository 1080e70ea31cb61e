/** @file Off the ball while the own team has it: a shape around the ball, and runs into the box. */
import { clamp } from "../../math.ts";
import type { Role } from "../scenario.ts";
import { idleIntent, type Intent, type Player } from "../state/match.ts";
import { takePlace } from "./go.ts";
import type { Side } from "./side.ts";

/** How far each role plays ahead of the ball while his team attacks, in metres of GRF's pitch. */
const AHEAD: Record<Role, number> = {
  GK: -40,
  CB: -22,
  LB: -9,
  RB: -9,
  DM: -11,
  CM: 1,
  LM: 18,
  RM: 18,
  AM: 16,
  CF: 24,
};

/** Forwards play on the shoulder of the last defender: half of them is past him, and now and then too much. */
const SHOULDER = 1.6;

export function support(side: Side, me: Player): Intent {
  if (me.lazy) return idleIntent();
  const { match, sign } = side;
  const ballUp = sign * match.ball.x;
  const ballAcross = sign * match.ball.y;
  const { pitch } = match;
  const { halfLength, halfWidth, along } = pitch;
  let up = ballUp + AHEAD[me.role] * along;
  // Near the byline the shape folds up: attackers wait where a cut-back finds them.
  up = clamp(up, -halfLength + 12 * along, Math.min(halfLength - 6 * along, onsideLimit(side)));
  const inTheBox = up > halfLength - 18 * along;
  const narrow = inTheBox ? 0.45 : 1;
  let across = me.laneY * narrow + ballAcross * 0.25;
  // Not in the carrier's own lane right in front of him.
  if (Math.abs(across - ballAcross) < 5 * pitch.across && Math.abs(up - ballUp) < 8 * along) {
    across = ballAcross + (me.laneY >= ballAcross * 0.5 ? 8 : -8) * pitch.across;
  }
  across = clamp(across, 2 - halfWidth, halfWidth - 2);
  return takePlace(pitch, me, sign * up, sign * across);
}

/** Law 11: nearer to the goal line than the ball and the second last defender is offside. */
function onsideLimit(side: Side): number {
  const { match, sign } = side;
  if (!side.scenario.rules.offside) return match.pitch.halfLength;
  let last = -Infinity;
  let second = -Infinity;
  for (const other of match.players) {
    if (other.team === side.team) continue;
    const up = sign * other.x;
    if (up > last) [last, second] = [up, last];
    else if (up > second) second = up;
  }
  return Math.max(second, sign * match.ball.x, 0) + SHOULDER;
}
