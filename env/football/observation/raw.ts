/**
 * @file GRF's raw observation: its keys and shapes, in the scenario's coordinates, each controlled player seeing
 * his own team at the left. Directions are the way of one env step.
 */
import { GAME_MODES } from "../../frame/scene.ts";
import { attackSign, toScenario } from "../pitch.ts";
import { ROLES, type Scenario } from "../scenario.ts";
import type { Match, Player, Slot } from "../state/match.ts";

const STEP_SECONDS = 0.1;

export interface RawObservation {
  /** x, y in the scenario's coordinates, z in metres. */
  ball: [number, number, number];
  ball_direction: [number, number, number];
  /** -1 nobody, 0 the own team, 1 the other. */
  ball_owned_team: -1 | 0 | 1;
  /** Place in the owner's team, -1 for nobody. */
  ball_owned_player: number;
  left_team: [number, number][];
  right_team: [number, number][];
  left_team_direction: [number, number][];
  right_team_direction: [number, number][];
  left_team_roles: number[];
  right_team_roles: number[];
  /** Place in the own team of the player under control. */
  active: number;
  /** 8 directions, sprint, dribble: 1 while it is held. */
  sticky_actions: number[];
  score: [number, number];
  steps_left: number;
  game_mode: number;
}

export function observeRaw(match: Match, scenario: Scenario, slot: Slot): RawObservation {
  const sign = attackSign(slot.team);
  const { ball, restart, players } = match;
  const own = players.filter((player) => player.team === slot.team);
  const others = players.filter((player) => player.team !== slot.team);
  const owner = players[ball.owner];
  const place = (player: Player): [number, number] => turned(sign, player.x, player.y);
  const way = (player: Player): [number, number] =>
    turned(sign, player.vx * STEP_SECONDS, player.vy * STEP_SECONDS);
  return {
    ball: [...turned(sign, ball.x, ball.y), ball.z],
    ball_direction: [...turned(sign, ball.vx * STEP_SECONDS, ball.vy * STEP_SECONDS), ball.vz * STEP_SECONDS],
    ball_owned_team: owner ? (owner.team === slot.team ? 0 : 1) : -1,
    ball_owned_player: owner ? (owner.team === slot.team ? own : others).indexOf(owner) : -1,
    left_team: own.map(place),
    right_team: others.map(place),
    left_team_direction: own.map(way),
    right_team_direction: others.map(way),
    left_team_roles: own.map(roleNumber),
    right_team_roles: others.map(roleNumber),
    active: own.findIndex((player) => player.id === slot.player),
    sticky_actions: [
      ...Array.from({ length: 8 }, (_, i) => +(slot.direction === i + 1)),
      +slot.sprint,
      +slot.dribble,
    ],
    score: slot.team === 0 ? [...match.score] : [match.score[1], match.score[0]],
    steps_left: Math.max(0, scenario.steps - match.step),
    game_mode: restart ? GAME_MODES.indexOf(restart.kind) : 0,
  };
}

function roleNumber(player: Player): number {
  return ROLES.indexOf(player.role);
}

function turned(sign: 1 | -1, x: number, y: number): [number, number] {
  const [sx, sy] = toScenario(x, y);
  return [sign * sx, sign * sy];
}
