/**
 * @file Where the picture looks: the whole pitch, or close, gliding after the ball as a camera on a crane does.
 * In parts of the whole picture, so it knows no pixels.
 */

/** `auto` is close when so few play that most of the pitch is empty. */
export const CAMERAS = ["auto", "whole", "close"] as const;
export type CameraChoice = (typeof CAMERAS)[number];

export interface Camera {
  /** 1 shows everything. */
  readonly zoom: number;
  /** The point in the middle, as parts of the width and height of the whole picture. */
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Camera = { zoom: 1, x: 0.5, y: 0.5 };

const CLOSE_ZOOM = 1.55;
const FEW_FIGURES = 12;
/** Seconds in which the camera makes two thirds of its way. */
const EASE_SECONDS = 0.7;

/** Where the camera wants to be when the ball is at this part of the picture. */
export function aim(choice: CameraChoice, figures: number, ball: { x: number; y: number }): Camera {
  const close = choice === "close" || (choice === "auto" && figures <= FEW_FIGURES);
  if (!close) return WHOLE;
  const half = 0.5 / CLOSE_ZOOM;
  const within = (value: number): number => Math.min(1 - half, Math.max(half, value));
  return { zoom: CLOSE_ZOOM, x: within(ball.x), y: within(ball.y) };
}

/** The camera after `seconds` of real time on its way to `target`; `still` goes there at once. */
export function glide(camera: Camera, target: Camera, seconds: number, still: boolean): Camera {
  const share = still ? 1 : 1 - Math.exp(-seconds / EASE_SECONDS);
  return {
    zoom: camera.zoom + (target.zoom - camera.zoom) * share,
    x: camera.x + (target.x - camera.x) * share,
    y: camera.y + (target.y - camera.y) * share,
  };
}
