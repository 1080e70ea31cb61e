/** @file What a place is worth: the chance of a goal from it, who is near, whether a lane is free. */
import { clamp, length } from "../../math.ts";
import { DOWN, type Player } from "../state/match.ts";
import type { Side } from "./side.ts";

/** All that a chance depends on. */
type Attack = Pick<Side, "match" | "team" | "sign">;

/** The other team's keeper, when he is between this place and his goal. */
export function keeperInTheWay(side: Attack, x: number, y: number): Player | undefined {
  const goalX = side.sign * side.match.pitch.halfLength;
  for (const other of side.match.players) {
    if (!other.keeper || other.team === side.team) continue;
    const ahead = side.sign * (other.x - x);
    if (ahead < -0.5) return undefined;
    const t = clamp(ahead / Math.max(1, side.sign * (goalX - x)), 0, 1);
    return Math.abs(other.y - y * (1 - t)) < 9 ? other : undefined;
  }
  return undefined;
}

/** Chance that a shot from here is a goal, 0 to 1: the angle that the goal fills, less who stands in the way. */
export function chanceOfGoal(side: Attack, x: number, y: number): number {
  const { halfLength, goalHalfWidth } = side.match.pitch;
  const goalX = side.sign * halfLength;
  const dx = side.sign * (goalX - x);
  if (dx < 0.5) return 0;
  const distance = length(dx, y);
  const angle = (2 * goalHalfWidth * dx) / (distance * distance + goalHalfWidth * goalHalfWidth);
  const open = keeperInTheWay(side, x, y) === undefined;
  let chance = open
    ? clamp(1.25 - distance / 38, 0, 0.97) * Math.min(1, angle / 0.35)
    : clamp((angle - 0.16) * 1.05, 0, 0.85);
  for (const other of side.match.players) {
    if (other.team === side.team || other.keeper) continue;
    const along = side.sign * (other.x - x);
    if (along < 0.3 || along > dx) continue;
    const off = Math.abs(other.y - (y - (y * along) / dx));
    if (off < 1.1) chance *= 0.55;
  }
  return chance;
}

/** Distance to the nearest opponent. */
export function spaceAround(side: Side, x: number, y: number): number {
  let nearest = 40;
  for (const other of side.match.players) {
    if (other.team === side.team) continue;
    const dx = other.x - x;
    const dy = other.y - y;
    const square = dx * dx + dy * dy;
    if (square < nearest * nearest) nearest = Math.sqrt(square);
  }
  return nearest;
}

/** What an opponent runs in a second, and how late he starts when a pass is played. */
const INTERCEPT_SPEED = 6.8;
const INTERCEPT_DELAY = 0.2;
const INTERCEPT_REACH = 0.85;

/**
 * How free the way of a rolling pass is: by how many metres the best placed opponent comes too late to it.
 * `speed` is the mean speed of the ball.
 */
export function laneFreedom(side: Side, from: Player, toX: number, toY: number, speed: number): number {
  const dx = toX - from.x;
  const dy = toY - from.y;
  const distance = length(dx, dy);
  let free = 8;
  for (const other of side.match.players) {
    if (other.team === side.team || other.pose === DOWN || other.lazy) continue;
    const px = other.x - from.x;
    const py = other.y - from.y;
    const along = clamp((px * dx + py * dy) / distance, 0, distance);
    const offX = px - (dx * along) / distance;
    const offY = py - (dy * along) / distance;
    const runs = Math.max(0, along / speed - INTERCEPT_DELAY) * INTERCEPT_SPEED;
    const late = length(offX, offY) - INTERCEPT_REACH - runs;
    if (late < free) free = late;
  }
  return free;
}

/** What it is worth to have the ball here: nearer to the goal, in the middle, with a chance to score. */
export function worth(side: Side, x: number, y: number): number {
  const { halfLength, along } = side.match.pitch;
  const up = side.sign * x;
  return (
    0.1 +
    (0.28 * (up + halfLength)) / (2 * halfLength) -
    (up > 25 * along ? 0.002 : 0.0006) * Math.abs(y) +
    1.1 * chanceOfGoal(side, x, y)
  );
}
