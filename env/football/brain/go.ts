/** @file Running somewhere: direction, pace, slowing down on arrival. */
import { clamp, length } from "../../math.ts";
import type { Pitch } from "../pitch.ts";
import { type Gait, idleIntent, type Intent, type Player, RUN, SPRINT, STAND } from "../state/match.ts";

/** A foot over the line is no harm. */
const SLACK = 0.15;

/** Runs to a point of the pitch, slowing over the last two metres. */
export function go({ halfLength, halfWidth }: Pitch, me: Player, x: number, y: number, gait: Gait): Intent {
  const dx = clamp(x, -halfLength, halfLength) - me.x;
  const dy = clamp(y, -halfWidth, halfWidth) - me.y;
  const distance = length(dx, dy);
  const intent = idleIntent();
  if (distance < 0.25) return intent;
  const share = Math.min(1, distance / 2) / distance;
  intent.moveX = dx * share;
  intent.moveY = dy * share;
  intent.gait = gait;
  return intent;
}

/** Runs through a point at full pace. */
export function rush(me: Player, x: number, y: number, gait: Gait): Intent {
  const dx = x - me.x;
  const dy = y - me.y;
  const distance = length(dx, dy);
  const intent = idleIntent();
  if (distance < 0.05) return intent;
  intent.moveX = dx / distance;
  intent.moveY = dy / distance;
  intent.gait = gait;
  return intent;
}

/** Whoever has run over a line, after the ball or past it, comes back onto the field before anything else. */
export function comeBack(pitch: Pitch, me: Player, intent: Intent): Intent {
  const overX = Math.abs(me.x) > pitch.halfLength + SLACK;
  const overY = Math.abs(me.y) > pitch.halfWidth + SLACK;
  if (!overX && !overY) return intent;
  const moveX = overX ? -Math.sign(me.x) : intent.moveX * 0.5;
  const moveY = overY ? -Math.sign(me.y) : overX ? roundThePost(pitch, me, intent) : intent.moveY * 0.5;
  const norm = length(moveX, moveY);
  return {
    ...intent,
    moveX: moveX / norm,
    moveY: moveY / norm,
    gait: intent.gait === STAND ? RUN : intent.gait,
  };
}

/** Behind a post he goes round it before he goes on. */
function roundThePost({ goalHalfWidth }: Pitch, me: Player, intent: Intent): number {
  const off = Math.abs(me.y) - goalHalfWidth;
  if (Math.abs(off) > 1) return intent.moveY * 0.5;
  return off < 0 ? -Math.sign(me.y) : Math.sign(me.y);
}

/** Takes his place: the farther away, the faster. */
export function takePlace(pitch: Pitch, me: Player, x: number, y: number): Intent {
  const distance = length(x - me.x, y - me.y);
  return go(pitch, me, x, y, distance > 9 ? SPRINT : RUN);
}
