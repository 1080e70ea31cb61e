/** @file Off the ball while the own team has it: a shape around the ball, and runs into the box. */
import { clamp } from "../../math.ts";
import { HALF_LENGTH, HALF_WIDTH } from "../pitch.ts";
import type { Role } from "../scenario.ts";
import { idleIntent, type Intent, type Player } from "../state/match.ts";
import { takePlace } from "./go.ts";
import type { Side } from "./side.ts";

/** How far each role plays ahead of the ball while his team attacks, in metres. */
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
  let up = ballUp + AHEAD[me.role];
  // Near the byline the shape folds up: attackers wait where a cut-back finds them.
  up = clamp(up, -HALF_LENGTH + 12, Math.min(HALF_LENGTH - 6, onsideLimit(side)));
  const inTheBox = up > HALF_LENGTH - 18;
  const narrow = inTheBox ? 0.45 : 1;
  let across = me.laneY * narrow + ballAcross * 0.25;
  // Not in the carrier's own lane right in front of him.
  if (Math.abs(across - ballAcross) < 5 && Math.abs(up - ballUp) < 8) {
    across = ballAcross + (me.laneY >= ballAcross * 0.5 ? 8 : -8);
  }
  across = clamp(across, 2 - HALF_WIDTH, HALF_WIDTH - 2);
  return takePlace(me, sign * up, sign * across);
}

/** Law 11: nearer to the goal line than the ball and the second last defender is offside. */
function onsideLimit(side: Side): number {
  if (!side.scenario.rules.offside) return HALF_LENGTH;
  const { match, sign } = side;
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
