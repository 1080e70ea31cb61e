/** @file Bytes to paint on: an RGB picture, which may be a window into a larger one. */
import type { Shape } from "./shape.ts";

export type Colour = readonly [red: number, green: number, blue: number];

export interface Surface {
  width: number;
  height: number;
  /** RGB, row by row from the top; at least width * height * 3 bytes. */
  data: Uint8Array;
  /** Where pixel (0, 0) lies in the picture that shapes are given in. */
  originX: number;
  originY: number;
}

export function makeSurface(
  width: number,
  height: number,
  data: Uint8Array = new Uint8Array(width * height * 3),
): Surface {
  return { width, height, data, originX: 0, originY: 0 };
}

/** Calls `visit` with the place (y * width + x) and the coverage (0 to 1] of every pixel that the shape touches. */
export function scan(
  shape: Shape,
  { width, height, originX, originY }: Pick<Surface, "width" | "height" | "originX" | "originY">,
  visit: (place: number, coverage: number) => void,
): void {
  const left = Math.max(0, Math.floor(shape.left - 0.5) - originX);
  const right = Math.min(width, Math.ceil(shape.right + 0.5) - originX);
  const top = Math.max(0, Math.floor(shape.top - 0.5) - originY);
  const bottom = Math.min(height, Math.ceil(shape.bottom + 0.5) - originY);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const inside = 0.5 - shape.distance(x + originX + 0.5, y + originY + 0.5);
      if (inside > 0) visit(y * width + x, inside < 1 ? inside : 1);
    }
  }
}

/** Paints a shape in one colour; `opacity` is 0 to 1. */
export function fill(surface: Surface, shape: Shape, [red, green, blue]: Colour, opacity = 1): void {
  const { data } = surface;
  scan(shape, surface, (place, coverage) => {
    const a = coverage * opacity;
    const i = place * 3;
    data[i] = Math.round(data[i]! + (red - data[i]!) * a);
    data[i + 1] = Math.round(data[i + 1]! + (green - data[i + 1]!) * a);
    data[i + 2] = Math.round(data[i + 2]! + (blue - data[i + 2]!) * a);
  });
}
