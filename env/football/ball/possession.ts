/** @file Who has the ball: gaining it, losing it, and carrying it at the feet or in the hands. */
import { length } from "../../math.ts";
import { chance, uniform } from "../../random.ts";
import type { EventKind } from "../event.ts";
import { BALL_RADIUS, inOwnBox } from "../pitch.ts";
import { judgeOffside } from "../laws/offside.ts";
import { DRIBBLE, HOLD, type Match, type Player, SPRINT, UPRIGHT } from "../state/match.ts";

/** How far ahead of him a player keeps the ball, by gait: a sprinter pushes it on. */
const CARRY = [0.55, 0.5, 0.75, 1.15] as const;
/** How fast the ball follows the feet. */
const FOLLOW_SECONDS = 0.08;
const FOLLOW_SPEED = 7;

export function note(match: Match, player: Player, event: EventKind): void {
  match.events.push({ tick: match.tick, player: player.id, team: player.team, ...event });
}

/**
 * The last player to touch it: ends what is forbidden to the kicker. `deliberate` when he played it, not only
 * was in its way: that is what Law 11 asks.
 */
export function touch(match: Match, player: Player, deliberate: boolean): void {
  const { ball } = match;
  ball.lastTouch = player.id;
  if (ball.barred !== player.id) {
    ball.barred = -1;
    ball.from = null;
  }
  judgeOffside(match, player, deliberate);
}

/** Gives the ball to a player, with the events that tell how it came to him. */
export function gain(match: Match, player: Player, how: "control" | "tackle" | "catch"): void {
  const { ball, players } = match;
  const passer = ball.passFrom < 0 ? undefined : players[ball.passFrom];
  if (how === "tackle") note(match, player, { kind: "tackle" });
  else if (passer && passer.team === player.team && passer !== player) {
    note(match, player, { kind: "pass-completed", from: passer.id });
  } else if (how === "control" && ball.possession !== -1 && ball.possession !== player.team) {
    note(match, player, { kind: "interception" });
  }
  touch(match, player, true);
  ball.owner = player.id;
  ball.headed = false;
  ball.possession = player.team;
  ball.passFrom = -1;
  ball.passTo = -1;
  ball.shot = false;
  ball.held = how === "catch";
  ball.heldSteps = 0;
  player.pose = ball.held && player.pose === UPRIGHT ? HOLD : player.pose;
  // Whoever gets the ball must bring it under control before he looks up.
  player.thinkSteps = how === "catch" ? 0 : 1 + Math.floor((1 - player.skill) * 5 * uniform(match.random));
}

export function release(match: Match): void {
  const { ball } = match;
  const owner = match.players[ball.owner];
  if (owner?.pose === HOLD) owner.pose = UPRIGHT;
  ball.owner = -1;
  ball.held = false;
}

/** Moves an owned ball with its owner: a spring to a point ahead of his feet, or his hands. */
export function carry(match: Match, owner: Player): void {
  const { ball, tickSeconds, pitch } = match;
  if (ball.held && !inOwnBox(pitch, owner.team, owner.x, owner.y)) {
    ball.held = false;
    if (owner.pose === HOLD) owner.pose = UPRIGHT;
  }
  if (ball.held && owner.pose === UPRIGHT) owner.pose = HOLD;
  const { gait } = owner.intent;
  const speed = length(owner.vx, owner.vy);
  const ahead = ball.held ? 0.35 : speed < 1 ? CARRY[0] : CARRY[gait];
  let targetX = owner.x + owner.faceX * ahead;
  let targetY = owner.y + owner.faceY * ahead;
  // A turn near the line does not carry the ball over it unless the player himself goes there.
  const { halfLength, halfWidth } = pitch;
  if (Math.abs(owner.x) < halfLength) targetX = within(targetX, halfLength - BALL_RADIUS);
  if (Math.abs(owner.y) < halfWidth) targetY = within(targetY, halfWidth - BALL_RADIUS);
  const dx = (targetX - ball.x) / FOLLOW_SECONDS;
  const dy = (targetY - ball.y) / FOLLOW_SECONDS;
  const norm = length(dx, dy);
  const share = norm > FOLLOW_SPEED ? FOLLOW_SPEED / norm : 1;
  ball.vx = owner.vx + dx * share;
  ball.vy = owner.vy + dy * share;
  ball.vz = 0;
  const height = ball.held ? 0.9 : 0;
  ball.z += (height - ball.z) * Math.min(1, tickSeconds / 0.06);
  if (!ball.held && ball.z < 0.02) ball.z = 0;
}

function within(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}

/** How hard it is to take the ball from a player in this gait: GRF's dribble guards it, its sprint exposes it. */
export function exposure(owner: Player): number {
  return owner.intent.gait === DRIBBLE ? 0.55 : owner.intent.gait === SPRINT ? 1.35 : 1;
}

/** Knocks the ball loose with this velocity. */
export function knock(match: Match, by: Player, vx: number, vy: number, vz: number): void {
  const { ball } = match;
  if (ball.owner >= 0) {
    match.players[ball.owner]!.recoverTicks = ticksOf(match, 0.24);
    release(match);
  }
  touch(match, by, false);
  ball.passFrom = -1;
  ball.passTo = -1;
  ball.vx = vx;
  ball.vy = vy;
  ball.vz = vz;
}

/** The ticks that a while lasts. */
export function ticksOf(match: Match, seconds: number): number {
  return Math.round(seconds / match.tickSeconds);
}

/** True with this rate a second. */
export function happens(match: Match, ratePerSecond: number): boolean {
  return ratePerSecond > 0 && chance(match.random, ratePerSecond * match.tickSeconds);
}
