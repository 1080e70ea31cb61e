/** @file The whole state out and in, and its hash. */
import type { Hash } from "../../hash.ts";
import { PHYSICS_BUILD, type PhysicsWorld } from "../physics/world.ts";
import { TouchlineError } from "../../error.ts";
import type { MagebenchMemory, Match, Player, Team } from "./match.ts";

/** Raised when the state changes its shape, for play cannot go on from a snapshot that lacks a part of it. */
const SNAPSHOT_VERSION = 3;

/** Plain data: it survives `structuredClone` and a worker's message. */
export interface FootballSnapshot {
  version: typeof SNAPSHOT_VERSION;
  physics: string;
  /** The scenario's id; another scenario's snapshot is refused. */
  scenario: string;
  match: Match;
  /** Rapier's own bytes. */
  world: Uint8Array;
  /** Whether the episode was over. */
  over: boolean;
  /** Earlier moments that observations are made of, oldest first; empty without delay and stacking. */
  past: readonly Match[];
}

export function takeSnapshot(
  match: Match,
  world: PhysicsWorld,
  scenario: string,
  over: boolean,
  past: readonly Match[],
): FootballSnapshot {
  return {
    version: SNAPSHOT_VERSION,
    physics: PHYSICS_BUILD,
    scenario,
    match: copyMatch(match),
    world: world.snapshot(),
    over,
    past,
  };
}

/**
 * Whether an env of this scenario, whose places under control are of these teams, can go on from the snapshot.
 * Throws `snapshot/version`, `snapshot/scenario`, and `snapshot/control` for another number of places on a side.
 */
export function checkSnapshot(snapshot: FootballSnapshot, scenario: string, places: readonly Team[]): void {
  if (snapshot.version !== SNAPSHOT_VERSION || snapshot.physics !== PHYSICS_BUILD) {
    throw new TouchlineError(
      "snapshot/version",
      `The snapshot is of version ${snapshot.version} on ${snapshot.physics}; expected version ${SNAPSHOT_VERSION} on ${PHYSICS_BUILD}: take it again with this build.`,
    );
  }
  if (snapshot.scenario !== scenario) {
    throw new TouchlineError(
      "snapshot/scenario",
      `The snapshot is of scenario "${snapshot.scenario}" and this env plays "${scenario}"; make an env of the same scenario.`,
    );
  }
  const taken = sides(snapshot.match.slots.map(({ team }) => team));
  const here = sides(places);
  if (taken !== here) {
    throw new TouchlineError(
      "snapshot/control",
      `The snapshot has ${taken} under control and this env has ${here}; make an env with the same control.`,
    );
  }
}

function sides(places: readonly Team[]): string {
  const right = places.filter((team) => team === 1).length;
  return `${places.length - right} of the left and ${right} of the right team`;
}

/** A copy that shares nothing that play changes. */
export function copyMatch(match: Match): Match {
  return {
    ...match,
    random: match.random.slice(),
    score: [...match.score],
    ball: { ...match.ball },
    players: match.players.map((player) => ({ ...player, intent: copyIntent(player) })),
    slots: match.slots.map((slot) => ({ ...slot })),
    restart: match.restart && { ...match.restart },
    foul: match.foul && { ...match.foul },
    rewards: {
      checkpoints: [...match.rewards.checkpoints],
      magebench: [copyAccount(match.rewards.magebench[0]), copyAccount(match.rewards.magebench[1])],
    },
    events: [...match.events],
    ...(match.endCounts && { endCounts: [...match.endCounts] }),
  };
}

function copyAccount(account: MagebenchMemory | null): MagebenchMemory | null {
  return account && { ...account };
}

function copyIntent(player: Player): Player["intent"] {
  const { intent } = player;
  return { ...intent, kick: intent.kick && { ...intent.kick } };
}

