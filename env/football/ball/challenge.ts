/** @file Challenges for a ball that somebody has: standing and sliding tackles, keepers at an attacker's feet, fouls. */
import { clamp, length } from "../../math.ts";
import { bell, between, chance, uniform } from "../../random.ts";
import { commitFoul } from "../laws/foul.ts";
import { DIVE, DOWN, type Match, type Player, SLIDE } from "../state/match.ts";
import { exposure, gain, happens, knock, note, release, ticksOf } from "./possession.ts";
import { DIVE_REACH, HAND_REACH, SLIDE_REACH, useHands } from "./reach.ts";

const TACKLE_REACH = 1.3;
/** A slide meets the man within this, from body to body. */
const MAN_REACH = 1.2;
/** How often a second a challenge that does not win the ball is a foul. */
const CLUMSY_RATE = 3.6;
const SLIDE_FOUL_RATE = 14;

/** Opponents near the ball may take it: the nearer than its owner, the likelier. */
export function tackle(match: Match, owner: Player): void {
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
    const skill = (0.35 + 0.65 * strengthOf(player)) / (0.55 + 0.45 * strengthOf(owner));
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

function strengthOf({ strength, skill }: Player): number {
  return strength ?? skill;
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
