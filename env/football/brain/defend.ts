/** @file Off the ball while the other team has it: press, cover, mark, and a shape behind the ball. */
import { clamp, length } from "../../math.ts";
import { type Random, uniform } from "../../random.ts";
import type { Role } from "../scenario.ts";
import { idleIntent, type Intent, type Player, RUN, SPRINT } from "../state/match.ts";
import { rush, takePlace } from "./go.ts";
import type { Side } from "./side.ts";

/** How far behind the ball each role stands while his team defends, in metres of GRF's pitch. */
const BEHIND: Record<Role, number> = {
  GK: 45,
  CB: 17,
  LB: 14,
  RB: 14,
  DM: 11,
  CM: 7,
  LM: 5,
  RM: 5,
  AM: 1,
  CF: -7,
};
const MARKING_DISTANCE = 9;
/** How often a step in reach he slides. */
const SLIDES = 0.015;
const SLIDES_WHEN_BEATEN = 0.08;

export function defend(side: Side, me: Player, owner: Player | undefined, random: Random): Intent {
  if (me.lazy) return idleIntent();
  const { race, match, sign } = side;
  // Law 12: nobody challenges a keeper who has the ball in his hands; he is given room.
  const pressing = !match.ball.held;
  if (pressing && race.first[me.team] === me)
    return (owner && slide(side, me, owner, random)) ?? press(side, me, owner);
  if (pressing && race.second[me.team] === me && owner) return cover(side, me);
  const { pitch } = match;
  const { halfLength, halfWidth, along } = pitch;
  const ballUp = sign * match.ball.x;
  const up = clamp(ballUp - BEHIND[me.role] * along, 7 * along - halfLength, halfLength * 0.6);
  const across = me.laneY * 0.75 + sign * match.ball.y * 0.3;
  const marked = BEHIND[me.role] >= 7 ? opponentNear(side, up, across) : undefined;
  if (marked) {
    // Between his man and the goal.
    const goalX = -sign * halfLength;
    const away = length(goalX - marked.x, marked.y) || 1;
    return takePlace(
      pitch,
      me,
      marked.x + marked.vx * 0.4 + ((goalX - marked.x) / away) * 1.8,
      marked.y + marked.vy * 0.4 - (marked.y / away) * 1.8,
    );
  }
  return takePlace(pitch, me, sign * up, clamp(sign * across, 2 - halfWidth, halfWidth - 2));
}

/** A last resort: he slides when the ball is just out of reach and its owner is getting away. */
function slide(side: Side, me: Player, owner: Player, random: Random): Intent | undefined {
  const { ball } = side.match;
  if (me.keeper || owner.keeper || ball.held || side.match.restart || me.recoverTicks > 0) return undefined;
  const x = ball.x + owner.vx * 0.2 - me.x;
  const y = ball.y + owner.vy * 0.2 - me.y;
  const distance = length(x, y);
  if (distance < 1.1 || distance > 2.8) return undefined;
  const beaten = side.sign * (me.x - owner.x) > 0.3;
  if (uniform(random) > (beaten ? SLIDES_WHEN_BEATEN : SLIDES)) return undefined;
  return { ...idleIntent(), lungeX: x / distance, lungeY: y / distance };
}

/** Goes for the ball, from the goal's side when there is time. */
function press(side: Side, me: Player, owner: Player | undefined): Intent {
  const { ball } = side.match;
  const distance = length(ball.x - me.x, ball.y - me.y);
  const lead = Math.min(0.8, distance / 10);
  const vx = owner ? owner.vx : ball.vx;
  const vy = owner ? owner.vy : ball.vy;
  let x = ball.x + vx * lead;
  const y = ball.y + vy * lead;
  const goalSide = side.sign * (me.x - ball.x);
  // Beaten: run to where the way to the goal can still be cut off.
  if (goalSide > 0.5 && distance > 2) x -= side.sign * Math.min(3, goalSide);
  return rush(me, x, y, distance > 1.5 || owner?.keeper ? SPRINT : RUN);
}

/** Behind the one who presses, on the line from the ball to the goal. */
function cover(side: Side, me: Player): Intent {
  const { ball, pitch } = side.match;
  const goalX = -side.sign * pitch.halfLength;
  const away = length(goalX - ball.x, ball.y) || 1;
  const back = Math.min(5, away * 0.5);
  return takePlace(pitch, me, ball.x + ((goalX - ball.x) / away) * back, ball.y - (ball.y / away) * back);
}

/** The opponent nearest to the place in the shape, when one is near and not the ball's owner. */
function opponentNear(side: Side, up: number, across: number): Player | undefined {
  const x = side.sign * up;
  const y = side.sign * across;
  let best: Player | undefined;
  let bestDistance = MARKING_DISTANCE * side.match.pitch.along;
  for (const other of side.match.players) {
    if (other.team === side.team || other === side.owner || other.keeper) continue;
    const distance = length(other.x - x, other.y - y);
    if (distance < bestDistance) [best, bestDistance] = [other, distance];
  }
  return best;
}
