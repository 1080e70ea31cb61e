/**
 * @file Restarts: the ball goes dead, players walk to their places in time that the agent does not see (GRF's
 * `step` does not return either while the ball is dead), then the taker stands at the ball and play waits
 * for his kick.
 */
import { clamp, length } from "../../math.ts";
import { note, release } from "../ball/possession.ts";
import type { PhysicsWorld } from "../physics/world.ts";
import { attackSign, type Pitch, THROW_IN_DISTANCE } from "../pitch.ts";
import {
  idleIntent,
  type Match,
  type Player,
  type Restart,
  type RestartKind,
  type Team,
  UPRIGHT,
} from "../state/match.ts";

/** Env steps for which the ball rolls on before it is put on the spot. */
export const ROLL_ON_STEPS = 8;
const SHORTEST_STEPS = 14;
const LONGEST_STEPS = 34;
/** GRF forces a short pass after 20 steps in which the agent did not restart. */
export const STALL_STEPS = 20;

/** The ball goes dead. */
export function beginRestart(
  match: Match,
  kind: RestartKind,
  team: Team,
  x: number,
  y: number,
  indirect = false,
): void {
  release(match);
  match.foul = null;
  const { ball } = match;
  ball.barred = -1;
  ball.passFrom = -1;
  ball.passTo = -1;
  ball.shot = false;
  ball.headed = false;
  match.restart = {
    kind,
    indirect,
    team,
    x,
    y,
    taker: takerFor(match, kind, team, x, y),
    deadSteps: 0,
    ready: false,
    readySteps: 0,
  };
  for (const player of match.players) {
    player.thinkSteps = 0;
    player.offside = false;
  }
}

function takerFor(match: Match, kind: RestartKind, team: Team, x: number, y: number): number {
  let best = -1;
  let bestDistance = Infinity;
  for (const player of match.players) {
    if (player.team !== team || player.sentOff) continue;
    if (player.keeper !== (kind === "goal-kick") && match.players.length > 2) continue;
    const [px, py] = kind === "kick-off" ? player.kickOff : [player.x, player.y];
    const distance = length(px - x, py - y);
    if (distance < bestDistance) [best, bestDistance] = [player.id, distance];
  }
  // A team of one keeper takes everything with him.
  return best >= 0 ? best : match.players.find((player) => player.team === team && !player.sentOff)!.id;
}

/** One env step of dead time; sets `ready` when play can go on. */
export function advanceDeadBall(match: Match, restart: Restart, world: PhysicsWorld): void {
  restart.deadSteps++;
  if (restart.deadSteps === ROLL_ON_STEPS) putBallOnSpot(match, restart, world);
  if (restart.deadSteps < SHORTEST_STEPS) return;
  const taker = match.players[restart.taker]!;
  const late = restart.deadSteps >= (restart.kind === "kick-off" ? 24 : LONGEST_STEPS);
  if (restart.kind === "kick-off") {
    if (late) lineUp(match, restart, world);
    else return;
  } else if (length(taker.x - restart.x, taker.y - restart.y) > 1.2 && !late) return;
  makeReady(match, restart, world);
}

/** The taker stands at the ball, the others at their distance: play waits for the kick. */
export function makeReady(match: Match, restart: Restart, world: PhysicsWorld): void {
  const { ball } = match;
  const taker = match.players[restart.taker]!;
  putBallOnSpot(match, restart, world);
  standAtBall(match, restart, taker, world);
  if (restart.kind === "penalty") clearThePenaltyArea(match, restart, world);
  else keepDistance(match, restart, world);
  restart.ready = true;
  ball.owner = taker.id;
  ball.possession = taker.team;
  ball.lastTouch = taker.id;
}

function putBallOnSpot(match: Match, restart: Restart, world: PhysicsWorld): void {
  const { ball } = match;
  ball.x = restart.x;
  ball.y = restart.y;
  ball.z = 0;
  ball.vx = 0;
  ball.vy = 0;
  ball.vz = 0;
  world.placeBall(ball.x, ball.y);
}

/** Puts a player somewhere at once. */
export function place(player: Player, x: number, y: number, world: PhysicsWorld): void {
  player.x = x;
  player.y = y;
  player.vx = 0;
  player.vy = 0;
  player.pose = UPRIGHT;
  player.poseTicks = 0;
  player.recoverTicks = 0;
  player.thinkSteps = 0;
  player.intent = idleIntent();
  world.placePlayer(player.id, x, y);
}

export function lineUp(match: Match, restart: Restart, world: PhysicsWorld): void {
  for (const player of match.players) {
    if (player.sentOff) continue;
    const [x, y] = player.team === restart.team ? player.kickOff : player.receiving;
    place(player, x, y, world);
  }
}

