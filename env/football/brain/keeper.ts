/** @file The keeper: his place, saves, coming off his line, and giving the ball back. */
import { clamp, length } from "../../math.ts";
import type { Random } from "../../random.ts";
import { threatens } from "../ball/save.ts";
import { inOwnBox } from "../pitch.ts";
import { idleIntent, type Intent, type Player, RUN, SPRINT } from "../state/match.ts";
import { clearance } from "./attack.ts";
import { go, rush } from "./go.ts";
import { bestPass } from "./pass.ts";
import { meetingPoint, type Side } from "./side.ts";
import { spaceAround } from "./value.ts";

/** He holds the ball this long before he gives it back, in env steps; Law 12 gives him eight seconds. */
const HOLD_STEPS = 10;
/** A dive covers this much in metres a second, after a moment to leave the ground. */
const DIVE_SPEED = 5;

export function keep(side: Side, me: Player, skill: number, random: Random): Intent {
  const { match, owner, race } = side;
  if (owner === me) return distribute(side, me, random);
  const danger = threatens(match, me.team);
  if (danger && Math.abs(danger.y) < match.pitch.goalHalfWidth + 1 && danger.seconds < 1.6) {
    const intent = meetShot(side, me, skill);
    if (intent) return intent;
  }
  if (!owner && comesFirst(side, me)) {
    const [x, y] = meetingPoint(race, me);
    return rush(me, x, y, SPRINT);
  }
  if (owner && owner.team !== me.team && aloneOnGoal(side, me, owner)) {
    return rush(me, match.ball.x + owner.vx * 0.15, match.ball.y + owner.vy * 0.15, SPRINT);
  }
  return stand(side, me);
}

/** On the line from the ball to the middle of the goal, farther out when the ball is far. */
function stand(side: Side, me: Player): Intent {
  const { ball, pitch } = side.match;
  const goalX = -side.sign * pitch.halfLength;
  const distance = length(ball.x - goalX, ball.y) || 1;
  const out = clamp(distance * 0.14, 0.7, 7);
  const x = goalX + ((ball.x - goalX) / distance) * out;
  const y = clamp((ball.y / distance) * out, -pitch.goalHalfWidth, pitch.goalHalfWidth);
  return go(pitch, me, x, y, length(x - me.x, y - me.y) > 4 ? SPRINT : RUN);
}

/** Steps, or dives, to where the shot passes him. */
function meetShot(side: Side, me: Player, skill: number): Intent | undefined {
  const { ball } = side.match;
  const toward = side.sign * -ball.vx;
  const ahead = side.sign * (ball.x - me.x);
  if (ahead < 0.2 || toward < 4) return undefined;
  const seconds = ahead / toward;
  const gap = ball.y + ball.vy * seconds - me.y;
  const intent = idleIntent();
  const stretch = Math.abs(gap) - 0.8;
  if (stretch > 0.2 && seconds < 0.12 + stretch / DIVE_SPEED && seconds < 0.5 + 0.2 * skill) {
    intent.lungeY = gap > 0 ? 1 : -1;
    intent.lungeX = side.sign * 0.15;
    return intent;
  }
  if (Math.abs(gap) > 0.2) {
    intent.moveY = gap > 0 ? 1 : -1;
    intent.gait = SPRINT;
  }
  return intent;
}

/** He takes a loose ball in or near his box that he surely reaches before the others. */
function comesFirst(side: Side, me: Player): boolean {
  const { race } = side;
  const [x, y] = meetingPoint(race, me);
  if (!inOwnBox(side.match.pitch, me.team, x, y)) return false;
  const rival = race.first[me.team === 0 ? 1 : 0];
  return rival === undefined || race.seconds[me.id]! < race.seconds[rival.id]! - 0.05;
}

/** Nobody but he is between the attacker and the goal, and the attacker is near. */
function aloneOnGoal(side: Side, me: Player, attacker: Player): boolean {
  const { match, sign } = side;
  const { halfLength, boxDepth, marks } = match.pitch;
  const out = sign * attacker.x + halfLength;
  if (out > boxDepth + 4 * marks || Math.abs(attacker.y) > 18 * marks) return false;
  for (const mate of match.players) {
    if (mate.team !== me.team || mate === me) continue;
    const behind = sign * attacker.x - sign * mate.x;
    if (behind > 0 && Math.abs(mate.y - attacker.y) < 5 * marks) return false;
  }
  return length(attacker.x - me.x, attacker.y - me.y) < 13 * marks;
}

function distribute(side: Side, me: Player, random: Random): Intent {
  const { ball } = side.match;
  const pressed = spaceAround(side, me.x, me.y);
  const intent = idleIntent();
  intent.moveX = side.sign * 0.4;
  if (ball.held && ball.heldSteps < HOLD_STEPS) return intent;
  const pass = bestPass(side, me);
  if (pass && pass.value > 0.08) intent.kick = pass.kick;
  else if (pressed < 9 || ball.held) intent.kick = bestPass(side, me, true)?.kick ?? clearance(side, me);
  void random;
  return intent;
}
