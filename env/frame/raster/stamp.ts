/** @file Sprites around a point that need not lie on a whole pixel. */
import { blit, makeLayer, makeSprite, type Clip, type Layer, type Sprite } from "./sprite.ts";
import type { Surface } from "./surface.ts";

/** A picture around a point, drawn once for each phase of the point within its pixel, when first needed. */
export interface Stamp {
  /** No pixel is farther from the point than this, along either axis. */
  reach: number;
  /** Phases along each axis: 4 are quarters of a pixel, 1 keeps to whole pixels. */
  phases: number;
  draw(layer: Layer, x: number, y: number): void;
  /** At phaseY * phases + phaseX. */
  sprites: (Sprite | undefined)[];
}

/** `draw` paints the picture around (x, y), at most `reach` pixels from it. */
export function makeStamp(reach: number, phases: number, draw: Stamp["draw"]): Stamp {
  return { reach: Math.ceil(reach) + 1, phases, draw, sprites: [] };
}

/** Paints the picture around (x, y) in pixels, where whole numbers are the pixels' corners. */
export function press(surface: Surface, stamp: Stamp, x: number, y: number, clip: Clip): void {
  const { reach, phases } = stamp;
  const stepsX = Math.round(x * phases);
  const stepsY = Math.round(y * phases);
  const pixelX = Math.floor(stepsX / phases);
  const pixelY = Math.floor(stepsY / phases);
  const phaseX = stepsX - pixelX * phases;
  const phaseY = stepsY - pixelY * phases;
  const sprite = (stamp.sprites[phaseY * phases + phaseX] ??= drawPhase(
    stamp,
    phaseX,
    phaseY,
    surface.width,
  ));
  blit(surface, sprite, pixelX - reach, pixelY - reach, clip);
}

function drawPhase(stamp: Stamp, phaseX: number, phaseY: number, surfaceWidth: number): Sprite {
  const { reach, phases } = stamp;
  const layer = makeLayer(2 * reach + 1, 2 * reach + 1);
  stamp.draw(layer, reach + phaseX / phases, reach + phaseY / phases);
  return makeSprite(layer, surfaceWidth);
}
