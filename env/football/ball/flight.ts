/**
 * @file How a free ball moves: drag in the air, friction on the grass, gravity and bounces, in the figures of
 * GRF's engine (bounce 0.62, linear bounce 0.06, drag 0.015, linear friction 1.6); and the sums backwards:
 * how hard to kick so that it arrives. Height is kept here, the plane is Rapier's.
 */
import { clamp, exponential, length } from "../../math.ts";
import type { Ball } from "../state/match.ts";

export const GRAVITY = 9.81;
/** Deceleration is DRAG v² in the air, and GRASS more when it rolls. */
export const DRAG = 0.015;
export const GRASS = 1.6;
const BOUNCE = 0.62;
/** A ball that comes down slower than this stays down. */
const REST_SPEED = 0.8;

/** What moves of a ball. */
export type Flight = Pick<Ball, "x" | "y" | "z" | "vx" | "vy" | "vz">;

/** One tick of a ball that nobody has: changes its velocity and its height. */
export function fly(ball: Flight, tickSeconds: number): void {
  const rolling = ball.z <= 0 && ball.vz === 0;
  const speed = length(ball.vx, ball.vy);
  if (speed > 0) {
    const loss = (DRAG * speed * speed + (rolling ? GRASS : 0)) * tickSeconds;
    const keep = Math.max(0, speed - loss) / speed;
    ball.vx *= keep;
    ball.vy *= keep;
  }
  if (rolling) return;
  // Exact under constant gravity, whatever the length of the tick.
  ball.z += ball.vz * tickSeconds - (GRAVITY * tickSeconds * tickSeconds) / 2;
  ball.vz -= GRAVITY * tickSeconds;
  if (ball.z > 0) return;
  ball.z = 0;
  const rebound = -ball.vz * BOUNCE - 0.06;
  ball.vz = rebound > REST_SPEED ? rebound : 0;
  ball.vx *= 0.9;
  ball.vy *= 0.9;
}

/** Speed at which a rolling ball must start to pass `distance` at speed `arrival`: v² obeys d(v²)/dx = -2 (GRASS + DRAG v²). */
export function rollingSpeed(distance: number, arrival: number): number {
  const growth = exponential(Math.min(3, 2 * DRAG * distance));
  return Math.sqrt((arrival * arrival + GRASS / DRAG) * growth - GRASS / DRAG);
}

/** Seconds that a rolling ball takes over `distance` from speed `start`; 99 when it stops before. */
export function rollingSeconds(distance: number, start: number): number {
  const end = speedAfter(distance, start);
  if (end <= 0) return 99;
  // Simpson's rule on dx / v, in two parts.
  const quarter = speedAfter(distance * 0.25, start);
  const half = speedAfter(distance * 0.5, start);
  const last = speedAfter(distance * 0.75, start);
  return (distance / 12) * (1 / start + 4 / quarter + 2 / half + 4 / last + 1 / end);
}

function speedAfter(distance: number, start: number): number {
  const decay = exponential(-Math.min(3, 2 * DRAG * distance));
  return Math.sqrt(Math.max(0, (start * start + GRASS / DRAG) * decay - GRASS / DRAG));
}

/** Speed in the plane at which a ball in the air covers `distance` in `seconds`: x(t) = ln(1 + DRAG v t) / DRAG. */
export function flyingSpeed(distance: number, seconds: number): number {
  return (exponential(Math.min(3, DRAG * distance)) - 1) / (DRAG * seconds);
}

/** Where the ball will be, for `PATH_POINTS` moments `PATH_STEP` seconds apart, the first one now. */
export const PATH_STEP = 0.2;
export const PATH_POINTS = 16;
export interface Path {
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
}

export function makePath(): Path {
  return {
    x: new Float64Array(PATH_POINTS),
    y: new Float64Array(PATH_POINTS),
    z: new Float64Array(PATH_POINTS),
  };
}

const probe: Flight = { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0 };

/** Fills `path` with where the ball goes when nobody touches it. */
export function predict(ball: Flight, path: Path): void {
  probe.x = ball.x;
  probe.y = ball.y;
  probe.z = ball.z;
  probe.vx = ball.vx;
  probe.vy = ball.vy;
  probe.vz = ball.vz;
  const half = PATH_STEP / 2;
  for (let i = 0; i < PATH_POINTS; i++) {
    path.x[i] = probe.x;
    path.y[i] = probe.y;
    path.z[i] = probe.z;
    for (let k = 0; k < 2; k++) {
      const beforeX = probe.vx;
      const beforeY = probe.vy;
      fly(probe, half);
      probe.x += ((beforeX + probe.vx) / 2) * half;
      probe.y += ((beforeY + probe.vy) / 2) * half;
    }
  }
}

/** Upward speed with which a ball from height `from` is at height `to` after `seconds`. */
export function liftSpeed(from: number, to: number, seconds: number): number {
  return clamp((to - from) / seconds + (GRAVITY * seconds) / 2, 0, 20);
}
