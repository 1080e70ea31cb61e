/** @file The player on the ball: shoot, pass or carry it on, whichever promises most. */
import { clamp, length } from "../../math.ts";
import { bell, type Random } from "../../random.ts";
import { inOwnBox, type Pitch } from "../pitch.ts";
import { shotAtGoal } from "../player/aim.ts";
import {
  DRIBBLE,
  type Gait,
  idleIntent,
  type Intent,
  type Kick,
  type Player,
  RUN,
  SPRINT,
} from "../state/match.ts";
import { bestPass } from "./pass.ts";
import type { Side } from "./side.ts";
import { chanceOfGoal, keeperInTheWay, spaceAround, worth } from "./value.ts";

/** Sixteen directions of a turn; the components are cosines of multiples of 22.5 degrees. */
const C = 0.9238795325112867;
const D = Math.SQRT1_2;
const S = 0.3826834323650898;
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [1, 0],
  [C, S],
  [D, D],
  [S, C],
  [0, 1],
  [-S, C],
  [-D, D],
  [-C, S],
  [-1, 0],
  [-C, -S],
  [-D, -D],
  [-S, -C],
  [0, -1],
  [S, -C],
  [D, -D],
  [C, -S],
];

/** From this chance on he shoots at once. */
const CLEAR_CHANCE = 0.32;
/** With nobody near he rather carries the ball on than passes for a small gain. */
const PATIENCE = -0.08;

export function withBall(side: Side, me: Player, skill: number, random: Random): Intent {
  const shot = chanceOfGoal(side, me.x, me.y);
  const blur = (1 - skill) * 0.12;
  const carry = carryOn(side, me);
  const further = chanceOfGoal(side, me.x + carry.intent.moveX * 5, me.y + carry.intent.moveY * 5);
  const better = further > shot + 0.04 && carry.space > 3.5 && !keeperComes(side, me);
  if (shot > CLEAR_CHANCE && !better) return { ...carry.intent, kick: shotAtGoal(side.match, me, random) };
  const pressed = spaceAround(side, me.x, me.y);
  const pass = bestPass(side, me);
  const values = {
    shot: 0.24 + shot * 1.3 + blur * bell(random) - (better ? 0.15 : 0),
    pass: (pass?.value ?? -1) + blur * bell(random) + (pressed < 2.5 ? 0.03 : PATIENCE),
    carry: carry.value + blur * bell(random) - (pressed < 2 ? 0.05 : 0),
  };
  if (shot > 0.04 && values.shot >= values.pass && values.shot >= values.carry) {
    return { ...carry.intent, kick: shotAtGoal(side.match, me, random) };
  }
  if (pass && values.pass > values.carry) return { ...carry.intent, kick: pass.kick };
  if (pressed < 2 && inOwnBox(side.match.pitch, me.team, me.x, me.y))
    return { ...carry.intent, kick: clearance(side, me) };
  return carry.intent;
}

/** A keeper who is off his line and near must be beaten now. */
function keeperComes(side: Side, me: Player): boolean {
  const keeper = keeperInTheWay(side, me.x, me.y);
  return keeper !== undefined && length(keeper.x - me.x, keeper.y - me.y) < 8;
}

interface Carry {
  intent: Intent;
  value: number;
  /** Distance to the nearest opponent on the way. */
  space: number;
}

/** Where between the posts he runs to: straight on, but well inside them. */
export function aimAcross({ goalHalfWidth }: Pitch, { y }: Player): number {
  const most = Math.min(2, goalHalfWidth);
  return clamp(y, -most, most);
}

/** The best of sixteen ways on. */
function carryOn(side: Side, me: Player): Carry {
  const { pitch } = side.match;
  const goalX = side.sign * pitch.halfLength;
  const aimY = aimAcross(pitch, me);
  const distanceNow = length(goalX - me.x, aimY - me.y);
  let best = -Infinity;
  let bestX = side.sign as number;
  let bestY = 0;
  let bestSpace = 0;
  for (const [dirX, dirY] of DIRECTIONS) {
    const x = me.x + dirX * 5;
    const y = me.y + dirY * 5;
    if (Math.abs(x) > pitch.halfLength - 0.8 || Math.abs(y) > pitch.halfWidth - 0.8) continue;
    const space = spaceOnTheWay(side, me, dirX, dirY);
    const progress = (distanceNow - length(goalX - x, aimY - y)) / 5;
    const straight = dirX * me.faceX + dirY * me.faceY;
    const score = progress + clamp(space / 3, 0, 2) + 0.15 * straight;
    if (score > best) [best, bestX, bestY, bestSpace] = [score, dirX, dirY, space];
  }
  const gait: Gait = bestSpace > 6 ? SPRINT : bestSpace < 2.2 ? DRIBBLE : RUN;
  const keeps = clamp(0.35 + bestSpace / 5, 0, 0.97);
  return {
    intent: { ...idleIntent(), moveX: bestX, moveY: bestY, gait },
    value: keeps * worth(side, me.x + bestX * 5, me.y + bestY * 5) - (1 - keeps) * 0.15,
    space: bestSpace,
  };
}

/** Distance of the nearest opponent from the next five metres, those behind counted less. */
function spaceOnTheWay(side: Side, me: Player, dirX: number, dirY: number): number {
  let space = 12;
  for (const other of side.match.players) {
    if (other.team === side.team) continue;
    const px = other.x + other.vx * 0.3 - me.x;
    const py = other.y + other.vy * 0.3 - me.y;
    if (px > 14 || px < -14 || py > 14 || py < -14) continue;
    const along = px * dirX + py * dirY;
    if (along < -0.5) continue;
    const off = Math.abs(px * dirY - py * dirX);
    const ahead = along > 6 ? along - 6 : 0;
    const distance = off + ahead * 0.8 + (along < 1 ? 0.5 : 0);
    if (distance < space) space = distance;
  }
  return space;
}

/**
 * Away from the own goal, to the side on which he stands; beside the own goal and hard pressed over the nearest
 * line: a corner or a throw-in is the smaller harm.
 */
export function clearance(side: Side, me: Player): Kick {
  const { halfLength, halfWidth, along, across } = side.match.pitch;
  const out = halfLength + side.sign * me.x;
  if (out < 12 * along && Math.abs(me.y) > 5 * across && spaceAround(side, me.x, me.y) < 1.8) {
    const behind = out < halfWidth - Math.abs(me.y);
    const x = behind ? -side.sign * (halfLength + 2) : me.x + side.sign * 4;
    const y = behind ? me.y * 1.2 : (me.y > 0 ? 1 : -1) * (halfWidth + 2);
    return { kind: "clear", x, y, z: 0, receiver: -1 };
  }
  const y = me.y + (me.y >= 0 ? 10 : -10) * across;
  const most = 30 * across;
  return { kind: "clear", x: me.x + side.sign * 30 * along, y: clamp(y, -most, most), z: 0, receiver: -1 };
}
