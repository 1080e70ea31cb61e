/**
 * @file Small pictures drawn in advance and painted many times. A sprite is the list of its visible pixels with
 * the colour multiplied by the opacity, so transparent pixels cost nothing and opaque ones are only written.
 */
import type { Shape } from "./shape.ts";
import { scan, type Colour, type Surface } from "./surface.ts";

/** A transparent picture to compose a sprite on: premultiplied RGBA, colours 0 to 255, opacity 0 to 1. */
export interface Layer {
  width: number;
  height: number;
  data: Float64Array;
}

export function makeLayer(width: number, height: number): Layer {
  return { width, height, data: new Float64Array(width * height * 4) };
}

/** Paints a shape over what the layer holds. */
export function lay(layer: Layer, shape: Shape, [red, green, blue]: Colour, opacity = 1): void {
  const { data, width, height } = layer;
  scan(shape, { width, height, originX: 0, originY: 0 }, (place, coverage) => {
    const a = coverage * opacity;
    const i = place * 4;
    data[i] = data[i]! * (1 - a) + red * a;
    data[i + 1] = data[i + 1]! * (1 - a) + green * a;
    data[i + 2] = data[i + 2]! * (1 - a) + blue * a;
    data[i + 3] = data[i + 3]! * (1 - a) + a;
  });
}

/** For surfaces of one width only: byte offsets depend on it. */
export interface Sprite {
  /** Bounds of the visible pixels within the layer that the sprite was made of. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** Two numbers a pixel: byte offset from the upper left visible corner, and red << 16 | green << 8 | blue. */
  opaque: Int32Array;
  /** Five numbers a pixel: byte offset; red, green and blue times opacity; 255 minus opacity. */
  blended: Int32Array;
}

/** Pixels fainter than this cannot be seen; leaving them out saves time. */
const FAINTEST = 8;

export function makeSprite({ width, height, data }: Layer, surfaceWidth: number): Sprite {
  const opacity = (x: number, y: number): number => Math.round(data[(y * width + x) * 4 + 3]! * 255);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (opacity(x, y) < FAINTEST) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
  }
  if (right - left > surfaceWidth)
    throw new RangeError("the sprite is wider than the picture that it is for");
  const opaque: number[] = [];
  const blended: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const alpha = opacity(x, y);
      if (alpha < FAINTEST) continue;
      const offset = ((y - top) * surfaceWidth + x - left) * 3;
      const i = (y * width + x) * 4;
      const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
      if (alpha === 255)
        opaque.push(offset, (Math.round(red) << 16) | (Math.round(green) << 8) | Math.round(blue));
      else
        blended.push(
          offset,
          Math.round(red * 255),
          Math.round(green * 255),
          Math.round(blue * 255),
          255 - alpha,
        );
    }
  }
  return {
    left,
    top,
    width: Math.max(0, right - left),
    height: Math.max(0, bottom - top),
    opaque: Int32Array.from(opaque),
    blended: Int32Array.from(blended),
  };
}

/** Where a sprite may paint: pixel bounds, right and bottom exclusive. */
export interface Clip {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Paints the sprite where its layer's upper left corner lies at pixel (x, y), only inside `clip`. */
export function blit(surface: Surface, sprite: Sprite, x: number, y: number, clip: Clip): void {
  const left = x + sprite.left;
  const top = y + sprite.top;
  const right = left + sprite.width;
  const bottom = top + sprite.height;
  if (left >= clip.right || right <= clip.left || top >= clip.bottom || bottom <= clip.top) return;
  const whole = left >= clip.left && right <= clip.right && top >= clip.top && bottom <= clip.bottom;
  const visible = whole ? sprite : crop(sprite, surface.width, left, top, clip);
  paintPixels(surface.data, visible, (top * surface.width + left) * 3);
}

function paintPixels(data: Uint8Array, { opaque, blended }: Sprite, at: number): void {
  for (let i = 0; i < opaque.length; i += 2) {
    const p = at + opaque[i]!;
    const colour = opaque[i + 1]!;
    data[p] = colour >> 16;
    data[p + 1] = colour >> 8;
    data[p + 2] = colour;
  }
  // For these products (v + 127) * 257 >>> 16 is v / 255 rounded, without a division.
  for (let i = 0; i < blended.length; i += 5) {
    const p = at + blended[i]!;
    const rest = blended[i + 4]!;
    data[p] = ((blended[i + 1]! + data[p]! * rest + 127) * 257) >>> 16;
    data[p + 1] = ((blended[i + 2]! + data[p + 1]! * rest + 127) * 257) >>> 16;
    data[p + 2] = ((blended[i + 3]! + data[p + 2]! * rest + 127) * 257) >>> 16;
  }
}

/** The pixels of a sprite at (left, top) that lie in the clip, at the offsets of the whole sprite. */
function crop(sprite: Sprite, surfaceWidth: number, left: number, top: number, clip: Clip): Sprite {
  const keep = (pixels: Int32Array, size: number): Int32Array => {
    const kept: number[] = [];
    for (let i = 0; i < pixels.length; i += size) {
      const place = pixels[i]! / 3;
      const column = place % surfaceWidth;
      const x = left + column;
      const y = top + (place - column) / surfaceWidth;
      const inside = x >= clip.left && x < clip.right && y >= clip.top && y < clip.bottom;
      if (inside) for (let j = 0; j < size; j++) kept.push(pixels[i + j]!);
    }
    return Int32Array.from(kept);
  };
  return { ...sprite, opaque: keep(sprite.opaque, 2), blended: keep(sprite.blended, 5) };
}
