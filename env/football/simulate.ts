/** @file One env step of play: everybody decides, then `ticksPerStep` ticks of motion, contests and laws. */
import { carry } from "./ball/possession.ts";
import { contest } from "./ball/contest.ts";
import { fly } from "./ball/flight.ts";
import { strike } from "./ball/kick.ts";
import { think } from "./brain/think.ts";
import { type BallBefore, type Exit, exitOf, hitBar, notePost, scoreGoal } from "./laws/boundary.ts";
import { advanceDeadBall, beginRestart, endRestart, holdOpponents, ROLL_ON_STEPS } from "./laws/restart.ts";
import type { PhysicsWorld } from "./physics/world.ts";
import { movePlayers, turnPlayers } from "./player/movement.ts";
import type { Scenario } from "./scenario.ts";
import { type Match, ownerOf, type Team } from "./state/match.ts";

export interface Simulation {
  scenario: Scenario;
  match: Match;
  world: PhysicsWorld;
  /** Called after every tick. */
  onTick: (() => void) | undefined;
}

export type Ending = "goal" | "out-of-play" | "possession-lost";

/** Plays one env step. Returns why the episode ends, if the scenario says that it does. */
export function playStep(simulation: Simulation): Ending | undefined {
  const { match, scenario, world } = simulation;
  const { rules } = scenario;
  think(match, scenario);
  const possessionBefore: Team = match.ball.possession === -1 ? 0 : match.ball.possession;
  let ending: Ending | undefined;
  for (let i = 0; i < scenario.ticksPerStep; i++) {
    const exit = playTick(simulation);
    if (!exit || ending) continue;
    if (exit.kind === "goal") {
      scoreGoal(match, exit.scorer);
      if (rules.endOnScore) ending = "goal";
      beginRestart(match, "kick-off", exit.scorer === 0 ? 1 : 0, 0, 0);
    } else {
      noteExit(match);
      if (rules.endOnOutOfPlay) ending = "out-of-play";
      beginRestart(match, exit.kind, exit.team, exit.x, exit.y);
    }
  }
  const { owner, possession } = match.ball;
  if (!ending && rules.endOnPossessionChange && owner >= 0 && possession !== possessionBefore) {
    ending = "possession-lost";
  }
  const { restart } = match;
  if (restart && !restart.ready) advanceDeadBall(match, restart, world);
  else if (restart) restart.readySteps++;
  if (match.ball.held) match.ball.heldSteps++;
  return ending;
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

function playTick(simulation: Simulation): Exit | null {
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
  let exit: Exit | null = null;
  if (!match.restart) {
    if (hitBar(match, before)) world.placeBall(ball.x, ball.y);
    else notePost(match, before);
    exit = exitOf(match, before);
    if (!exit) contest(match, before.x, before.y);
  }
  simulation.onTick?.();
  return exit;
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
