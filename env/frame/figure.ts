/** @file A player from above: a numbered disc in his team's kit, with what shows his facing, pose and control. */
import { kitOf, type Kit } from "./kit.ts";
import {
  both,
  box,
  capsule,
  directions,
  disc,
  lay,
  makeStamp,
  polygon,
  ring,
  setText,
  type Colour,
  type Dot,
  type Layer,
  type Stamp,
} from "./raster/index.ts";
import type { PlayerSheet, Pose } from "./scene.ts";

const DIRECTIONS = 32;
const around = directions(DIRECTIONS);
const MARK: Colour = [255, 240, 0];
const SHADE: Colour = [10, 20, 14];
const GLOVE: Colour = [255, 255, 255];

/** The place of a facing of 0 to 255 among the directions that are drawn. */
export function directionOf(facing: number): number {
  return ((facing + 4) >> 3) & (DIRECTIONS - 1);
}

/** The disc with the shirt number. */
export function bodyStamp(player: PlayerSheet, radius: number, phases: number, numbers: boolean): Stamp {
  const kit = kitOf(player);
  return makeStamp(radius + 1, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius), kit.rim);
    const inner = disc(x, y, radius - Math.max(1, radius * 0.13));
    lay(layer, inner, kit.shirt);
    if (kit.stripe) {
      for (const side of [-1, 1]) {
        const centre = x + side * radius * 0.78;
        const half = radius * 0.22;
        lay(layer, both(inner, box(centre - half, y - radius, centre + half, y + radius)), kit.stripe);
      }
    }
    if (numbers) layNumber(layer, player.number, x, y, radius, kit);
  });
}

/** Digits keep to whole pixels, whatever the phase of the disc, so that they stay sharp. */
function layNumber(layer: Layer, number: number, x: number, y: number, radius: number, kit: Kit): void {
  const text = setText(String(number), { size: Math.max(5, Math.floor(radius * 0.95)) });
  const left = Math.round(x - text.width / 2);
  const top = Math.round(y - text.height / 2);
  for (const shape of text.at(left, top)) lay(layer, shape, kit.number);
}

/** What sticks out from under the disc: a nose for the facing, and arms and legs in the other poses. */
export function limbStamp(
  player: PlayerSheet,
  pose: Pose,
  direction: number,
  radius: number,
  phases: number,
): Stamp {
  const kit = kitOf(player);
  const [dx, dy] = around[direction]!;
  return makeStamp(radius * 3, phases, (layer, x, y) => {
    const at = (ahead: number, aside: number): Dot => [
      x + (dx * ahead - dy * aside) * radius,
      y + (dy * ahead + dx * aside) * radius,
    ];
    const limb = (from: Dot, to: Dot, width: number, colour: Colour): void => {
      lay(layer, capsule(from, to, width * radius + 1), kit.rim);
      lay(layer, capsule(from, to, width * radius), colour);
    };
    if (pose === "upright") {
      lay(layer, polygon([at(1.6, 0), at(0.7, 0.75), at(0.7, -0.75)]), kit.rim);
    } else if (pose === "hold") {
      for (const side of [-1, 1]) limb(at(0.6, 0.7 * side), at(1.3, 0.35 * side), 0.22, kit.shirt);
    } else if (pose === "slide") {
      for (const side of [-1, 1]) limb(at(0, 0.4 * side), at(2.1, 0.3 * side), 0.25, kit.shirt);
    } else if (pose === "dive") {
      limb(at(-1.6, 0), at(1.2, 0), 0.5, kit.shirt);
      for (const side of [-1, 1]) limb(at(1.2, 0.3 * side), at(2, 0.3 * side), 0.25, GLOVE);
    } else {
      limb(at(-1.7, 0), at(1.3, 0), 0.5, SHADE);
    }
  });
}

/** The ring around a player under control. */
export function markStamp(radius: number, phases: number): Stamp {
  return makeStamp(radius * 1.6 + 2, phases, (layer, x, y) => {
    lay(layer, ring(x, y, radius * 1.25 + 0.8, Math.max(1.6, radius * 0.3)), MARK);
  });
}
