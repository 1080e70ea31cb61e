/**
 * @file Where players meet the ball: control of a loose ball, blocks, standing and sliding tackles, saves.
 * Run once a tick after the bodies have moved.
 */
import { clamp, distanceToSegment, length } from "../../math.ts";
import { bell, between, chance, uniform } from "../../random.ts";
import { commitFoul } from "../laws/foul.ts";
import { attackSign, GOAL_HALF_WIDTH, HALF_LENGTH, inOwnBox } from "../pitch.ts";
import { DIVE, DOWN, type Match, ownerOf, type Player, SLIDE, UPRIGHT } from "../state/match.ts";
import { FOOT_HEIGHT, strike } from "./kick.ts";
import { exposure, gain, happens, knock, note, release, ticksOf } from "./possession.ts";

/** How near a player must be to play the ball, in metres. */
const FOOT_REACH = 0.85;
const BODY_REACH = 0.55;
const HEAD_HEIGHT = 2.2;
const HAND_REACH = 1.05;
const DIVE_REACH = 1.25;
const HAND_HEIGHT = 2.6;
const SLIDE_REACH = 1.15;
const TACKLE_REACH = 1.3;
/** A slide meets the man within this, from body to body. */
const MAN_REACH = 1.2;
/** How often a second a challenge that does not win the ball is a foul. */
const CLUMSY_RATE = 3.6;
const SLIDE_FOUL_RATE = 14;

/** `fromX, fromY`: where the ball was a tick ago, so that a fast ball does not pass through anybody. */
export function contest(match: Match, fromX: number, fromY: number): void {
  const owner = ownerOf(match);
  if (match.ball.barredTicks > 0 && --match.ball.barredTicks === 0) match.ball.barred = -1;
  if (!owner) meetLooseBall(match, fromX, fromY);
  else if (!match.ball.held && match.restart === null) tackle(match, owner);
}

function mayTouch(match: Match, player: Player): boolean {
  return (
    !player.sentOff && player.recoverTicks === 0 && player.pose !== DOWN && match.ball.barred !== player.id
  );
}

/** The nearest player who reaches the ball plays it. */
function meetLooseBall(match: Match, fromX: number, fromY: number): void {
  const { ball } = match;
  let nearest: Player | undefined;
  let nearestDistance = 2;
  for (const player of match.players) {
    // Half the pitch is out of reach: the cheap test first.
    const dx = player.x - ball.x;
    if (dx > 3 || dx < -3) continue;
    const dy = player.y - ball.y;
    if (dy > 3 || dy < -3) continue;
    const distance = distanceToSegment(player.x, player.y, fromX, fromY, ball.x, ball.y);
    if (distance >= nearestDistance || distance > reach(match, player) || !mayTouch(match, player)) continue;
    nearest = player;
    nearestDistance = distance;
  }
  if (!nearest) return;
  if (useHands(match, nearest)) save(match, nearest, nearestDistance);
  else play(match, nearest, nearestDistance);
}

/** In his own penalty area, but not for a ball that a teammate kicked or threw to him (Law 12). */
function useHands(match: Match, player: Player): boolean {
  if (!player.keeper || !inOwnBox(player.team, player.x, player.y)) return false;
  const { passFrom, headed } = match.ball;
  return passFrom < 0 || headed || match.players[passFrom]!.team !== player.team;
}

function reach(match: Match, player: Player): number {
  const { z } = match.ball;
  if (useHands(match, player)) {
    if (z > HAND_HEIGHT) return 0;
    return player.pose === DIVE ? DIVE_REACH : HAND_REACH;
  }
  if (player.pose === SLIDE) return z < 0.5 ? SLIDE_REACH : 0;
  if (z > HEAD_HEIGHT) return 0;
  return z > FOOT_HEIGHT ? BODY_REACH : FOOT_REACH;
}

/** Speed of the ball against the player. */
function impact(match: Match, player: Player): number {
  const { ball } = match;
  const dx = ball.vx - player.vx;
  const dy = ball.vy - player.vy;
  return Math.sqrt(dx * dx + dy * dy + ball.vz * ball.vz);
}

