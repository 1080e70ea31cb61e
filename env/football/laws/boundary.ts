/**
 * @file Laws 9 and 10: when the ball is out of play, and when a goal is scored. The whole of the ball must have
 * crossed the whole of the line; a fast ball is judged where it crossed, not where the tick left it.
 */
import { clamp } from "../../math.ts";
import { bell } from "../../random.ts";
import { note } from "../ball/possession.ts";
import { BALL_RADIUS, type Pitch, POST_RADIUS } from "../pitch.ts";
import type { Match, Team, Whistle } from "../state/match.ts";
import { addLostTime } from "./half.ts";

export interface BallBefore {
  x: number;
  y: number;
  z: number;
  vx: number;
  vy: number;
}

/** The centre of the ball at height `z` above the grass is `z + BALL_RADIUS`. */
function underTheBar({ goalHeight }: Pitch): number {
  return goalHeight - 2 * BALL_RADIUS;
}

function overTheBar({ goalHeight }: Pitch): number {
  return goalHeight + 2 * POST_RADIUS;
}

/** What follows when the ball left the field, null while it is in. */
export function exitOf(match: Match, before: BallBefore): Whistle | null {
  const { ball, pitch } = match;
  const { halfLength, halfWidth } = pitch;
  const overGoalLine = Math.abs(ball.x) - halfLength - BALL_RADIUS;
  const overTouchline = Math.abs(ball.y) - halfWidth - BALL_RADIUS;
  if (overGoalLine <= 0 && overTouchline <= 0) return null;
  if (overGoalLine > 0) {
    const end = ball.x > 0 ? 1 : -1;
    const { y, z } = crossing(ball, before, end * (halfLength + BALL_RADIUS));
    if (Math.abs(y) < pitch.goalHalfWidth && z < underTheBar(pitch)) {
      const scorer: Team = end > 0 ? 0 : 1;
      // Where a direct goal does not count, it is a ball over the goal line like any other (Laws 8, 13, 15 to 17).
      return mayScore(match, scorer) ? { kind: "goal", scorer } : goalLineExit(match, end, y);
    }
    if (Math.abs(y) <= halfWidth + BALL_RADIUS) return goalLineExit(match, end, y);
  }
  const side = ball.y > 0 ? 1 : -1;
  return {
    kind: "throw-in",
    team: against(match),
    x: clamp(ball.x, 1 - halfLength, halfLength - 1),
    y: side * halfWidth,
  };
}

/** No goal straight from a throw-in or an indirect free kick, and none against oneself from any restart. */
function mayScore(match: Match, scorer: Team): boolean {
  const { from, lastTouch } = match.ball;
  if (from === null) return true;
  return match.players[lastTouch]?.team === scorer && from !== "throw-in" && from !== "indirect-free-kick";
}

/** Law 16 or 17: a goal kick when an attacker touched it last, else a corner. */
function goalLineExit(match: Match, end: 1 | -1, y: number): Whistle {
  const { halfLength, halfWidth, goalAreaDepth, goalAreaHalfWidth } = match.pitch;
  const defenders: Team = end > 0 ? 1 : 0;
  const side = y >= 0 ? 1 : -1;
  if (against(match) === defenders) {
    // GRF: 0.92 of the half length out; on a long and narrow pitch that is beyond the goal area.
    const x = Math.max(halfLength * 0.92, halfLength - goalAreaDepth);
    return { kind: "goal-kick", team: defenders, x: end * x, y: side * Math.min(5, goalAreaHalfWidth) };
  }
  const x = end * (halfLength - 0.4);
  return { kind: "corner", team: defenders === 0 ? 1 : 0, x, y: side * (halfWidth - 0.4) };
}

/** The team that did not touch it last. */
function against(match: Match): Team {
  const last = match.players[match.ball.lastTouch];
  return last?.team === 0 ? 1 : 0;
}

/** Where the path of this tick met the plane x = `line`. */
function crossing(
  ball: { x: number; y: number; z: number },
  before: BallBefore,
  line: number,
): { y: number; z: number } {
  const way = ball.x - before.x;
  const share = way === 0 ? 1 : clamp((line - before.x) / way, 0, 1);
  return { y: before.y + (ball.y - before.y) * share, z: before.z + (ball.z - before.z) * share };
}

/** The bar, which a world in the plane cannot hold: throws the ball back or up. True when it was hit. */
export function hitBar(match: Match, before: BallBefore): boolean {
  const { ball, pitch } = match;
  const { halfLength, goalHalfWidth } = pitch;
  const end = ball.x > 0 ? 1 : -1;
  const line = end * halfLength;
  if (Math.abs(ball.x) < halfLength || Math.abs(before.x) >= halfLength) return false;
  const { y, z } = crossing(ball, before, line);
  if (Math.abs(y) > goalHalfWidth || z < underTheBar(pitch) || z > overTheBar(pitch)) return false;
  const middle = (underTheBar(pitch) + overTheBar(pitch)) / 2;
  ball.x = before.x;
  ball.y = before.y;
  ball.z = z;
  ball.vx = -ball.vx * 0.55;
  ball.vz = z > middle ? Math.abs(ball.vz) + 3 : -Math.abs(ball.vz) - 1;
  ball.vy += bell(match.random);
  const shooter = match.players[ball.lastTouch];
  if (shooter) note(match, shooter, { kind: "bar" });
  return true;
}

/** Notes when Rapier threw the ball back from a post. */
export function notePost(match: Match, before: BallBefore): void {
  const { ball, pitch } = match;
  if (Math.abs(Math.abs(ball.x) - pitch.halfLength) > 0.8) return;
  if (Math.abs(Math.abs(ball.y) - pitch.goalHalfWidth - POST_RADIUS) > 0.5) return;
  const dx = ball.vx - before.vx;
  const dy = ball.vy - before.vy;
  if (dx * dx + dy * dy < 9) return;
  const shooter = match.players[ball.lastTouch];
  if (shooter) note(match, shooter, { kind: "post" });
}

/** The goal counts for the team that attacks this end, whoever touched the ball last. */
export function scoreGoal(match: Match, scorer: Team): void {
  match.score[scorer]++;
  addLostTime(match);
  const last = match.players[match.ball.lastTouch];
  const ownGoal = last !== undefined && last.team !== scorer;
  const by = last ?? match.players.find((player) => player.team === scorer)!;
  match.events.push({
    tick: match.tick,
    player: by.id,
    team: scorer,
    kind: "goal",
    ownGoal,
    score: [...match.score],
  });
}
