/**
 * @file The whole state of a match as plain data. Together with the physics world's own snapshot it is all
 * that an episode needs to go on bit for bit. Metres, metres a second, ticks.
 */
import type { GameMode } from "../../frame/scene.ts";
import type { Random } from "../../random.ts";
import type { FootballEvent } from "../event.ts";
import type { Pitch } from "../pitch.ts";
import type { Role, Rules } from "../scenario.ts";

export type Team = 0 | 1;

/** Poses by number, in the order of `POSES` of the scene. */
export const UPRIGHT = 0;
export const SLIDE = 1;
export const DIVE = 2;
export const DOWN = 3;
export const HOLD = 4;

/** How fast a player means to go: speeds are in `player/movement.ts`. */
export const STAND = 0;
export const DRIBBLE = 1;
export const RUN = 2;
export const SPRINT = 3;
export type Gait = 0 | 1 | 2 | 3;

export type KickKind = "pass" | "long" | "loft" | "shot" | "clear" | "free";

export interface Kick {
  kind: KickKind;
  /** Where the ball is meant to go; shots carry the height at the goal line in `z`. */
  x: number;
  y: number;
  z: number;
  /** Whom a pass is meant for, -1 for nobody. */
  receiver: number;
}

/** What a player means to do until he decides again. */
export interface Intent {
  /** Direction of the run, at most of length 1; shorter is slower. */
  moveX: number;
  moveY: number;
  gait: Gait;
  /** Lunge for the ball in this direction: a slide, or a keeper's dive; 0, 0 for none. */
  lungeX: number;
  lungeY: number;
  kick: Kick | null;
}

export interface Player {
  readonly id: number;
  readonly team: Team;
  readonly number: number;
  readonly role: Role;
  /** Changes only when a keeper is sent off: another takes his place. */
  keeper: boolean;
  readonly lazy: boolean;
  readonly controllable: boolean;
  /** Built-in skill, 0 to 1: speed, accuracy and reaction follow from it. */
  readonly skill: number;
  /** What he has besides, as in a scenario's PlayerSetup; his skill decides where they are left out. */
  readonly pace?: number;
  readonly strength?: number;
  readonly stamina?: number;
  readonly height?: number;
  /** His lane across the pitch in metres, his team attacking to the right; and his place up or down the shape. */
  readonly laneY: number;
  /** Where he stands at a kick-off: his team's, and the other's. */
  readonly kickOff: readonly [number, number];
  readonly receiving: readonly [number, number];

  x: number;
  y: number;
  vx: number;
  vy: number;
  /** Unit vector. */
  faceX: number;
  faceY: number;
  pose: number;
  /** Ticks until the pose ends. */
  poseTicks: number;
  /** Direction of the slide or dive that is on. */
  lungeX: number;
  lungeY: number;
  /** Ticks until he can play the ball again. */
  recoverTicks: number;
  /** GRF's tired factor: 0 fresh, 1 spent. */
  tired: number;
  booked: boolean;
  /** Off the field for good; he stands far outside and takes part in nothing. */
  sentOff: boolean;
  /** In an offside position when a teammate last played the ball (Law 11): an offence once he plays it. */
  offside: boolean;
  /** Env steps until he decides again. */
  thinkSteps: number;
  intent: Intent;
}

export interface Ball {
  x: number;
  y: number;
  /** Height of the centre above the grass less the radius: 0 when it lies. */
  z: number;
  vx: number;
  vy: number;
  vz: number;
  /** Who has it, -1 for nobody. */
  owner: number;
  /** In the owner's hands: nobody can take it. */
  held: boolean;
  /** Env steps that it has been held. */
  heldSteps: number;
  lastTouch: number;
  /** The team that had it last, -1 at first. */
  possession: -1 | Team;
  /** Who kicked it last and may not play it again before another touch or before `barredTicks` are over. */
  barred: number;
  barredTicks: number;
  /** The pass that is on its way: by whom and for whom, -1 for none. */
  passFrom: number;
  passTo: number;
  /** Whether a shot is on its way, and has been met by a keeper. */
  shot: boolean;
  /** Whether it was a head that played it last. */
  headed: boolean;
  /** The restart that it comes from while nobody but its taker has touched it. */
  from: RestartKind | "indirect-free-kick" | null;
}

