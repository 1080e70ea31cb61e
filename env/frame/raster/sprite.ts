/**
 * @file Small pictures drawn in advance and stamped many times. A sprite is the list of its visible pixels with
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

export interface Sprite {
  width: number;
  height: number;
  /** Two numbers a pixel: byte offset from the top left corner, and red << 16 | green << 8 | blue. */
  opaque: Int32Array;
  /** Five numbers a pixel: byte offset, red, green and blue times opacity, and 255 minus opacity. */
  blended: Int32Array;
}

/** Pixels fainter than this cannot be seen; leaving them out saves time. */
const FAINTEST = 8;

/** The layer as a sprite for surfaces of this width. */
export function makeSprite({ width, height, data }: Layer, surfaceWidth: number): Sprite {
  if (width > surfaceWidth) throw new RangeError("a sprite is wider than the picture it is for");
  const opaque: number[] = [];
  const blended: number[] = [];
  for (let place = 0; place < width * height; place++) {
    const i = place * 4;
    const alpha = Math.round(data[i + 3]! * 255);
    if (alpha < FAINTEST) continue;
    const x = place % width;
    const offset = (((place - x) / width) * surfaceWidth + x) * 3;
    const red = Math.round(data[i]!);
    const green = Math.round(data[i + 1]!);
    const blue = Math.round(data[i + 2]!);
    if (alpha === 255) opaque.push(offset, (red << 16) | (green << 8) | blue);
    else blended.push(offset, red * 255, green * 255, blue * 255, 255 - alpha);
  }
  return { width, height, opaque: Int32Array.from(opaque), blended: Int32Array.from(blended) };
}

/** Where a sprite may paint: pixel bounds, right and bottom exclusive. */
export interface Clip {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Paints the sprite with its top left corner at pixel (x, y), only inside `clip`. */
export function blit(surface: Surface, sprite: Sprite, x: number, y: number, clip: Clip): void {
  const inside =
    x >= clip.left && y >= clip.top && x + sprite.width <= clip.right && y + sprite.height <= clip.bottom;
  if (inside) blitWhole(surface.data, sprite, (y * surface.width + x) * 3);
  else if (
    x < clip.right &&
    y < clip.bottom &&
    x + sprite.width > clip.left &&
    y + sprite.height > clip.top
  ) {
    blitWhole(surface.data, cropped(sprite, surface.width, x, y, clip), (y * surface.width + x) * 3);
  }
}

function blitWhole(data: Uint8Array, { opaque, blended }: Sprite, at: number): void {
  for (let i = 0; i < opaque.length; i += 2) {
    const p = at + opaque[i]!;
    const colour = opaque[i + 1]!;
    data[p] = colour >> 16;
    data[p + 1] = colour >> 8;
    data[p + 2] = colour;
  }
  // (v * 257) >>> 16 is v / 255 to the nearest integer for these products, without a division.
  for (let i = 0; i < blended.length; i += 5) {
    const p = at + blended[i]!;
    const rest = blended[i + 4]!;
    data[p] = ((blended[i + 1]! + data[p]! * rest + 127) * 257) >>> 16;
    data[p + 1] = ((blended[i + 2]! + data[p + 1]! * rest + 127) * 257) >>> 16;
    data[p + 2] = ((blended[i + 3]! + data[p + 2]! * rest + 127) * 257) >>> 16;
  }
}

/** The part of a sprite at (x, y) that lies in the clip; its offsets stay those of the whole sprite. */
function cropped(sprite: Sprite, surfaceWidth: number, x: number, y: number, clip: Clip): Sprite {
  const visible = (offset: number): boolean => {
    const place = offset / 3;
    const column = place % surfaceWidth;
    const px = x + column;
    const py = y + (place - column) / surfaceWidth;
    return px >= clip.left && px < clip.right && py >= clip.top && py < clip.bottom;
  };
  const keep = (pixels: Int32Array, size: number): Int32Array => {
    const kept: number[] = [];
    for (let i = 0; i < pixels.length; i += size) {
      if (visible(pixels[i]!)) for (let j = 0; j < size; j++) kept.push(pixels[i + j]!);
    }
    return Int32Array.from(kept);
  };
  return { ...sprite, opaque: keep(sprite.opaque, 2), blended: keep(sprite.blended, 5) };
}

/** A picture around a point, drawn once for each phase of that point within a pixel, when first needed. */
export interface Stamp {
  /** No pixel is farther from the point than this, horizontally or vertically. */
  reach: number;
  /** Phases along each axis: 4 are quarters of a pixel, 1 keeps to whole pixels. */
  phases: number;
  /** Draws the picture around (x, y). */
  draw(layer: Layer, x: number, y: number): void;
  /** By phase: down * phases + right. */
  sprites: (Sprite | undefined)[];
}

export function makeStamp(reach: number, phases: number, draw: Stamp["draw"]): Stamp {
  return { reach: Math.ceil(reach) + 1, phases, draw, sprites: [] };
}

/** Paints the picture around (x, y) pixels. */
export function press(surface: Surface, stamp: Stamp, x: number, y: number, clip: Clip): void {
  const { reach, phases } = stamp;
  const stepsX = Math.round(x * phases);
  const stepsY = Math.round(y * phases);
  const pixelX = Math.floor(stepsX / phases);
  const pixelY = Math.floor(stepsY / phases);
  const phaseX = stepsX - pixelX * phases;
  const phaseY = stepsY - pixelY * phases;
  const index = phaseY * phases + phaseX;
  const sprite = (stamp.sprites[index] ??= drawPhase(stamp, phaseX, phaseY, surface.width));
  blit(surface, sprite, pixelX - reach, pixelY - reach, clip);
}

function drawPhase(stamp: Stamp, phaseX: number, phaseY: number, surfaceWidth: number): Sprite {
  const { reach, phases } = stamp;
  const layer = makeLayer(2 * reach + 1, 2 * reach + 1);
  stamp.draw(layer, reach + phaseX / phases, reach + phaseY / phases);
  return makeSprite(layer, surfaceWidth);
}
