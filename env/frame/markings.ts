/** @file The lines of the pitch after Law 1, as shapes in pixels of the ground. */
import { marksOf } from "./law.ts";
import { both, box, disc, ring, type Shape } from "./raster/index.ts";
import type { PitchSize } from "./scene.ts";
import type { View } from "./view.ts";

/** Centimetres. */
const LINE = 12;

export function markings(pitch: PitchSize, view: View): Shape[] {
  const { scale, centreX, centreY, groundWidth, groundHeight, unit } = view;
  const { halfLength, halfWidth } = pitch;
  const marks = marksOf(pitch);
  const width = Math.max(1, Math.round(unit), Math.round(LINE * scale));
  const half = width / 2;
  // Straight lines lie on whole pixels, so that they are sharp and all equally wide.
  const x = (cm: number): number => Math.round(centreX + cm * scale - half) + half;
  const y = (cm: number): number => Math.round(centreY + cm * scale - half) + half;
  const across = (from: number, to: number, at: number): Shape =>
    box(Math.min(x(from), x(to)) - half, y(at) - half, Math.max(x(from), x(to)) + half, y(at) + half);
  const down = (at: number, from: number, to: number): Shape =>
    box(x(at) - half, y(from) - half, x(at) + half, y(to) + half);
  const circle = marks.circle * scale;
  const dot = Math.max(1.2, 11 * scale, 1.5 * half);

  const shapes = [
    across(-halfLength, halfLength, -halfWidth),
    across(-halfLength, halfLength, halfWidth),
    down(-halfLength, -halfWidth, halfWidth),
    down(halfLength, -halfWidth, halfWidth),
    down(0, -halfWidth, halfWidth),
    ring(x(0), y(0), circle, width),
    disc(x(0), y(0), dot),
  ];
  const field = box(x(-halfLength), y(-halfWidth), x(halfLength), y(halfWidth));
  for (const side of [-1, 1]) {
    const goalLine = side * halfLength;
    const inwards = (cm: number): number => goalLine - side * cm;
    for (const { depth, halfWidth: edge } of [marks.penaltyArea, marks.goalArea]) {
      const front = inwards(depth);
      shapes.push(across(goalLine, front, -edge), across(goalLine, front, edge), down(front, -edge, edge));
    }
    const spot = x(inwards(marks.penaltySpot));
    const front = x(inwards(marks.penaltyArea.depth));
    const beyond = side < 0 ? box(front, 0, groundWidth, groundHeight) : box(0, 0, front, groundHeight);
    shapes.push(disc(spot, y(0), dot), both(ring(spot, y(0), circle, width), beyond));
    const corner = Math.max(3 * width, marks.corner * scale);
    for (const edge of [-halfWidth, halfWidth]) {
      shapes.push(both(ring(x(goalLine), y(edge), corner, width), field));
    }
  }
  return shapes;
}
