/**
 * @file GRF's raw observation: its keys and shapes, in the scenario's coordinates, each controlled player seeing
 * his own team at the left. Directions and rotations are of one env step.
 *
 * A player who was sent off or is not seen has -1 in all of his numbers, and so has a ball that is not seen: y and z
 * are never -1 for what is there.
 */
import { GAME_MODES } from "../../frame/scene.ts";
import { runRace } from "../brain/side.ts";
import { attackSign, BALL_RADIUS, type Pitch, toScenario } from "../pitch.ts";
import { ROLES, type Scenario } from "../scenario.ts";
import { type Match, ownerOf, type Player, type Slot } from "../state/match.ts";
import { STEP_SECONDS } from "../state/start.ts";
import type { Sight } from "./sight.ts";

/** Below this height in metres the ball rolls. */
const ROLLS = 0.05;

export interface RawObservation {
  /** x, y in the scenario's coordinates, z in metres. */
  ball: [number, number, number];
  ball_direction: [number, number, number];
  /**
   * Radians about GRF's axes: x to the right, y up the picture, z up. The ball rolls on the ground without slipping;
   * it has no spin of its own in the air.
   */
  ball_rotation: [number, number, number];
  /** -1 nobody, 0 the own team, 1 the other. */
  ball_owned_team: -1 | 0 | 1;
  /** Place in the owner's team, -1 for nobody. */
  ball_owned_player: number;
  left_team: [number, number][];
  right_team: [number, number][];
  left_team_direction: [number, number][];
  right_team_direction: [number, number][];
  /** 0 fresh, 1 spent. */
  left_team_tired_factor: number[];
  right_team_tired_factor: number[];
  left_team_yellow_card: (0 | 1)[];
  right_team_yellow_card: (0 | 1)[];
  /** False for who was sent off. */
  left_team_active: boolean[];
  right_team_active: boolean[];
  left_team_roles: number[];
  right_team_roles: number[];
  /** Place in the own team of the player under control. */
  active: number;
  /** Place in the own team of the player at the ball: its owner, or who gets to it first; -1 when that is not seen. */
  designated: number;
  /** 8 directions, sprint, dribble: 1 while it is held. */
  sticky_actions: number[];
  score: [number, number];
  steps_left: number;
  game_mode: number;
}

/** `main` holds each team's player at the ball, from `playersAtBall`. */
export function observeRaw(
  match: Match,
  scenario: Scenario,
  slot: Slot,
  sight: Sight,
  main: AtBall,
): RawObservation {
  const sign = attackSign(slot.team);
  const { restart, players, pitch } = match;
  const own = players.filter((player) => player.team === slot.team);
  const others = players.filter((player) => player.team !== slot.team);
  const seen = (player: Player): boolean => sight.players[player.id]!;
  const owner = ownerOf(match);
  const known = owner && sight.ball && seen(owner) ? owner : undefined;
  const place = (player: Player): [number, number] =>
    seen(player) ? turned(pitch, sign, player.x, player.y) : [-1, -1];
  const way = (player: Player): [number, number] =>
    seen(player) ? turned(pitch, sign, player.vx * STEP_SECONDS, player.vy * STEP_SECONDS) : [-1, -1];
  const tired = (player: Player): number => (seen(player) ? player.tired : -1);
  return {
    ...(sight.ball ? observeBall(match, sign) : NO_BALL()),
    ball_owned_team: known ? (known.team === slot.team ? 0 : 1) : -1,
    ball_owned_player: known ? (known.team === slot.team ? own : others).indexOf(known) : -1,
    left_team: own.map(place),
    right_team: others.map(place),
    left_team_direction: own.map(way),
    right_team_direction: others.map(way),
    left_team_tired_factor: own.map(tired),
    right_team_tired_factor: others.map(tired),
    left_team_yellow_card: own.map(card),
    right_team_yellow_card: others.map(card),
    left_team_active: own.map(isActive),
    right_team_active: others.map(isActive),
    left_team_roles: own.map(roleNumber),
    right_team_roles: others.map(roleNumber),
    active: own.findIndex((player) => player.id === slot.player),
    designated: sight.ball ? own.findIndex((player) => seen(player) && player === main[slot.team]) : -1,
    sticky_actions: [
      ...Array.from({ length: 8 }, (_, i) => +(slot.direction === i + 1)),
      +slot.sprint,
      +slot.dribble,
    ],
    score: slot.team === 0 ? [...match.score] : [match.score[1], match.score[0]],
    steps_left: Math.max(0, scenario.steps + match.addedSteps - match.step),
    game_mode: restart ? GAME_MODES.indexOf(restart.kind) : 0,
  };
}

type BallObservation = Pick<RawObservation, "ball" | "ball_direction" | "ball_rotation">;

const NO_BALL = (): BallObservation => ({
  ball: [-1, -1, -1],
  ball_direction: [-1, -1, -1],
  ball_rotation: [-1, -1, -1],
});

function observeBall({ ball, pitch }: Match, sign: 1 | -1): BallObservation {
  const roll = ball.z < ROLLS && !ball.held ? (sign * STEP_SECONDS) / BALL_RADIUS : 0;
  return {
    ball: [...turned(pitch, sign, ball.x, ball.y), ball.z],
    ball_direction: [
      ...turned(pitch, sign, ball.vx * STEP_SECONDS, ball.vy * STEP_SECONDS),
      ball.vz * STEP_SECONDS,
    ],
    ball_rotation: [ball.vy * roll + 0, ball.vx * roll + 0, 0],
  };
}

export type AtBall = readonly [Player | undefined, Player | undefined];

/** GRF's main player of each team: who has the ball, or gets there first. */
export function playersAtBall(match: Match): AtBall {
  const owner = ownerOf(match);
  const { first } = runRace(match);
  return [owner?.team === 0 ? owner : first[0], owner?.team === 1 ? owner : first[1]];
}

function card(player: Player): 0 | 1 {
  return player.booked ? 1 : 0;
}

function isActive(player: Player): boolean {
  return !player.sentOff;
}

function roleNumber(player: Player): number {
  return ROLES.indexOf(player.role);
}

function turned(pitch: Pitch, sign: 1 | -1, x: number, y: number): [number, number] {
  const [sx, sy] = toScenario(pitch, x, y);
  // Adding 0 makes -0 a plain 0.
  return [sign * sx + 0, sign * sy + 0];
}
