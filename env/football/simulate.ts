/** @file One env step of play: everybody decides, then `ticksPerStep` ticks of motion, contests and laws. */
import { carry } from "./ball/possession.ts";
import { contest } from "./ball/contest.ts";
import { fly } from "./ball/flight.ts";
import { strike } from "./ball/kick.ts";
import { think } from "./brain/think.ts";
import { endOf, type Happened, isStopped } from "./ending.ts";
import { type BallBefore, exitOf, hitBar, notePost, scoreGoal } from "./laws/boundary.ts";
import { playOn, weighAdvantage, whistleFoul } from "./laws/foul.ts";
import {
  advanceDeadBall,
  beginRestart,
  endRestart,
  holdOpponents,
  place,
  ROLL_ON_STEPS,
} from "./laws/restart.ts";
import type { PhysicsWorld } from "./physics/world.ts";
import { movePlayers, turnPlayers } from "./player/movement.ts";
import { attackSign } from "./pitch.ts";
import type { End, Scenario } from "./scenario.ts";
import { type Match, ownerOf, type Team } from "./state/match.ts";

export interface Simulation {
  scenario: Scenario;
  match: Match;
  world: PhysicsWorld;
  /** Called after every tick. */
  onTick: (() => void) | undefined;
}

/** Plays one env step. Returns what ends the episode, if anything does. */
export function playStep(simulation: Simulation): End | undefined {
  const { match, scenario, world } = simulation;
  think(match, scenario);
  const possessionBefore: Team = match.ball.possession === -1 ? 0 : match.ball.possession;
  const happened: Happened = { restart: false, lost: false };
  for (let i = 0; i < scenario.ticksPerStep; i++) {
    playTick(simulation);
    const { whistle } = match;
    if (!whistle || isStopped(scenario, happened)) continue;
    match.whistle = null;
    if (whistle.kind === "goal") {
      scoreGoal(match, whistle.scorer);
      happened.goal = whistle.scorer;
      beginRestart(match, "kick-off", whistle.scorer === 0 ? 1 : 0, 0, 0);
    } else {
      // GRF: any restart ends an episode that ends when the ball is out of play.
      happened.restart = true;
      beginRestart(match, whistle.kind, whistle.team, whistle.x, whistle.y, whistle.indirect);
    }
  }
  match.whistle = null;
  showOut(simulation);
  const { owner, possession } = match.ball;
  happened.lost = owner >= 0 && possession !== possessionBefore;
  const end = endOf(match, scenario, happened);
  const { restart } = match;
  if (restart && !restart.ready) advanceDeadBall(match, restart, world);
  else if (restart) restart.readySteps++;
  if (match.ball.held && ++match.ball.heldSteps > KEEPER_STEPS) whistleHeldBall(simulation);
  return end;
}

function noteExit(match: Match): void {
  const last = match.players[match.ball.lastTouch];
  match.events.push({
    tick: match.tick,
    player: last?.id ?? -1,
    team: last?.team ?? 0,
    kind: "out-of-play",
  });
}

const before: BallBefore = { x: 0, y: 0, z: 0, vx: 0, vy: 0 };

/** Law 12: a keeper who keeps the ball in his hands for longer than eight seconds concedes a corner. */
const KEEPER_STEPS = 80;

function whistleHeldBall({ match }: Simulation): void {
  const keeper = ownerOf(match)!;
  const { halfLength, halfWidth } = match.pitch;
  const x = -attackSign(keeper.team) * (halfLength - 0.4);
  const y = (keeper.y >= 0 ? 1 : -1) * (halfWidth - 0.4);
  beginRestart(match, "corner", keeper.team === 0 ? 1 : 0, x, y);
}

/** Where the sent-off are: far outside, so that they are near nobody and nothing. */
const FAR_AWAY = 150;

/** Takes whoever has just been sent off away from the field. */
function showOut({ match, world }: Simulation): void {
  for (const player of match.players) {
    if (player.sentOff && player.y !== FAR_AWAY) place(player, 0, FAR_AWAY, world);
  }
}

function playTick(simulation: Simulation): void {
  const { match, world } = simulation;
  const { ball } = match;
  match.tick++;
  movePlayers(match);
  const { restart } = match;
  if (restart?.ready) holdOpponents(match, restart);
  kickIfMeant(match);
  const owner = ownerOf(match);
  if (match.restart && (match.restart.ready || match.restart.deadSteps >= ROLL_ON_STEPS)) {
    ball.vx = 0;
    ball.vy = 0;
  } else if (owner) carry(match, owner);
  else fly(ball, match.tickSeconds);
  before.x = ball.x;
  before.y = ball.y;
  before.z = ball.z;
  before.vx = ball.vx;
  before.vy = ball.vy;
  world.step(match);
  turnPlayers(match);
  if (!match.restart) judgeTick(simulation);
  simulation.onTick?.();
}

/** What the laws say of the tick that was just played. */
function judgeTick({ match, world }: Simulation): void {
  const { ball, players } = match;
  if (hitBar(match, before)) world.placeBall(ball.x, ball.y);
  else notePost(match, before);
  if (match.whistle) return;
  const exit = exitOf(match, before);
  if (exit) {
    const fouled = match.foul && players[match.foul.victim]!.team;
    if (exit.kind === "goal" && exit.scorer === fouled) playOn(match);
    // The ball went out before there was an advantage.
    else if (match.foul) return whistleFoul(match);
    if (exit.kind !== "goal") noteExit(match);
    match.whistle = exit;
    return;
  }
  contest(match, before.x, before.y);
  weighAdvantage(match);
}

/** The owner kicks when he means to; a restart's taker once play waits for him. */
function kickIfMeant(match: Match): void {
  const owner = ownerOf(match);
  if (!owner?.intent.kick) return;
  if (match.restart && !match.restart.ready) return;
  const { kick } = owner.intent;
  owner.intent.kick = null;
  strike(match, owner, kick);
  endRestart(match, owner);
}