export type RestartKind = Exclude<GameMode, "normal">;

/** A foul for which play has not stopped: the referee waits whether the team that was fouled keeps the ball. */
export interface Foul {
  offender: number;
  victim: number;
  /** Where it was. */
  x: number;
  y: number;
  /** GRF's measure: above 1 a foul, above 1.4 a yellow card, above 2 a red one. */
  severity: number;
  /** Ticks since. */
  ticks: number;
}

/** Play stops, and this is how it goes on. */
export type Whistle =
  | { kind: "goal"; scorer: Team }
  | { kind: RestartKind; team: Team; x: number; y: number; indirect?: boolean };

export interface Restart {
  kind: RestartKind;
  /** Of a free kick: another player must touch the ball before it can be a goal (Law 13). */
  indirect: boolean;
  team: Team;
  x: number;
  y: number;
  taker: number;
  /** Env steps since the ball went dead; the agent does not see them. */
  deadSteps: number;
  /** The taker stands at the ball: play waits for his kick. */
  ready: boolean;
  readySteps: number;
}

/** One place under control: which player, and his sticky actions. */
export interface Slot {
  readonly team: Team;
  /** Follows the ball from player to player. */
  readonly switches: boolean;
  player: number;
  /** 0 for none, or 1 to 8 as in `ACTIONS`. */
  direction: number;
  sprint: boolean;
  dribble: boolean;
  /** GRF's orders to the team, sticky too. */
  keeperRush: boolean;
  pressure: boolean;
  teamPressure: boolean;
  /** Env steps for which a player who was chosen with `switch` stays. */
  chosenSteps: number;
}

/** What reward terms remember of the episode. */
export interface RewardMemory {
  /** GRF's ten rings around the goal: how many each place under control has collected. */
  checkpoints: number[];
  /** Of each team, null before its first step. */
  magebench: [MagebenchMemory | null, MagebenchMemory | null];
}

/** MageBench's account of one team; x as in the scenario, the team attacking to the right. */
export interface MagebenchMemory {
  /** Farthest that the team has had the ball, and how many opponents were behind it when they were last counted. */
  best: number;
  opponentsPassed: number;
  /** What the next pass pays, as a share. */
  passScale: number;
  /** A pass was asked for, and nobody else has had the ball since. */
  passing: boolean;
  /** Who had the ball last, -1 at first. */
  lastOwner: number;
  /** Whether the team had it after the last step. */
  hadBall: boolean;
  /** A shot was paid, and the ball has not left the foot. */
  shot: boolean;
  over: boolean;
}

/** An obstacle in metres: round, or a box along the touchlines. */
export type Standing = { readonly x: number; readonly y: number } & (
  | { readonly radius: number }
  | { readonly halfLength: number; readonly halfWidth: number }
);

export interface Match {
  /** Length of a physics tick. */
  readonly tickSeconds: number;
  readonly rules: Rules;
  readonly pitch: Pitch;
  readonly obstacles?: readonly Standing[];
  tick: number;
  /** Env steps that the agent has seen. */
  step: number;
  /** What the match clock shows at step 0, in seconds; 0 without it. */
  readonly clockStart?: number;
  random: Random;
  score: [number, number];
  ball: Ball;
  players: Player[];
  slots: Slot[];
  restart: Restart | null;
  rewards: RewardMemory;
  kickOffTeam: Team;
  half: 1 | 2;
  /** Env steps added so far, in both halves, for time that was lost. */
  addedSteps: number;
  foul: Foul | null;
  /** What stops play at the end of this tick; null between two ticks. */
  whistle: Whistle | null;
  /** What happened since the last env step. */
  events: FootballEvent[];
  /** One number for each of the scenario's ends, where one of them is counted from step to step. */
  endCounts?: number[];
}

export function idleIntent(): Intent {
  return { moveX: 0, moveY: 0, gait: STAND, lungeX: 0, lungeY: 0, kick: null };
}

/** The player who has the ball, if anybody has. */
export function ownerOf(match: Match): Player | undefined {
  return match.ball.owner < 0 ? undefined : match.players[match.ball.owner];
}
