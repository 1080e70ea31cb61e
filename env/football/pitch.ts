/**
 * @file The pitch of a match in metres, and the way from a scenario's coordinates to them. The origin is the centre
 * spot, x points to the right goal, y down the picture. What a scenario does not say is as in GRF's engine (facts:
 * 110 x 72 m, goals 7.4 x 2.5 m).
 */
import { marksOf, type PitchSize } from "../frame/index.ts";
import type { Obstacle, PitchSetup, Point } from "./scenario.ts";

const LENGTH = 110;
const WIDTH = 72;
const GOAL_WIDTH = 7.4;
const GOAL_HEIGHT = 2.5;
const GOAL_DEPTH = 2.55;

export const POST_RADIUS = 0.07;
/** The boards stand this far outside the lines: nobody and nothing gets beyond them, or out of the picture. */
export const BOARDS_BEHIND = 3.6;
export const BOARDS_BESIDE = 2.4;
export const BALL_RADIUS = 0.11;
export const PLAYER_RADIUS = 0.4;
/** Law 15, on pitches of any size. */
export const THROW_IN_DISTANCE = 2;

/** It does not change while a match lasts. */
export interface Pitch {
  readonly halfLength: number;
  readonly halfWidth: number;
  readonly goalHalfWidth: number;
  readonly goalHeight: number;
  readonly goalDepth: number;
  /** The penalty area. */
  readonly boxDepth: number;
  readonly boxHalfWidth: number;
  readonly goalAreaDepth: number;
  readonly goalAreaHalfWidth: number;
  /** Law 14. */
  readonly penaltyDistance: number;
  /** Law 8, 13 and 17: how far opponents stay from a kick. */
  readonly kickDistance: number;
  /** Its length and its width by those of GRF's pitch: the shape of a team stretches and shrinks with them. */
  readonly along: number;
  readonly across: number;
  /** Its marks by those of Law 1, at most 1. */
  readonly marks: number;
}

export function pitchOf(setup: PitchSetup = {}): Pitch {
  const { length = LENGTH, width = WIDTH, goalWidth = GOAL_WIDTH, goalHeight = GOAL_HEIGHT } = setup;
  const size = {
    halfLength: length / 2,
    halfWidth: width / 2,
    goalHalfWidth: goalWidth / 2,
    goalHeight,
    goalDepth: GOAL_DEPTH * (goalHeight / GOAL_HEIGHT),
  };
  const { scale, penaltyArea, goalArea, penaltySpot, circle } = marksOf(inCentimetres(size));
  return {
    ...size,
    boxDepth: penaltyArea.depth / 100,
    boxHalfWidth: penaltyArea.halfWidth / 100,
    goalAreaDepth: goalArea.depth / 100,
    goalAreaHalfWidth: goalArea.halfWidth / 100,
    penaltyDistance: penaltySpot / 100,
    kickDistance: circle / 100,
    along: length / LENGTH,
    across: width / WIDTH,
    marks: scale,
  };
}

/** As it is painted. */
export function inCentimetres(pitch: PitchSize): PitchSize {
  return {
    halfLength: Math.round(pitch.halfLength * 100),
    halfWidth: Math.round(pitch.halfWidth * 100),
    goalHalfWidth: Math.round(pitch.goalHalfWidth * 100),
    goalHeight: Math.round(pitch.goalHeight * 100),
    goalDepth: Math.round(pitch.goalDepth * 100),
  };
}

/** A scenario's y of 0.42 is the touchline. */
const SCENARIO_HALF_WIDTH = 0.42;

export function toMetres({ halfLength, halfWidth }: Pitch, [x, y]: Point): [number, number] {
  return [x * halfLength, (y / SCENARIO_HALF_WIDTH) * halfWidth];
}

export function toScenario({ halfLength, halfWidth }: Pitch, x: number, y: number): [number, number] {
  return [x / halfLength, (y / halfWidth) * SCENARIO_HALF_WIDTH];
}

/** +1 when the team attacks to the right, -1 to the left. */
export function attackSign(team: 0 | 1): 1 | -1 {
  return team === 0 ? 1 : -1;
}

/** Whether the point is in the penalty area that this team defends. */
export function inOwnBox(pitch: Pitch, team: 0 | 1, x: number, y: number): boolean {
  return -attackSign(team) * x >= pitch.halfLength - pitch.boxDepth && Math.abs(y) <= pitch.boxHalfWidth;
}

/** Whether a body with its middle at this place, in a scenario's coordinates, would stand in the obstacle. */
export function isInside(pitch: Pitch, { at, radius, size = [0, 0] }: Obstacle, place: Point): boolean {
  const [x, y] = toMetres(pitch, [place[0] - at[0], place[1] - at[1]]);
  if (radius !== undefined) return x * x + y * y < (radius + PLAYER_RADIUS) * (radius + PLAYER_RADIUS);
  return Math.abs(x) < size[0] / 2 + PLAYER_RADIUS && Math.abs(y) < size[1] / 2 + PLAYER_RADIUS;
}
