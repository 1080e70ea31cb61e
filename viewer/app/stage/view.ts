/** @file From centimetres on the pitch to CSS pixels in the picture. */
import type { PitchSize } from "../../../env/frame/index.ts";

export interface View {
  width: number;
  height: number;
  /** Device pixels in a CSS pixel. */
  density: number;
  /** CSS pixels in a centimetre. */
  scale: number;
  x(centimetres: number): number;
  y(centimetres: number): number;
  /** Where the pitch with its goals and some grass ends on the left and right, in parts of the width. */
  sides: readonly [left: number, right: number];
  /** -1 in the second half, for the teams have changed ends: the pitch is seen turned by half a turn. */
  turn: 1 | -1;
  /** Radius of a player's disc: larger than life, so that its number can be read. */
  figure: number;
}

/** Grass outside the lines: room for the goals, for throw-ins and for a ball that goes out. */
const BESIDES = 330;
const BEHIND_GOAL = 230;
const FIGURE_RADIUS = 150;
const LEGIBLE_RADIUS = 6.2;

/** Width over height of the picture. */
export function aspectOf(pitch: PitchSize): number {
  return (pitch.halfLength + pitch.goalDepth + BEHIND_GOAL) / (pitch.halfWidth + BESIDES);
}

/** The upper part is free for the scoreboard. */
export function makeView(pitch: PitchSize, width: number, height: number, density: number): View {
  const top = width < 560 ? 32 : 44;
  const length = 2 * (pitch.halfLength + pitch.goalDepth + BEHIND_GOAL);
  const breadth = 2 * (pitch.halfWidth + BESIDES);
  const scale = Math.min(width / length, (height - top) / breadth);
  return {
    width,
    height,
    density,
    scale,
    sides: [0.5 - (length * scale) / width / 2, 0.5 + (length * scale) / width / 2],
    turn: 1,
    x: (centimetres) => width / 2 + centimetres * scale,
    y: (centimetres) => (height + top) / 2 + centimetres * scale,
    figure: Math.max(LEGIBLE_RADIUS, FIGURE_RADIUS * scale),
  };
}

/** The same picture after the change of ends. */
export function turned(view: View): View {
  return {
    ...view,
    turn: -1,
    x: (centimetres) => view.x(-centimetres),
    y: (centimetres) => view.y(-centimetres),
  };
}
