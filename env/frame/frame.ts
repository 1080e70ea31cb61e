/** @file The frame: options, and the picture as bytes. */

export interface FrameOptions {
  /** Whole pixels, 64 to 4096. */
  width: number;
  height: number;
  /** The whole pitch, or a window that follows the ball. */
  camera: "pitch" | "ball";
  /** Width of the window with the `ball` camera in metres, 15 to 200. */
  windowMetres: number;
  /** Score, clock and restart mode in a strip at the top. */
  hud: boolean;
  /** Shirt numbers. */
  numbers: boolean;
  /** A nose on each figure for where it faces. */
  facing: boolean;
  /** A grid over the pitch with its columns and rows named (A1 to H5), for language agents. */
  grid: boolean;
  /** Grass that grows redder from left to right and bluer from top to bottom, so that every patch tells where it is. */
  tint: boolean;
  /** Nothing but grey: to learn how much a player owes to what he sees. */
  blank: boolean;
  /** Marks of who is under control; with the `ball` camera an arrow points to one outside the window. */
  marks: boolean;
}

export const FRAME_DEFAULTS: FrameOptions = {
  width: 448,
  height: 288,
  camera: "pitch",
  windowMetres: 48,
  hud: true,
  numbers: true,
  facing: true,
  grid: false,
  tint: false,
  blank: false,
  marks: true,
};

export interface Frame {
  width: number;
  height: number;
  /** RGB, three bytes a pixel, row by row from the top. */
  data: Uint8Array;
}
