/** @file The ball: larger and higher up in the picture when it is in the air, with its shadow on the ground. */
import { disc, lay, makeStamp, type Stamp } from "./raster/index.ts";

/** How far up the picture a metre of height lifts the ball, in metres on the ground. */
export const LIFT = 0.6;
/** Growth of the ball's radius for each metre of height, and its limit. */
const GROWTH = 0.12;
const LARGEST = 2;

export function ballRadius(ground: number, heightMetres: number): number {
  return ground * Math.min(LARGEST, 1 + GROWTH * heightMetres);
}

export function ballStamp(radius: number, phases: number): Stamp {
  return makeStamp(radius + 1, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius + 0.5), [0, 0, 0]);
    lay(layer, disc(x, y, radius - Math.max(0.6, radius * 0.2)), [255, 255, 255]);
  });
}

export function shadowStamp(radius: number, phases: number): Stamp {
  return makeStamp(radius + 1, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius), [0, 0, 0], 0.4);
  });
}
