/**
 * @file Where things of the pitch lie in the picture. The ground (the pitch with what surrounds it) is one large
 * picture; the frame shows all of it, or the window of it that follows the ball.
 */
import { clamp } from "../math.ts";
import type { FrameOptions } from "./frame.ts";
import type { Clip, Surface } from "./raster/index.ts";
import type { PitchSize, Scene } from "./scene.ts";

/** What stays the same for all frames of one painter; in pixels. */
export interface View {
  /** Pixels per centimetre. */
  scale: number;
  /** The ground, never smaller than the window, and the centre spot in it. */
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
  /** Radius of a figure. */
  figureRadius: number;
  /** Steps within a pixel in which figures move; large ones keep to whole pixels. */
  phases: number;
  follows: boolean;
}

/** One frame while it is painted. */
export interface Shot {
  surface: Surface;
  /** The window in the frame. */
  clip: Clip;
  /** The window's upper left corner in the ground. */
  left: number;
  top: number;
}

/** Centimetres of grass beside the pitch and behind the goals. */
const BESIDE = 250;
const BEHIND = 120;
/** In the close camera a figure reaches so far around its centre: larger than life. */
const FIGURE_CENTIMETRES = 95;
/** In a frame of 448 x 288 two digits need this radius; in the smallest frames, with the smallest digits, that one. */
const LEGIBLE_RADIUS = 7.5;
const SMALLEST_RADIUS = 4.5;

export function makeView(pitch: PitchSize, options: FrameOptions): View {
  const unit = Math.min(options.width / 448, options.height / 288);
  const top = options.hud ? Math.max(7, Math.round(24 * unit)) : 0;
  const { width } = options;
  const height = options.height - top;
  const length = 2 * (pitch.halfLength + pitch.goalDepth + BEHIND);
  const breadth = 2 * (pitch.halfWidth + BESIDE);
  const follows = options.camera === "ball";
  const scale = follows ? width / (options.windowMetres * 100) : Math.min(width / length, height / breadth);
  const groundWidth = follows ? Math.max(width, Math.ceil(length * scale)) : width;
  const groundHeight = follows ? Math.max(height, Math.ceil(breadth * scale)) : height;
  const closeRadius = follows ? FIGURE_CENTIMETRES * scale : 0;
  const largest = Math.min(width, height) / 6;
  const figureRadius = Math.max(SMALLEST_RADIUS, LEGIBLE_RADIUS * unit, Math.min(closeRadius, largest));
  return {
    scale,
    groundWidth,
    groundHeight,
    centreX: groundWidth / 2,
    centreY: groundHeight / 2,
    width,
    height,
    top,
    unit,
    figureRadius,
    phases: figureRadius < 12 ? 4 : 1,
    follows,
  };
}

/** The shot of this scene on a surface of the whole frame's size. */
export function frameShot(view: View, { ball }: Scene, surface: Surface): Shot {
  const { width, height, top, groundWidth, groundHeight, centreX, centreY, scale, follows } = view;
  const wantedX = Math.round(centreX + ball.x * scale - width / 2);
  const wantedY = Math.round(centreY + ball.y * scale - height / 2);
  return {
    surface,
    clip: { left: 0, top, right: width, bottom: top + height },
    left: follows ? clamp(wantedX, 0, groundWidth - width) : 0,
    top: follows ? clamp(wantedY, 0, groundHeight - height) : 0,
  };
}

/** The frame's pixel of a place on the pitch in centimetres; whole numbers are the pixels' left edges. */
export function pixelX(view: View, shot: Shot, x: number): number {
  return view.centreX + x * view.scale - shot.left;
}

/** As `pixelX`, from the frame's upper edge. */
export function pixelY(view: View, shot: Shot, y: number): number {
  return view.centreY + y * view.scale - shot.top + view.top;
}