/** Foot, body or head meets a loose ball: a first-time kick, control, or a deflection. */
function play(match: Match, player: Player, distance: number): void {
  const { ball } = match;
  const speed = impact(match, player);
  if (player.pose === SLIDE) {
    note(match, player, { kind: "tackle" });
    knock(match, player, player.lungeX * 6 + ball.vx * 0.2, player.lungeY * 6 + ball.vy * 0.2, 0);
    return;
  }
  const { kick } = player.intent;
  if (kick && speed < 26) {
    player.intent.kick = null;
    if (ball.possession !== player.team && ball.possession !== -1)
      note(match, player, { kind: "interception" });
    completePass(match, player);
    ball.possession = player.team;
    strike(match, player, kick);
    return;
  }
  const intended = ball.passTo === player.id;
  const limit = (intended ? 17 : 12) + 6 * player.skill;
  const inTheAir = ball.z > FOOT_HEIGHT;
  const clean = clamp(1.45 - speed / limit, 0.02, 1) * (inTheAir ? 0.6 : 1);
  if (chance(match.random, clean)) {
    gain(match, player, "control");
    return;
  }
  // Not controlled: the ball grazes or hits the body, unless it just slips past.
  player.recoverTicks = ticksOf(match, 0.25);
  if (distance > BODY_REACH && chance(match.random, 0.6)) return;
  if (ball.shot) note(match, player, { kind: "block" });
  const keep = between(match.random, 0.2, 0.45);
  const turn = bell(match.random) * 0.7;
  // A shot comes back from the body that blocks it, or only grazes it and goes on.
  const back = ball.shot && chance(match.random, 0.5) ? -0.6 : 1;
  knock(
    match,
    player,
    (ball.vx - ball.vy * turn) * keep * back + player.vx * 0.5,
    (ball.vy + ball.vx * turn) * keep + player.vy * 0.5,
    Math.max(0, ball.vz * 0.3 + between(match.random, 0, 0.12) * speed),
  );
}

function completePass(match: Match, player: Player): void {
  const passer = match.players[match.ball.passFrom];
  if (passer && passer.team === player.team && passer !== player) {
    note(match, player, { kind: "pass-completed", from: passer.id });
  }
}

/** A keeper's hands: catch, parry, or beaten. Once beaten by a ball he does not get another try at it. */
function save(match: Match, keeper: Player, distance: number): void {
  const { ball } = match;
  const speed = impact(match, keeper);
  const stretch = distance / (keeper.pose === DIVE ? DIVE_REACH : HAND_REACH);
  const skill = 0.6 + 0.4 * keeper.skill;
  const reached = clamp(1.5 - speed / 42 - 0.45 * stretch, 0.1, 1) * skill;
  if (speed > 9 && !chance(match.random, reached)) {
    keeper.recoverTicks = ticksOf(match, 0.5);
    return;
  }
  const wasShot = ball.shot;
  const caught = chance(match.random, clamp(1.35 - speed / 26 - 0.25 * stretch, 0.08, 1));
  if (wasShot) note(match, keeper, { kind: "save", caught });
  if (caught) {
    gain(match, keeper, "catch");
    return;
  }
  keeper.recoverTicks = ticksOf(match, 0.3);
  ball.shot = false;
  if (speed > 14 && chance(match.random, 0.55)) tipRoundThePost(match, keeper, speed);
  else parry(match, keeper, speed);
}

/** Away from the goal, to the side on which it came. */
function parry(match: Match, keeper: Player, speed: number): void {
  const side = match.ball.y >= keeper.y ? 1 : -1;
  const out = attackSign(keeper.team) * between(match.random, 0.1, 0.35);
  const across = side * between(match.random, 0.25, 0.5);
  knock(match, keeper, out * speed, across * speed, between(match.random, 0, 0.15) * speed);
}

/** Behind the goal line beside the post: a corner. */
function tipRoundThePost(match: Match, keeper: Player, speed: number): void {
  const { ball } = match;
  const sign = attackSign(keeper.team);
  const side = ball.y >= keeper.y ? 1 : -1;
  const back = 0.3 * speed;
  const seconds = Math.max(0.05, (HALF_LENGTH + sign * ball.x) / back);
  const across = (side * (GOAL_HALF_WIDTH + between(match.random, 0.8, 3)) - ball.y) / seconds;
  if (Math.abs(across) > 0.9 * speed) parry(match, keeper, speed);
  else knock(match, keeper, -sign * back, across, between(match.random, 0, 0.1) * speed);
}

