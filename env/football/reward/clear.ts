/** @file How clear of opponents the way is, as MageBench measures it in the scenario's coordinates. */
import { length } from "../../math.ts";
import type { Place, TeamView } from "./view.ts";

/** Points between the posts that a shot may aim at; MageBench's list is not symmetrical. */
const TARGETS = [-0.044, -0.02, 0, 0.022, 0.044];
/** The straight path to a point is looked at in so many places. */
const PATH_POINTS = 100;

/** Room of who gets a pass: the nearest opponent's distance, the less the more he stands between ball and goal. */
export function passClear({ ball: [x, y], opponents }: TeamView): number {
  const goalX = 1 - x;
  const goalY = -y;
  const goal = length(goalX, goalY);
  let least = Infinity;
  for (const [atX, atY] of opponents) {
    const distance = length(atX - x, atY - y);
    const cosine = ((atX - x) * goalX + (atY - y) * goalY) / (distance * goal);
    // On the ball or on the goal itself there is no angle.
    const between = Number.isFinite(cosine) ? Math.max(cosine, 0) : 1;
    least = Math.min(least, distance / (10 * between + 1));
  }
  return Number.isFinite(least) ? least : 0;
}

/** For the best of five points of the goal: how near an opponent comes to the straight path of the ball. */
export function shotClear({ ball, opponents }: TeamView): number {
  return Math.max(...TARGETS.map((target) => pathClear(ball, target, opponents)));
}

function pathClear([x, y]: Place, target: number, opponents: readonly Place[]): number {
  let least = Infinity;
  for (let i = 1; i <= PATH_POINTS; i++) {
    const along = i / PATH_POINTS;
    const atX = x + (1 - x) * along;
    const atY = y + (target - y) * along;
    for (const [otherX, otherY] of opponents) least = Math.min(least, length(otherX - atX, otherY - atY));
  }
  // Nobody is in the way.
  return Number.isFinite(least) ? least : 1;
}

/** 1 within 0.3 of the goal line, less the farther away: 0 from the own half. */
export function shotNearness([x]: Place): number {
  return 1 - x < 0.3 ? 1 : Math.max(x, 0);
}
