/** @file How players run: GRF's speeds, limited acceleration, a facing that turns at a finite rate, lunges. */
import { clamp, length } from "../../math.ts";
import { freshSkill, tire } from "./fatigue.ts";
import { DIVE, DOWN, HOLD, type Match, type Player, SLIDE, UPRIGHT } from "../state/match.ts";

/** GRF: idle 0, dribble 3.5, walk 5, sprint 8 m/s, by gait. */
const GAIT_SPEED = [0, 3.5, 5, 8] as const;
/** The ball at the feet costs pace. */
const GAIT_SPEED_WITH_BALL = [0, 3.2, 4.7, 7] as const;
const ACCELERATION = 9;
const BRAKING = 14;
/** Share of the way to the wanted facing that is turned in 20 ms. */
const TURN = 0.22;

const SLIDE_SECONDS = 0.5;
const SLIDE_SPEED = 7.5;
const DIVE_SECONDS = 0.45;
const DIVE_SPEED = 6;
const SLIDE_DOWN_SECONDS = 0.8;
const DIVE_DOWN_SECONDS = 0.5;

/** Top speed by skill: half of the pace of a perfect player is natural. */
export function paceOf(player: Player): number {
  return 0.78 + 0.22 * freshSkill(player, player.pace);
}

/** The fastest that he can run, in metres a second. */
export function topSpeed(player: Player): number {
  return GAIT_SPEED[3] * paceOf(player);
}

/** Velocities for the next tick from what everybody means to do. */
export function movePlayers(match: Match): void {
  const { tickSeconds } = match;
  for (const player of match.players) {
    if (player.sentOff) continue;
    if (player.recoverTicks > 0) player.recoverTicks--;
    tire(match, player, length(player.vx, player.vy));
    if (player.pose !== UPRIGHT && player.pose !== HOLD) lieOrLunge(player, tickSeconds);
    else run(player, match.ball.owner === player.id, tickSeconds);
  }
}

function run(player: Player, hasBall: boolean, tickSeconds: number): void {
  const { intent } = player;
  const { pose } = player;
  if (pose === UPRIGHT && !hasBall && (intent.lungeX !== 0 || intent.lungeY !== 0)) {
    startLunge(player, tickSeconds);
    return;
  }
  const top = (hasBall ? GAIT_SPEED_WITH_BALL : GAIT_SPEED)[intent.gait] * paceOf(player);
  const wantedX = intent.moveX * top;
  const wantedY = intent.moveY * top;
  const dx = wantedX - player.vx;
  const dy = wantedY - player.vy;
  const change = length(dx, dy);
  if (change > 0) {
    const faster = wantedX * wantedX + wantedY * wantedY > player.vx * player.vx + player.vy * player.vy;
    const limit = (faster ? ACCELERATION * (0.8 + 0.2 * player.skill) : BRAKING) * tickSeconds;
    const share = Math.min(1, limit / change);
    player.vx += dx * share;
    player.vy += dy * share;
  }
}

/** Faces where he runs; one who stands faces the ball. */
export function turnPlayers(match: Match): void {
  const { ball, tickSeconds } = match;
  const share = clamp(TURN * (tickSeconds / 0.02), 0, 1);
  for (const player of match.players) {
    if (player.pose === SLIDE || player.pose === DIVE || player.pose === DOWN) continue;
    const { intent } = player;
    let x = intent.moveX;
    let y = intent.moveY;
    if (x * x + y * y < 0.04) {
      if (ball.owner === player.id) continue;
      x = ball.x - player.x;
      y = ball.y - player.y;
    }
    const wanted = length(x, y);
    if (wanted < 1e-6) continue;
    let faceX = player.faceX + (x / wanted - player.faceX) * share;
    let faceY = player.faceY + (y / wanted - player.faceY) * share;
    const norm = length(faceX, faceY);
    // Facing exactly away: turn over the right shoulder.
    if (norm < 1e-3) [faceX, faceY] = [-player.faceY, player.faceX];
    else [faceX, faceY] = [faceX / norm, faceY / norm];
    player.faceX = faceX;
    player.faceY = faceY;
  }
}

function startLunge(player: Player, tickSeconds: number): void {
  const { intent } = player;
  const norm = length(intent.lungeX, intent.lungeY);
  player.lungeX = intent.lungeX / norm;
  player.lungeY = intent.lungeY / norm;
  intent.lungeX = 0;
  intent.lungeY = 0;
  player.pose = player.keeper ? DIVE : SLIDE;
  player.poseTicks = Math.round((player.keeper ? DIVE_SECONDS : SLIDE_SECONDS) / tickSeconds);
  const speed = (player.keeper ? DIVE_SPEED : SLIDE_SPEED) * paceOf(player);
  player.vx = player.lungeX * speed;
  player.vy = player.lungeY * speed;
  if (player.pose === SLIDE) {
    player.faceX = player.lungeX;
    player.faceY = player.lungeY;
  }
}

/** A lunge loses its speed, then the player lies for a while, then stands up. */
function lieOrLunge(player: Player, tickSeconds: number): void {
  const slow = player.pose === DOWN ? 0.8 : 0.97;
  player.vx *= slow;
  player.vy *= slow;
  player.poseTicks--;
  if (player.poseTicks > 0) return;
  if (player.pose === DOWN) {
    player.pose = UPRIGHT;
    return;
  }
  player.poseTicks = Math.round(
    (player.pose === DIVE ? DIVE_DOWN_SECONDS : SLIDE_DOWN_SECONDS) / tickSeconds,
  );
  player.pose = DOWN;
}