/** Opponents near the ball may take it: the nearer than its owner, the likelier. */
function tackle(match: Match, owner: Player): void {
  const { ball } = match;
  const ownerDistance = length(owner.x - ball.x, owner.y - ball.y);
  for (const player of match.players) {
    if (player.team === owner.team || player.sentOff) continue;
    const dx = player.x - ball.x;
    if (dx > TACKLE_REACH || dx < -TACKLE_REACH) continue;
    const dy = player.y - ball.y;
    const distance = length(dx, dy);
    if (distance > TACKLE_REACH || player.recoverTicks > 0 || player.pose === DOWN) continue;
    if (player.pose === SLIDE || player.pose === DIVE) {
      if (slideTackle(match, player, owner, distance)) return;
      continue;
    }
    if (useHands(match, player)) {
      // A keeper gathers at an attacker's feet.
      if (distance < HAND_REACH && happens(match, 4.5 * (0.4 + 0.6 * player.skill))) {
        gain(match, player, "catch");
        owner.recoverTicks = ticksOf(match, 0.6);
        return;
      }
      continue;
    }
    const nearer = clamp(0.45 + (ownerDistance - distance) / 0.9, 0.04, 1);
    const skill = (0.35 + 0.65 * player.skill) / (0.55 + 0.45 * owner.skill);
    if (happens(match, 2.6 * nearer * skill * exposure(owner))) {
      winBall(match, player, owner);
      return;
    }
    // The farther the ball is from him, the likelier he meets the man instead.
    if (happens(match, CLUMSY_RATE * (1.1 - nearer) * (1.3 - player.skill))) {
      const severity = 1 + 0.3 * fromBehind(player, owner) * uniform(match.random) + clumsiness(match);
      fell(match, player, owner, severity, 0.5);
      return;
    }
  }
}

function winBall(match: Match, player: Player, owner: Player): void {
  if (chance(match.random, 0.6)) {
    gain(match, player, "tackle");
  } else {
    const away = length(player.x - owner.x, player.y - owner.y) || 1;
    const speed = between(match.random, 3, 7);
    note(match, player, { kind: "tackle" });
    knock(
      match,
      player,
      ((owner.x - player.x) / away) * speed + bell(match.random) * 2,
      ((owner.y - player.y) / away) * speed + bell(match.random) * 2,
      0,
    );
    player.recoverTicks = ticksOf(match, 0.15);
  }
  owner.recoverTicks = ticksOf(match, 0.5);
}

/** A slide wins the ball or fells its owner, once. */
function slideTackle(match: Match, player: Player, owner: Player, distance: number): boolean {
  if (useHands(match, player) && distance < DIVE_REACH) {
    if (!happens(match, 9)) return false;
    gain(match, player, "catch");
    owner.recoverTicks = ticksOf(match, 0.6);
    return true;
  }
  const behind = fromBehind(player, owner);
  if (distance < SLIDE_REACH && happens(match, 9 * (0.3 + 0.7 * player.skill) * (1 - 0.6 * behind))) {
    note(match, player, { kind: "tackle" });
    knock(match, player, player.lungeX * 6, player.lungeY * 6, 0);
    owner.recoverTicks = ticksOf(match, 0.7);
    return true;
  }
  const atTheMan = length(player.x - owner.x, player.y - owner.y) < MAN_REACH;
  if (!atTheMan || !happens(match, SLIDE_FOUL_RATE * (0.3 + 0.7 * behind))) return false;
  const pace = length(player.vx, player.vy) / 8;
  fell(match, player, owner, 1 + 0.35 * pace + 0.35 * behind + 1.2 * clumsiness(match), 1.1);
  return true;
}

/** 1 when he comes exactly from behind the other's back, 0 from the side or from ahead. */
function fromBehind(player: Player, owner: Player): number {
  const dx = owner.x - player.x;
  const dy = owner.y - player.y;
  const distance = length(dx, dy) || 1;
  return clamp((dx * owner.faceX + dy * owner.faceY) / distance, 0, 1);
}

/** 0 to 0.8, mostly small. */
function clumsiness({ random }: Match): number {
  return 0.8 * uniform(random) * uniform(random) * uniform(random);
}

/** The man is met and not the ball: he goes down, and the ball runs loose. */
function fell(match: Match, player: Player, owner: Player, severity: number, downSeconds: number): void {
  if (!match.rules.fouls) return;
  commitFoul(match, player, owner, severity);
  const { ball } = match;
  release(match);
  ball.vx = owner.vx * 0.9 + bell(match.random);
  ball.vy = owner.vy * 0.9 + bell(match.random);
  owner.pose = DOWN;
  owner.poseTicks = ticksOf(match, downSeconds);
  player.recoverTicks = ticksOf(match, 0.8);
}

/** Whether the ball flies towards the goal that this team defends, and where it crosses the line. */
export function threatens(match: Match, team: 0 | 1): { y: number; seconds: number } | undefined {
  const { ball } = match;
  const sign = attackSign(team);
  const speed = -sign * ball.vx;
  const distance = HALF_LENGTH + sign * ball.x;
  if (ball.owner >= 0 || speed < 4 || distance < 0) return undefined;
  const seconds = distance / (speed * (1 - Math.min(0.4, 0.0075 * distance)));
  return { y: ball.y + ball.vy * seconds, seconds };
}

export const canPlay = (player: Player): boolean => player.pose === UPRIGHT && player.recoverTicks === 0;
