/** @file The frame: options, and the picture as bytes. */

export interface FrameOptions {
  /** Pixels. */
  width: number;
  height: number;
  /** The whole pitch, or a window that follows the ball. */
  camera: "pitch" | "ball";
  /** Width of the window in metres with the `ball` camera. */
  windowMetres: number;
  /** Score, clock and restart mode in a strip at the top. */
  hud: boolean;
  /** Shirt numbers. */
  numbers: boolean;
  /** A grid over the pitch with its columns and rows named (A1 to H5), for language agents. */
  grid: boolean;
  /** Marks of who is under control. */
  marks: boolean;
}

export const FRAME_DEFAULTS: FrameOptions = {
  width: 448,
  height: 288,
  camera: "pitch",
  windowMetres: 48,
  hud: true,
  numbers: true,
  grid: false,
  marks: true,
};

export interface Frame {
  width: number;
  height: number;
  /** RGB, three bytes a pixel, row by row from the top. */
  data: Uint8Array;
}
