/** @file What a place is worth: the chance of a goal from it, who is near, whether a lane is free. */
import { clamp, length } from "../../math.ts";
import { GOAL_HALF_WIDTH, HALF_LENGTH } from "../pitch.ts";
import type { Player } from "../state/match.ts";
import type { Side } from "./side.ts";

/** The other team's keeper, when he is between this place and his goal. */
export function keeperInTheWay(side: Side, x: number, y: number): Player | undefined {
  const goalX = side.sign * HALF_LENGTH;
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
export function chanceOfGoal(side: Side, x: number, y: number): number {
  const goalX = side.sign * HALF_LENGTH;
  const dx = side.sign * (goalX - x);
  if (dx < 0.5) return 0;
  const distance = length(dx, y);
  const angle = (2 * GOAL_HALF_WIDTH * dx) / (distance * distance + GOAL_HALF_WIDTH * GOAL_HALF_WIDTH);
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

/**
 * How free the way of a rolling pass is: the smallest distance of an opponent from it, the reach that he gains
 * while the ball is on its way taken off.
 */
export function laneFreedom(side: Side, fromX: number, fromY: number, toX: number, toY: number): number {
  const dx = toX - fromX;
  const dy = toY - fromY;
  const distance = length(dx, dy);
  let free = 8;
  for (const other of side.match.players) {
    if (other.team === side.team) continue;
    const px = other.x - fromX;
    const py = other.y - fromY;
    const along = (px * dx + py * dy) / distance;
    if (along < 0.2 || along > distance + 2) continue;
    const off = Math.abs(px * dy - py * dx) / distance;
    const gained = Math.min(along, distance) * 0.22;
    if (off - gained < free) free = off - gained;
  }
  return free;
}

/** What it is worth to have the ball here: nearer to the goal, in the middle, with a chance to score. */
export function worth(side: Side, x: number, y: number): number {
  const up = side.sign * x;
  return (
    0.1 +
    (0.28 * (up + HALF_LENGTH)) / (2 * HALF_LENGTH) -
    (up > 25 ? 0.002 : 0.0006) * Math.abs(y) +
    1.1 * chanceOfGoal(side, x, y)
  );
}
