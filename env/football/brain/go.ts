/** @file Running somewhere: direction, pace, slowing down on arrival. */
import { clamp, length } from "../../math.ts";
import { HALF_LENGTH, HALF_WIDTH } from "../pitch.ts";
import { type Gait, idleIntent, type Intent, type Player, RUN, SPRINT } from "../state/match.ts";

/** Runs to a point of the pitch, slowing over the last two metres. */
export function go(me: Player, x: number, y: number, gait: Gait): Intent {
  const dx = clamp(x, -HALF_LENGTH, HALF_LENGTH) - me.x;
  const dy = clamp(y, -HALF_WIDTH, HALF_WIDTH) - me.y;
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

/** Takes his place: the farther away, the faster. */
export function takePlace(me: Player, x: number, y: number): Intent {
  const distance = length(x - me.x, y - me.y);
  return go(me, x, y, distance > 9 ? SPRINT : RUN);
}
