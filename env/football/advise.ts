/**
 * @file What the built-in player would do, said in the agent's own action set: one of eight directions, a
 * button, one at a time, or a sentence. It is what the `scripted` policy plays and what imitation learns from.
 */
import type { Random } from "../random.ts";
import { ACTIONS, DIRECTION_VECTORS, toBall } from "./action/index.ts";
import { decide } from "./brain/decide.ts";
import { makeSide, runRace } from "./brain/side.ts";
import { attackSign } from "./pitch.ts";
import { receiverFor } from "./player/aim.ts";
import type { Scenario } from "./scenario.ts";
import {
  DRIBBLE,
  type Intent,
  type Kick,
  type Match,
  type Player,
  type Slot,
  SPRINT,
} from "./state/match.ts";
import { distanceToSegment, length } from "../math.ts";
import { STEP_SECONDS } from "./state/start.ts";

/** Cosine within which the direction that is held already is good enough: a direction more would cost a step. */
const HELD_IS_GOOD = 0.9;
const index = (name: (typeof ACTIONS)[number]): number => ACTIONS.indexOf(name);
const BUTTONS = {
  pass: index("short_pass"),
  long: index("long_pass"),
  loft: index("high_pass"),
  clear: index("high_pass"),
  free: index("short_pass"),
  shot: index("shot"),
} as const;

/** A sentence of the `semantic` set. */
export function adviseSentence(
  match: Match,
  scenario: Scenario,
  slot: Slot,
  difficulty: number,
  random: Random,
): string {
  const me = match.players[slot.player]!;
  const side = makeSide(match, scenario, me.team, runRace(match));
  const intent = decide(side, me, difficulty, random);
  const atBall = match.ball.owner === me.id || (match.ball.owner < 0 && meetsBall(match, me));
  if (intent.kick && atBall) return kickSentence(match, intent.kick);
  if (intent.lungeX !== 0 || intent.lungeY !== 0) return "slide";
  if (intent.gait === 0 || length(intent.moveX, intent.moveY) <= 0.15) return "hold";
  if (side.owner !== me && sameWay(intent, toBall(match, side, me))) return "move to ball";
  const sign = attackSign(me.team);
  const direction = nearestDirection(sign * intent.moveX, sign * intent.moveY);
  return `${intent.gait === SPRINT ? "sprint" : "run"} ${ACTIONS[direction]!.replace("_", " ")}`;
}

/** Cosine within which two ways are one. */
const SAME_WAY = 0.97;

function sameWay(one: Intent, other: Intent): boolean {
  const norm = length(one.moveX, one.moveY) * length(other.moveX, other.moveY);
  return norm > 0 && one.moveX * other.moveX + one.moveY * other.moveY > SAME_WAY * norm;
}

function kickSentence({ players }: Match, { kind, receiver }: Kick): string {
  if (kind === "shot") return "shoot";
  const mate = players[receiver];
  if (kind === "clear" || kind === "free" || !mate) return "clear";
  return `${kind === "loft" || kind === "long" ? "lob_to" : "pass_to"} ${mate.number}`;
}

export function advise(
  match: Match,
  scenario: Scenario,
  slot: Slot,
  difficulty: number,
  random: Random,
): number {
  const me = match.players[slot.player]!;
  const side = makeSide(match, scenario, me.team, runRace(match));
  return buttonFor(match, slot, me, decide(side, me, difficulty, random));
}

function buttonFor(match: Match, slot: Slot, me: Player, intent: Intent): number {
  const sign = attackSign(me.team);
  const { ball } = match;
  const atBall = ball.owner === me.id || (ball.owner < 0 && meetsBall(match, me));
  if (intent.kick && atBall) return kickButton(match, slot, me, intent.kick, sign);
  if (intent.lungeX !== 0 || intent.lungeY !== 0) return lungeButton(slot, intent, sign);
  const moves = intent.gait > 0 && length(intent.moveX, intent.moveY) > 0.15;
  const direction = moves ? directionFor(slot, sign * intent.moveX, sign * intent.moveY) : 0;
  if (direction !== slot.direction) return direction === 0 ? index("release_direction") : direction;
  if (!moves) return index("idle");
  const dribble = intent.gait === DRIBBLE;
  if (slot.dribble !== dribble) return dribble ? index("dribble") : index("release_dribble");
  const sprint = intent.gait === SPRINT;
  if (slot.sprint !== sprint) return sprint ? index("sprint") : index("release_sprint");
  return index("idle");
}

/** Whether the ball comes to his feet or head within the step: a first-time kick must be pressed now. */
function meetsBall(match: Match, me: Player): boolean {
  const { ball } = match;
  const toX = ball.x + (ball.vx - me.vx) * STEP_SECONDS;
  const toY = ball.y + (ball.vy - me.vy) * STEP_SECONDS;
  return distanceToSegment(me.x, me.y, ball.x, ball.y, toX, toY) < 0.9;
}

/** The nearest of the eight directions; the one held already when it is near enough. */
function directionFor(slot: Slot, x: number, y: number): number {
  const norm = length(x, y);
  const held = DIRECTION_VECTORS[slot.direction]!;
  if (slot.direction !== 0 && (held[0] * x + held[1] * y) / norm > HELD_IS_GOOD) return slot.direction;
  return nearestDirection(x, y);
}

function nearestDirection(x: number, y: number): number {
  let best = 1;
  let bestDot = -Infinity;
  for (let i = 1; i <= 8; i++) {
    const [dx, dy] = DIRECTION_VECTORS[i]!;
    const dot = dx * x + dy * y;
    if (dot > bestDot) [best, bestDot] = [i, dot];
  }
  return best;
}

/** A pass goes to whom the direction means: turn first when the button would mean somebody else. */
function kickButton(match: Match, slot: Slot, me: Player, kick: Kick, sign: 1 | -1): number {
  const button = BUTTONS[kick.kind];
  if (kick.kind === "shot" || kick.receiver < 0) return button;
  const direction = directionFor({ ...slot, direction: 0 }, sign * (kick.x - me.x), sign * (kick.y - me.y));
  if (slot.direction === direction) return button;
  const [x, y] =
    slot.direction === 0 ? [sign * me.faceX, sign * me.faceY] : DIRECTION_VECTORS[slot.direction]!;
  const kind = kick.kind === "clear" || kick.kind === "free" ? "loft" : kick.kind;
  const meant = receiverFor(match, me, kind, sign * x, sign * y);
  return meant?.id === kick.receiver ? button : direction;
}

function lungeButton(slot: Slot, intent: Intent, sign: 1 | -1): number {
  const direction = directionFor(slot, sign * intent.lungeX, sign * intent.lungeY);
  return direction === slot.direction ? index("sliding") : direction;
}
