/**
 * @file Where players meet the ball. Run once a tick after the bodies have moved: a loose ball is controlled, kicked
 * at once, deflected or saved by who reaches it; a ball that somebody has is challenged for.
 */
import { clamp, distanceToSegment } from "../../math.ts";
import { bell, between, chance } from "../../random.ts";
import { type Match, ownerOf, type Player, SLIDE } from "../state/match.ts";
import { tackle } from "./challenge.ts";
import { FOOT_HEIGHT, strike } from "./kick.ts";
import { gain, knock, note, ticksOf } from "./possession.ts";
import { BODY_REACH, impact, mayTouch, reach, useHands } from "./reach.ts";
import { save } from "./save.ts";

/** `fromX, fromY`: where the ball was a tick ago, so that a fast ball does not pass through anybody. */
export function contest(match: Match, fromX: number, fromY: number): void {
  const owner = ownerOf(match);
  if (match.ball.barredTicks > 0 && --match.ball.barredTicks === 0) match.ball.barred = -1;
  if (!owner) meetLooseBall(match, fromX, fromY);
  else if (!match.ball.held && match.restart === null) tackle(match, owner);
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

/** Foot, body or head meets a loose ball: a first-time kick, control, or a deflection. */
function play(match: Match, player: Player, distance: number): void {
  const { ball } = match;
  const speed = impact(match, player);
  if (player.pose === SLIDE) {
    // One slide that pushes the ball on for several ticks is one tackle.
    if (ball.lastTouch !== player.id) note(match, player, { kind: "tackle" });
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
