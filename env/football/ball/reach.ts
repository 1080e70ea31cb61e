/** @file How far a player reaches the ball: with his feet, his head, a slide, or a keeper's hands. */
import { inOwnBox } from "../pitch.ts";
import { DIVE, DOWN, type Match, type Player, SLIDE } from "../state/match.ts";
import { FOOT_HEIGHT } from "./kick.ts";

const FOOT_REACH = 0.85;
export const BODY_REACH = 0.55;
const HEAD_HEIGHT = 2.2;
const USUAL_HEIGHT = 1.8;
/** A taller player jumps from higher up. */
const HEAD_PER_METRE = 1.4;
export const HAND_REACH = 1.05;
export const DIVE_REACH = 1.25;
const HAND_HEIGHT = 2.6;
export const SLIDE_REACH = 1.15;

export function mayTouch(match: Match, player: Player): boolean {
  return (
    !player.sentOff && player.recoverTicks === 0 && player.pose !== DOWN && match.ball.barred !== player.id
  );
}

/** In his own penalty area, but not for a ball that a teammate kicked or threw to him (Law 12). */
export function useHands(match: Match, player: Player): boolean {
  if (!player.keeper || !inOwnBox(match.pitch, player.team, player.x, player.y)) return false;
  const { passFrom, headed } = match.ball;
  return passFrom < 0 || headed || match.players[passFrom]!.team !== player.team;
}

/** In metres, 0 when the ball is too high for him. */
export function reach(match: Match, player: Player): number {
  const { z } = match.ball;
  if (useHands(match, player)) {
    if (z > HAND_HEIGHT) return 0;
    return player.pose === DIVE ? DIVE_REACH : HAND_REACH;
  }
  if (player.pose === SLIDE) return z < 0.5 ? SLIDE_REACH : 0;
  const { height = USUAL_HEIGHT } = player;
  if (z > HEAD_HEIGHT + HEAD_PER_METRE * (height - USUAL_HEIGHT)) return 0;
  return z > FOOT_HEIGHT ? BODY_REACH : FOOT_REACH;
}

/** Speed of the ball against the player. */
export function impact(match: Match, player: Player): number {
  const { ball } = match;
  const dx = ball.vx - player.vx;
  const dy = ball.vy - player.vy;
  return Math.sqrt(dx * dx + dy * dy + ball.vz * ball.vz);
}