const NUMBERS_FOR_MATCH = 64;
const NUMBERS_FOR_PLAYER = 32;
const NUMBERS_FOR_SLOT = 5;
const KICKS = ["pass", "long", "loft", "shot", "clear", "free"] as const;
const RESTARTS = ["kick-off", "goal-kick", "free-kick", "corner", "throw-in", "penalty"] as const;
const KICKED_FROM = [...RESTARTS, "indirect-free-kick", null] as const;

/**
 * A hasher of match states: every number that the future depends on, in a fixed order, as XXH64. MageBench's account
 * is left out, for it is kept only where that reward is asked for.
 */
export function makeStateHasher(hash: Hash): (match: Match) => string {
  let numbers = new Float64Array(0);
  return (match) => {
    const room =
      NUMBERS_FOR_MATCH +
      (match.endCounts?.length ?? 0) +
      match.players.length * NUMBERS_FOR_PLAYER +
      match.slots.length * NUMBERS_FOR_SLOT;
    if (numbers.length < room) numbers = new Float64Array(room);
    const end = write(match, numbers);
    return hash.hash64(new Uint8Array(numbers.buffer, 0, end * 8));
  };
}

function write(match: Match, out: Float64Array): number {
  let i = 0;
  const { ball, restart, foul } = match;
  for (const value of [
    match.tick,
    match.step,
    ...match.random,
    ...match.score,
    ...match.rewards.checkpoints,
    match.kickOffTeam,
    match.half,
    match.addedSteps,
    ball.x,
    ball.y,
    ball.z,
    ball.vx,
    ball.vy,
    ball.vz,
    ball.owner,
    +ball.held,
    ball.heldSteps,
    ball.lastTouch,
    ball.possession,
    ball.barred,
    ball.barredTicks,
    ball.passFrom,
    ball.passTo,
    +ball.shot,
    +ball.headed,
    KICKED_FROM.indexOf(ball.from),
    restart ? RESTARTS.indexOf(restart.kind) : -1,
  ]) {
    out[i++] = value;
  }
  if (restart) {
    for (const value of [
      restart.team,
      +restart.indirect,
      restart.x,
      restart.y,
      restart.taker,
      restart.deadSteps,
      +restart.ready,
      restart.readySteps,
    ]) {
      out[i++] = value;
    }
  }
  if (foul) {
    for (const value of [foul.offender, foul.victim, foul.x, foul.y, foul.severity, foul.ticks])
      out[i++] = value;
  }
  for (const player of match.players) i = writePlayer(player, out, i);
  for (const slot of match.slots) {
    out[i++] = slot.player;
    out[i++] = slot.direction;
    // Orders share a number with the sprint.
    out[i++] =
      +slot.sprint +
      2 * +slot.keeperRush +
      4 * +slot.pressure +
      8 * +slot.teamPressure +
      16 * slot.chosenSteps;
    out[i++] = +slot.dribble;
  }
  for (const counted of match.endCounts ?? []) out[i++] = counted;
  return i;
}

function writePlayer(player: Player, out: Float64Array, start: number): number {
  let i = start;
  const { intent } = player;
  out[i++] = player.x;
  out[i++] = player.y;
  out[i++] = player.vx;
  out[i++] = player.vy;
  out[i++] = player.faceX;
  out[i++] = player.faceY;
  out[i++] = player.pose;
  out[i++] = player.poseTicks;
  out[i++] = player.lungeX;
  out[i++] = player.lungeY;
  out[i++] = player.recoverTicks;
  out[i++] = player.tired;
  out[i++] = +player.booked;
  out[i++] = +player.sentOff;
  out[i++] = +player.offside;
  out[i++] = +player.keeper;
  out[i++] = player.thinkSteps;
  out[i++] = intent.moveX;
  out[i++] = intent.moveY;
  out[i++] = intent.gait;
  out[i++] = intent.lungeX;
  out[i++] = intent.lungeY;
  const { kick } = intent;
  out[i++] = kick ? KICKS.indexOf(kick.kind) : -1;
  if (kick) {
    out[i++] = kick.x;
    out[i++] = kick.y;
    out[i++] = kick.z;
    out[i++] = kick.receiver;
  }
  return i;
}
