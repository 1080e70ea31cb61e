/** @file The ground: mown grass, the lines and marks of Law 1, goals with nets, and the named grid. */
import {
  box,
  both,
  disc,
  fill,
  ring,
  setText,
  type Colour,
  type Shape,
  type Surface,
} from "./raster/index.ts";
import type { PitchSize } from "./scene.ts";
import type { View } from "./view.ts";

const GRASS: readonly [Colour, Colour] = [
  [62, 140, 66],
  [54, 128, 59],
];
const OUTSIDE: Colour = [46, 112, 52];
const LINE: Colour = [238, 245, 238];
const GOAL: Colour = [255, 255, 255];

/** Law 1, in centimetres; smaller pitches get smaller marks. */
const LAW = {
  halfLength: 5250,
  halfWidth: 3400,
  circle: 915,
  penaltyDepth: 1650,
  penaltyHalfWidth: 2016,
  goalAreaDepth: 550,
  goalAreaHalfWidth: 916,
  spot: 1100,
  corner: 100,
  line: 12,
};

/** A stripe of the mower is the pitch's length in 20 parts. */
const STRIPES = 20;

/** Paints the part of the ground that the surface shows. */
export function paintGround(surface: Surface, pitch: PitchSize, view: View, grid: boolean): void {
  paintGrass(surface, pitch, view);
  if (grid) paintGrid(surface, pitch, view);
  for (const shape of lines(pitch, view)) fill(surface, shape, LINE, 0.92);
  for (const side of [-1, 1] as const) paintGoal(surface, pitch, view, side);
}

function paintGrass(surface: Surface, pitch: PitchSize, { scale, centreX, centreY }: View): void {
  const margin = LAW.halfLength / STRIPES;
  for (let y = 0; y < surface.height; y++) {
    const down = (y + surface.originY + 0.5 - centreY) / scale;
    for (let x = 0; x < surface.width; x++) {
      const right = (x + surface.originX + 0.5 - centreX) / scale;
      const mown = Math.abs(right) < pitch.halfLength + margin && Math.abs(down) < pitch.halfWidth + margin;
      const stripe = Math.floor(((right + pitch.halfLength) / (2 * pitch.halfLength)) * STRIPES);
      surface.data.set(mown ? GRASS[stripe & 1]! : OUTSIDE, (y * surface.width + x) * 3);
    }
  }
}

function lines(pitch: PitchSize, view: View): Shape[] {
  const { scale, centreX, centreY } = view;
  const { halfLength, halfWidth } = pitch;
  const k = Math.min(1, halfLength / LAW.halfLength, halfWidth / LAW.halfWidth);
  const width = Math.max(1, Math.round(LAW.line * scale));
  const px = (x: number): number => Math.round(centreX + x * scale - width / 2) + width / 2;
  const py = (y: number): number => Math.round(centreY + y * scale - width / 2) + width / 2;
  const half = width / 2;
  const across = (x1: number, x2: number, y: number): Shape =>
    box(Math.min(px(x1), px(x2)) - half, py(y) - half, Math.max(px(x1), px(x2)) + half, py(y) + half);
  const down = (x: number, y1: number, y2: number): Shape =>
    box(px(x) - half, Math.min(py(y1), py(y2)) - half, px(x) + half, Math.max(py(y1), py(y2)) + half);
  const field = box(
    px(-halfLength) - half,
    py(-halfWidth) - half,
    px(halfLength) + half,
    py(halfWidth) + half,
  );
  const shapes = [
    across(-halfLength, halfLength, -halfWidth),
    across(-halfLength, halfLength, halfWidth),
    down(-halfLength, -halfWidth, halfWidth),
    down(halfLength, -halfWidth, halfWidth),
    down(0, -halfWidth, halfWidth),
    ring(px(0), py(0), LAW.circle * k * scale, width),
    disc(px(0), py(0), Math.max(1, 1.6 * width)),
  ];
  for (const side of [-1, 1]) {
    const goalLine = side * halfLength;
    for (const [depth, breadth] of [
      [LAW.penaltyDepth * k, LAW.penaltyHalfWidth * k],
      [LAW.goalAreaDepth * k, LAW.goalAreaHalfWidth * k],
    ] as const) {
      const front = goalLine - side * depth;
      shapes.push(
        across(goalLine, front, -breadth),
        across(goalLine, front, breadth),
        down(front, -breadth, breadth),
      );
    }
    const spot = px(goalLine - side * LAW.spot * k);
    const front = px(goalLine - side * LAW.penaltyDepth * k);
    shapes.push(disc(spot, py(0), Math.max(1, 1.4 * width)));
    const beyond =
      side < 0 ? box(front, 0, view.groundWidth, view.groundHeight) : box(0, 0, front, view.groundHeight);
    shapes.push(both(ring(spot, py(0), LAW.circle * k * scale, width), beyond));
    for (const edge of [-1, 1]) {
      const radius = Math.max(2.5 * width, LAW.corner * k * scale);
      shapes.push(both(ring(px(goalLine), py(edge * halfWidth), radius, width), field));
    }
  }
  return shapes;
}

function paintGoal(
  surface: Surface,
  pitch: PitchSize,
  { scale, centreX, centreY }: View,
  side: -1 | 1,
): void {
  const width = Math.max(1, Math.round(LAW.line * scale));
  const line = Math.round(centreX + side * pitch.halfLength * scale);
  const back = Math.round(centreX + side * (pitch.halfLength + pitch.goalDepth) * scale);
  const top = Math.round(centreY - pitch.goalHalfWidth * scale);
  const bottom = Math.round(centreY + pitch.goalHalfWidth * scale);
  const left = Math.min(line, back);
  const right = Math.max(line, back);
  fill(surface, box(left, top, right, bottom), [20, 40, 24], 0.45);
  const mesh = Math.max(3, Math.round(60 * scale));
  for (let x = left; x < right; x += mesh) fill(surface, box(x, top, x + 1, bottom), GOAL, 0.3);
  for (let y = top; y < bottom; y += mesh) fill(surface, box(left, y, right, y + 1), GOAL, 0.3);
  fill(surface, box(left - width, top - width, right + width, top), GOAL);
  fill(surface, box(left - width, bottom, right + width, bottom + width), GOAL);
  fill(
    surface,
    side < 0 ? box(left - width, top, left, bottom) : box(right, top, right + width, bottom),
    GOAL,
  );
}

/** Columns A to H from left to right, rows 1 to 5 from top to bottom. */
function paintGrid(surface: Surface, pitch: PitchSize, { scale, centreX, centreY, unit }: View): void {
  const px = (x: number): number => Math.round(centreX + x * scale);
  const py = (y: number): number => Math.round(centreY + y * scale);
  const column = (i: number): number => px(pitch.halfLength * (i / 4 - 1));
  const row = (i: number): number => py(pitch.halfWidth * (i / 2.5 - 1));
  for (let i = 1; i < 8; i++) fill(surface, box(column(i), row(0), column(i) + 1, row(5)), LINE, 0.35);
  for (let i = 1; i < 5; i++) fill(surface, box(column(0), row(i), column(8), row(i) + 1), LINE, 0.35);
  const size = Math.max(5, Math.round(7 * unit));
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j < 5; j++) {
      const name = "ABCDEFGH"[i]! + String(j + 1);
      const text = setText(name, { size });
      if (text.width + 3 > column(1) - column(0)) continue;
      for (const shape of text.at(column(i) + 3, row(j) + 3)) fill(surface, shape, LINE, 0.55);
    }
  }
}
