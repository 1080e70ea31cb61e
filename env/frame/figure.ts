/** @file A player from above, as stamps: a numbered disc in his kit, and under it what shows facing and pose. */
import { kitOf, type Kit } from "./kit.ts";
import {
  both,
  box,
  capsule,
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

export const MARK: Colour = [255, 240, 0];
const MARK_EDGE: Colour = [30, 26, 0];
const SHADE: Colour = [8, 24, 12];

/** The disc with the shirt number, smaller for a man on the ground. */
export function bodyStamp(player: PlayerSheet, radius: number, phases: number, numbers: boolean): Stamp {
  const kit = kitOf(player);
  return makeStamp(radius, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius), kit.rim);
    const shirt = disc(x, y, radius - Math.max(0.9, radius * 0.12));
    lay(layer, shirt, kit.shirt);
    if (kit.stripe) {
      const band = Math.max(3, radius * 0.58);
      lay(layer, both(shirt, box(x - radius, y - radius, x + radius, y - band)), kit.stripe);
      lay(layer, both(shirt, box(x - radius, y + band, x + radius, y + radius)), kit.stripe);
    }
    if (numbers) layNumber(layer, player.number, x, y, radius, kit.number);
  });
}

/** Digits keep to whole pixels, whatever the phase of the disc, so that they stay sharp. */
function layNumber(layer: Layer, number: number, x: number, y: number, radius: number, colour: Colour): void {
  const text = setText(String(number), { size: Math.max(5, Math.floor(radius * 0.95)) });
  const left = Math.round(x - text.width / 2);
  const top = Math.round(y - text.height / 2);
  for (const digit of text.at(left, top)) lay(layer, digit, colour);
}

/** A place in radii ahead of the figure and to its right. */
type Around = (ahead: number, aside: number) => Dot;

/** What sticks out from under the disc: a nose for the facing, arms and legs in the other poses. */
export function limbStamp(kit: Kit, pose: Pose, [dx, dy]: Dot, radius: number, phases: number): Stamp {
  return makeStamp(radius * 2.8, phases, (layer, x, y) => {
    const around: Around = (ahead, aside) => [
      x + (dx * ahead - dy * aside) * radius,
      y + (dy * ahead + dx * aside) * radius,
    ];
    LIMBS[pose](layer, kit, around, radius);
  });
}

const LIMBS: Record<Pose, (layer: Layer, kit: Kit, around: Around, radius: number) => void> = {
  upright(layer, kit, around) {
    lay(layer, polygon([around(1.65, 0), around(0.6, 0.8), around(0.6, -0.8)]), kit.rim);
  },
  hold(layer, kit, around, radius) {
    for (const side of [-1, 1]) {
      limb(layer, around(0.6, 0.75 * side), around(1.4, 0.6 * side), 0.2 * radius, kit.shirt, kit.rim);
    }
  },
  slide(layer, kit, around, radius) {
    lay(layer, capsule(around(-2, 0), around(0, 0), 0.7 * radius), SHADE, 0.35);
    for (const side of [-1, 1]) {
      limb(
        layer,
        around(0.4, 0.45 * side),
        around(2.2, 0.35 * side - 0.15),
        0.22 * radius,
        kit.shirt,
        kit.rim,
      );
    }
  },
  dive(layer, kit, around, radius) {
    for (const side of [-1, 1]) {
      limb(layer, around(-0.4, 0.35 * side), around(-2, 0.5 * side), 0.22 * radius, kit.shirt, kit.rim);
      limb(layer, around(0.4, 0.45 * side), around(1.9, 0.3 * side), 0.22 * radius, kit.shirt, kit.rim);
    }
  },
  down(layer, kit, around, radius) {
    lay(layer, capsule(around(-1.1, 0), around(1.1, 0), 1.3 * radius), SHADE, 0.4);
    for (const side of [-1, 1]) {
      limb(layer, around(-0.4, 0.4 * side), around(-1.7, 0.8 * side), 0.22 * radius, kit.shirt, kit.rim);
      limb(layer, around(0.2, 0.6 * side), around(0.7, 1.6 * side), 0.22 * radius, kit.shirt, kit.rim);
    }
  },
};

function limb(layer: Layer, from: Dot, to: Dot, half: number, colour: Colour, rim: Colour): void {
  lay(layer, capsule(from, to, half + 0.8), rim);
  lay(layer, capsule(from, to, half), colour);
}

/** The ring around a player under control. */
export function markStamp(radius: number, phases: number): Stamp {
  const width = Math.max(1.5, radius * 0.25);
  const middle = radius * 1.2 + width / 2;
  return makeStamp(middle + width, phases, (layer, x, y) => {
    lay(layer, ring(x, y, middle, width + Math.max(1, radius * 0.15)), MARK_EDGE, 0.7);
    lay(layer, ring(x, y, middle, width), MARK);
  });
}

/** Points to a player under control who is outside the window. */
export function arrowStamp([dx, dy]: Dot, radius: number): Stamp {
  return makeStamp(radius * 1.5, 1, (layer, x, y) => {
    const arrow = (size: number): Dot[] =>
      [
        [size * 1.1, 0],
        [-size * 0.8, size * 0.9],
        [-size * 0.8, -size * 0.9],
      ].map(([ahead, aside]) => [x + dx * ahead! - dy * aside!, y + dy * ahead! + dx * aside!]);
    lay(layer, polygon(arrow(radius)), MARK_EDGE);
    lay(layer, polygon(arrow(radius * 0.7)), MARK);
  });
}
