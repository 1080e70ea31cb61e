/**
 * @file Kits. The teams differ in lightness and pattern as well as in colour, so that they stay apart in grey and
 * for every kind of colour vision: the left team is dark and plain, the right one light with dark bands.
 */
import type { Colour } from "./raster/index.ts";
import type { PlayerSheet } from "./scene.ts";

export interface Kit {
  shirt: Colour;
  /** Colour of the bands above and below the number, for a shirt that has them. */
  stripe?: Colour;
  /** Around the shirt, and the nose. */
  rim: Colour;
  number: Colour;
}

const LEFT: Kit = { shirt: [28, 46, 150], rim: [142, 180, 255], number: [255, 255, 255] };
const RIGHT: Kit = { shirt: [255, 178, 70], stripe: [146, 30, 14], rim: [62, 10, 8], number: [10, 6, 6] };
const LEFT_KEEPER: Kit = { ...LEFT, shirt: [104, 0, 68], rim: [255, 170, 220] };
const RIGHT_KEEPER: Kit = { ...RIGHT, shirt: [190, 138, 250], stripe: [66, 20, 120], rim: [30, 8, 60] };

export function kitOf({ team, keeper }: Pick<PlayerSheet, "team" | "keeper">): Kit {
  if (team === 0) return keeper ? LEFT_KEEPER : LEFT;
  return keeper ? RIGHT_KEEPER : RIGHT;
}
