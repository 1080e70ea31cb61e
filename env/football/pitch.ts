/**
 * @file The pitch in metres, in the figures of GRF's engine (facts: 110 x 72 m, goals 7.4 x 2.5 m), and the
 * way from a scenario's coordinates to them. The origin is the centre spot, x points to the right goal,
 * y down the picture. Markings are Law 1's.
 */
import type { PitchSize } from "../frame/scene.ts";
import type { Point } from "./scenario.ts";

export const HALF_LENGTH = 55;
export const HALF_WIDTH = 36;
export const GOAL_HALF_WIDTH = 3.7;
export const GOAL_HEIGHT = 2.5;
export const GOAL_DEPTH = 2.55;
export const POST_RADIUS = 0.07;
/** The boards stand this far outside the lines: nobody and nothing gets beyond them, or out of the picture. */
export const BOARDS_BEHIND = 3.6;
export const BOARDS_BESIDE = 2.4;
export const BALL_RADIUS = 0.11;
export const PLAYER_RADIUS = 0.4;

export const BOX_DEPTH = 16.5;
export const BOX_HALF_WIDTH = 20.16;
export const GOAL_AREA_DEPTH = 5.5;
export const GOAL_AREA_HALF_WIDTH = 9.16;
/** Law 14. */
export const PENALTY_DISTANCE = 11;
/** Law 8, 13 and 17: how far opponents stay from a kick. */
export const KICK_DISTANCE = 9.15;
/** Law 15. */
export const THROW_IN_DISTANCE = 2;

/** A scenario's y of 0.42 is the touchline. */
const SCENARIO_HALF_WIDTH = 0.42;

export function toMetres([x, y]: Point): [number, number] {
  return [x * HALF_LENGTH, (y / SCENARIO_HALF_WIDTH) * HALF_WIDTH];
}

export function toScenario(x: number, y: number): [number, number] {
  return [x / HALF_LENGTH, (y / HALF_WIDTH) * SCENARIO_HALF_WIDTH];
}

/** +1 when the team attacks to the right, -1 to the left. */
export function attackSign(team: 0 | 1): 1 | -1 {
  return team === 0 ? 1 : -1;
}

/** Whether the point is in the penalty area that this team defends. */
export function inOwnBox(team: 0 | 1, x: number, y: number): boolean {
  return -attackSign(team) * x >= HALF_LENGTH - BOX_DEPTH && Math.abs(y) <= BOX_HALF_WIDTH;
}

export const PITCH_CENTIMETRES: PitchSize = {
  halfLength: HALF_LENGTH * 100,
  halfWidth: HALF_WIDTH * 100,
  goalHalfWidth: GOAL_HALF_WIDTH * 100,
  goalHeight: GOAL_HEIGHT * 100,
  goalDepth: GOAL_DEPTH * 100,
};
