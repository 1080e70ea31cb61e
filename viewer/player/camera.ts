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

/**
 * Where the camera wants to be when the ball is at this part of the picture. `sides`: where the pitch ends on the left and
 * right, for in a wide picture there is nothing to see beyond.
 */
export function aim(
  choice: CameraChoice,
  figures: number,
  ball: { x: number; y: number },
  sides: readonly [left: number, right: number] = [0, 1],
): Camera {
  const close = choice === "close" || (choice === "auto" && figures <= FEW_FIGURES);
  if (!close) return WHOLE;
  const half = 0.5 / CLOSE_ZOOM;
  const within = (value: number, first: number, last: number): number =>
    last - first < 2 * half ? (first + last) / 2 : Math.min(last - half, Math.max(first + half, value));
  return { zoom: CLOSE_ZOOM, x: within(ball.x, ...sides), y: within(ball.y, 0, 1) };
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
