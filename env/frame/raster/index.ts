/** @file Drawing into bytes: shapes, text and sprites, for any game here. Knows nothing of football. */
export { directions } from "./direction.ts";
export { both, box, capsule, disc, polygon, ring, union, without, type Dot, type Shape } from "./shape.ts";
export { blit, lay, makeLayer, makeSprite, type Clip, type Layer, type Sprite } from "./sprite.ts";
export { makeStamp, press, type Stamp } from "./stamp.ts";
export { fill, makeSurface, type Colour, type Surface } from "./surface.ts";
export { setText, type Text, type TextOptions } from "./text.ts";
