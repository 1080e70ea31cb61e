/**
 * @file Kits. The two teams differ in lightness and pattern as well as in colour, so that they stay apart in grey
 * and for every kind of colour vision: the left team is dark and plain, the right one light and striped.
 */
import type { PlayerSheet } from "./scene.ts";
import type { Colour } from "./raster/index.ts";

export interface Kit {
  shirt: Colour;
  /** Stripes beside the number, or none. */
  stripe: Colour | undefined;
  rim: Colour;
  number: Colour;
}

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [16, 16, 24];

const LEFT: Kit = { shirt: [28, 46, 150], stripe: undefined, rim: WHITE, number: WHITE };
const RIGHT: Kit = { shirt: [255, 178, 70], stripe: [150, 30, 20], rim: BLACK, number: BLACK };
const LEFT_KEEPER: Kit = { ...LEFT, shirt: [120, 20, 120] };
const RIGHT_KEEPER: Kit = { ...RIGHT, shirt: [150, 230, 250], stripe: [20, 90, 120] };

export function kitOf({ team, keeper }: Pick<PlayerSheet, "team" | "keeper">): Kit {
  if (team === 0) return keeper ? LEFT_KEEPER : LEFT;
  return keeper ? RIGHT_KEEPER : RIGHT;
}