/** Behind the ball, facing the field. */
function standAtBall(match: Match, restart: Restart, taker: Player, world: PhysicsWorld): void {
  const sign = attackSign(taker.team);
  let faceX: number = sign;
  let faceY = 0;
  if (restart.kind === "throw-in") [faceX, faceY] = [0, restart.y > 0 ? -1 : 1];
  if (restart.kind === "corner") {
    faceX = restart.x > 0 ? -0.6 : 0.6;
    faceY = restart.y > 0 ? -0.8 : 0.8;
  }
  place(taker, restart.x - faceX * 0.6, restart.y - faceY * 0.6, world);
  taker.faceX = faceX;
  taker.faceY = faceY;
}

/** How far the other team stays from the ball until it is in play. */
export function distanceFor({ kickDistance }: Pitch, kind: RestartKind): number {
  return kind === "throw-in" ? THROW_IN_DISTANCE : kickDistance;
}

/** Law 14: all but the taker and the keeper outside the area, behind the ball and 9.15 m away; the keeper on his line. */
function clearThePenaltyArea(match: Match, restart: Restart, world: PhysicsWorld): void {
  const { halfLength, boxDepth, boxHalfWidth, penaltyDistance, kickDistance, marks } = match.pitch;
  const end = restart.x > 0 ? 1 : -1;
  for (const player of match.players) {
    if (player.id === restart.taker || player.sentOff) continue;
    if (player.keeper && player.team !== restart.team) {
      place(player, end * halfLength, 0, world);
      continue;
    }
    const out = halfLength - end * player.x;
    const inTheArea = out < boxDepth + 0.5 && Math.abs(player.y) < boxHalfWidth + 0.5;
    const tooNear = length(player.x - restart.x, player.y - restart.y) < kickDistance;
    if (!inTheArea && !tooNear) continue;
    const y = clamp(player.y, -boxHalfWidth, boxHalfWidth);
    // Behind the arc in the middle, behind the line beside it.
    const behind = Math.abs(y) < 8 * marks ? penaltyDistance + kickDistance + 0.5 : boxDepth + 1;
    place(player, end * (halfLength - behind), y, world);
  }
}

/** Moves opponents who are too near straight away from the ball, into the field. */
function keepDistance(match: Match, restart: Restart, world: PhysicsWorld): void {
  const { halfLength, halfWidth } = match.pitch;
  const distance = distanceFor(match.pitch, restart.kind) + 0.1;
  for (const player of match.players) {
    if (player.team === restart.team || player.sentOff) continue;
    let dx = player.x - restart.x;
    let dy = player.y - restart.y;
    let away = length(dx, dy);
    if (away >= distance) continue;
    if (away < 0.1) [dx, dy, away] = [-restart.x, -restart.y, length(restart.x, restart.y) || 1];
    let x = restart.x + (dx / away) * distance;
    let y = restart.y + (dy / away) * distance;
    if (Math.abs(x) > halfLength || Math.abs(y) > halfWidth) {
      const home = length(restart.x, restart.y) || 1;
      x = restart.x - (restart.x / home) * distance;
      y = restart.y - (restart.y / home) * distance;
    }
    place(player, clamp(x, -halfLength, halfLength), clamp(y, -halfWidth, halfWidth), world);
  }
}

/** Stops whoever runs at a ball that is not his yet: called every tick while play waits for the kick. */
export function holdOpponents(match: Match, restart: Restart): void {
  const distance = distanceFor(match.pitch, restart.kind);
  for (const player of match.players) {
    if (player.id === restart.taker) {
      player.vx = 0;
      player.vy = 0;
      continue;
    }
    if (restart.kind === "penalty") {
      // Nobody moves in before the kick; the keeper may go along his line.
      player.vx = 0;
      if (!player.keeper) player.vy = 0;
      continue;
    }
    if (player.team === restart.team) continue;
    const dx = player.x - restart.x;
    const dy = player.y - restart.y;
    const away = length(dx, dy);
    if (away > distance + 0.5 || away === 0) continue;
    const inward = (player.vx * dx + player.vy * dy) / away;
    if (inward >= 0) continue;
    player.vx -= (inward * dx) / away;
    player.vy -= (inward * dy) / away;
  }
}

/** The taker kicked: the ball is in play. */
export function endRestart(match: Match, taker: Player): void {
  const { restart } = match;
  if (!restart) return;
  const { kind, indirect } = restart;
  note(match, taker, kind === "free-kick" ? { kind, indirect } : { kind });
  match.restart = null;
}
