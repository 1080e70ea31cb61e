/** @file The ground: mown grass, the lines and marks of Law 1, goals with nets, and the named grid. */
import { type Features, paintObstacles, paintZones } from "./feature.ts";
import type { FrameOptions } from "./frame.ts";
import { markings } from "./markings.ts";
import { box, fill, makeSurface, setText, type Colour, type Surface } from "./raster/index.ts";
import type { PitchSize } from "./scene.ts";
import type { Shot, View } from "./view.ts";

export const GRASS: readonly [Colour, Colour] = [
  [62, 140, 66],
  [54, 128, 59],
];
const OUTSIDE: Colour = [45, 108, 51];
const LINE: Colour = [236, 245, 236];
const NET_SHADE: Colour = [20, 40, 24];
const GOAL: Colour = [255, 255, 255];

/** The mower makes 20 stripes of the pitch's length, and goes one further on all sides. */
const STRIPES = 20;
/** A larger ground than this many bytes is not kept; what a frame shows of it is painted anew. */
const LARGEST_KEPT = 64 << 20;

/** What of the ground can be chosen. */
export type Looks = Pick<FrameOptions, "grid" | "tint">;

/** A function that copies what the shot shows of the ground into it. */
export function makeGround(
  pitch: PitchSize,
  view: View,
  looks: Looks,
  features: Features = {},
): (shot: Shot) => void {
  const { width, height, top, groundWidth, groundHeight } = view;
  if (groundWidth * groundHeight * 3 > LARGEST_KEPT) {
    return ({ surface, left, top: groundTop }) => {
      const data = surface.data.subarray(top * width * 3);
      paintGround({ width, height, data, originX: left, originY: groundTop }, pitch, view, looks, features);
    };
  }
  const ground = makeSurface(groundWidth, groundHeight);
  paintGround(ground, pitch, view, looks, features);
  const row = width * 3;
  return ({ surface, left, top: groundTop }) => {
    const from = (groundTop * groundWidth + left) * 3;
    if (groundWidth === width) {
      surface.data.set(ground.data.subarray(from, from + height * row), top * row);
      return;
    }
    for (let y = 0; y < height; y++) {
      const start = from + y * groundWidth * 3;
      surface.data.set(ground.data.subarray(start, start + row), (top + y) * row);
    }
  };
}

/** Paints the part of the ground that the surface is a window of. */
export function paintGround(
  surface: Surface,
  pitch: PitchSize,
  view: View,
  { grid, tint }: Looks,
  features: Features = {},
): void {
  paintGrass(surface, pitch, view);
  if (tint) paintTint(surface, view);
  paintZones(surface, features, view);
  if (grid) paintGrid(surface, pitch, view);
  for (const shape of markings(pitch, view)) fill(surface, shape, LINE, 0.94);
  for (const side of [-1, 1] as const) paintGoal(surface, pitch, view, side);
  paintObstacles(surface, features, view);
}

function paintGrass({ width, height, data, originX, originY }: Surface, pitch: PitchSize, view: View): void {
  const { scale, centreX, centreY } = view;
  const stripe = (2 * pitch.halfLength) / STRIPES;
  const outside = new Uint8Array(width * 3);
  const mown = new Uint8Array(width * 3);
  for (let x = 0; x < width; x++) {
    const along = (x + originX + 0.5 - centreX) / scale;
    const isMown = Math.abs(along) < pitch.halfLength + stripe;
    mown.set(isMown ? GRASS[Math.floor((along + pitch.halfLength) / stripe) & 1]! : OUTSIDE, x * 3);
    outside.set(OUTSIDE, x * 3);
  }
  for (let y = 0; y < height; y++) {
    const down = (y + originY + 0.5 - centreY) / scale;
    data.set(Math.abs(down) < pitch.halfWidth + stripe ? mown : outside, y * width * 3);
  }
}

/** The least and the most of red, from left to right, and of blue, from top to bottom. */
const [TINT_FROM, TINT_TO] = [24, 112];

function tint(share: number): number {
  return Math.round(TINT_FROM + (TINT_TO - TINT_FROM) * share);
}

/** Grass of which every patch tells by its colour where it is: small models see patches, and not where they lie. */
function paintTint(
  { width, height, data, originX, originY }: Surface,
  { groundWidth, groundHeight }: View,
): void {
  for (let y = 0; y < height; y++) {
    const blue = tint((y + originY) / groundHeight);
    for (let x = 0; x < width; x++) {
      data[(y * width + x) * 3] = tint((x + originX) / groundWidth);
      data[(y * width + x) * 3 + 2] = blue;
    }
  }
}

/** Posts, bars and net, outside of the goal line. */
function paintGoal(surface: Surface, pitch: PitchSize, view: View, side: -1 | 1): void {
  const { scale, centreX, centreY } = view;
  const post = Math.max(1, Math.round(14 * scale));
  const line = Math.round(centreX + side * pitch.halfLength * scale);
  const back = Math.round(centreX + side * (pitch.halfLength + pitch.goalDepth) * scale);
  const top = Math.round(centreY - pitch.goalHalfWidth * scale);
  const bottom = Math.round(centreY + pitch.goalHalfWidth * scale);
  const left = Math.min(line, back);
  const right = Math.max(line, back);
  fill(surface, box(left, top, right, bottom), NET_SHADE, 0.5);
  const mesh = Math.max(3, Math.round(45 * scale));
  const thread = Math.max(1, Math.round(4 * scale));
  for (let x = left + mesh; x < right; x += mesh) fill(surface, box(x, top, x + thread, bottom), GOAL, 0.32);
  for (let y = top + mesh; y < bottom; y += mesh) fill(surface, box(left, y, right, y + thread), GOAL, 0.32);
  fill(surface, box(left, top - post, right, top), GOAL);
  fill(surface, box(left, bottom, right, bottom + post), GOAL);
  const end = side < 0 ? left - post : right;
  fill(surface, box(end, top - post, end + post, bottom + post), GOAL);
}

/** Columns A to H from left to right, rows 1 to 5 from top to bottom; cells that are too small stay unnamed. */
function paintGrid(surface: Surface, pitch: PitchSize, { scale, centreX, centreY, unit }: View): void {
  const column = (i: number): number => Math.round(centreX + pitch.halfLength * (i / 4 - 1) * scale);
  const row = (i: number): number => Math.round(centreY + pitch.halfWidth * (i / 2.5 - 1) * scale);
  const line = Math.max(1, Math.round(unit));
  for (let i = 1; i < 8; i++) fill(surface, box(column(i), row(0), column(i) + line, row(5)), LINE, 0.4);
  for (let i = 1; i < 5; i++) fill(surface, box(column(0), row(i), column(8), row(i) + line), LINE, 0.4);
  const size = Math.max(5, Math.round(7 * unit));
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j < 5; j++) {
      const name = setText("ABCDEFGH"[i]! + String(j + 1), { size });
      if (name.width + 3 * line > column(1) - column(0)) continue;
      for (const letter of name.at(column(i) + 3 * line, row(j) + 3 * line)) fill(surface, letter, LINE, 0.7);
    }
  }
}
