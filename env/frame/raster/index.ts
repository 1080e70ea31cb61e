/** @file Drawing into bytes: shapes, text and sprites, for any game here. Knows nothing of football. */
export { both, box, capsule, disc, polygon, ring, union, without, type Dot, type Shape } from "./shape.ts";
export {
  blit,
  lay,
  makeLayer,
  makeSprite,
  makeStamp,
  press,
  type Clip,
  type Layer,
  type Sprite,
  type Stamp,
} from "./sprite.ts";
export { fill, makeSurface, scan, type Colour, type Surface } from "./surface.ts";
export { SMALLEST_TEXT, textShapes, textWidth, type TextOptions } from "./text.ts";
export { directions } from "./direction.ts";
