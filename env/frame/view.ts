/**
 * @file Where things of the pitch lie in the picture. The ground (the pitch with what surrounds it) is one large
 * picture at the view's scale; the frame shows all of it, or the window of it that follows the ball.
 */
import type { FrameOptions } from "./frame.ts";
import { clamp } from "../math.ts";
import type { PitchSize, Scene } from "./scene.ts";

export interface View {
  /** Pixels per centimetre. */
  scale: number;
  /** The ground in pixels, never smaller than the window, and the centre spot in it. */
  groundWidth: number;
  groundHeight: number;
  centreX: number;
  centreY: number;
  /** The window: the frame without the strip on top, which is `top` pixels high. */
  width: number;
  height: number;
  top: number;
  /** Size of signs and letters: 1 in a frame of 448 x 288. */
  unit: number;
  /** Radius of a figure in pixels. */
  figureRadius: number;
  follows: boolean;
}

/** Centimetres of grass outside the lines: room for goals and for players who run out. */
const MARGIN = { besides: 300, behindGoal: 120 };
/** A figure in the close camera is 0.95 m around its centre, larger than life. */
const FIGURE_RADIUS = 95;
/** In a frame of 448 x 288; two digits need it. */
const LEGIBLE_RADIUS = 7.5;
/** Two digits of 3 x 5 pixels need this radius. */
const SMALLEST_RADIUS = 4.5;

export function makeView(pitch: PitchSize, options: FrameOptions): View {
  const unit = Math.min(options.width / 448, options.height / 288);
  const top = options.hud ? Math.max(7, Math.round(24 * unit)) : 0;
  const { width } = options;
  const height = options.height - top;
  const length = 2 * (pitch.halfLength + pitch.goalDepth + MARGIN.behindGoal);
  const breadth = 2 * (pitch.halfWidth + MARGIN.besides);
  const follows = options.camera === "ball";
  const scale = follows ? width / (options.windowMetres * 100) : Math.min(width / length, height / breadth);
  const groundWidth = Math.max(width, Math.ceil(length * scale));
  const groundHeight = Math.max(height, Math.ceil(breadth * scale));
  return {
    scale,
    groundWidth: follows ? groundWidth : width,
    groundHeight: follows ? groundHeight : height,
    centreX: (follows ? groundWidth : width) / 2,
    centreY: (follows ? groundHeight : height) / 2,
    width,
    height,
    top,
    unit,
    figureRadius: Math.max(SMALLEST_RADIUS, LEGIBLE_RADIUS * unit, follows ? FIGURE_RADIUS * scale : 0),
    follows,
  };
}

/** Left edge of the window in ground pixels. */
export function windowLeft({ follows, centreX, scale, width, groundWidth }: View, { ball }: Scene): number {
  return follows ? clamp(Math.round(centreX + ball.x * scale - width / 2), 0, groundWidth - width) : 0;
}

/** Upper edge of the window in ground pixels. */
export function windowTop({ follows, centreY, scale, height, groundHeight }: View, { ball }: Scene): number {
  return follows ? clamp(Math.round(centreY + ball.y * scale - height / 2), 0, groundHeight - height) : 0;
}
