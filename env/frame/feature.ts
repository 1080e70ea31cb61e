/** @file What a scenario adds to the ground: coloured zones under the lines, and obstacles that stand on the grass. */
import { box, disc, fill, type Colour, type Surface } from "./raster/index.ts";
import type { Feature, Lineup, ZoneColour } from "./scene.ts";
import type { View } from "./view.ts";

const COLOURS: Record<ZoneColour, Colour> = {
  blue: [52, 110, 235],
  orange: [244, 140, 30],
  pink: [235, 80, 170],
  white: [240, 244, 240],
};
const SHADE = 0.34;
const EDGE = 0.9;

const STANDS: Colour = [52, 46, 58];
const TOP: Colour = [232, 196, 64];

export type Features = Pick<Lineup, "zones" | "obstacles">;

/** As a team sees them that attacks to the right when it is the right one: turned by half a turn. */
export function turned({ zones, obstacles }: Features): Features {
  return { ...(zones && { zones: zones.map(turn) }), ...(obstacles && { obstacles: obstacles.map(turn) }) };
}

function turn<T extends Feature>(feature: T): T {
  return { ...feature, x: 0 - feature.x, y: 0 - feature.y };
}

export function paintZones(surface: Surface, { zones = [] }: Features, view: View): void {
  const line = Math.max(1, Math.round(1.4 * view.unit));
  for (const { x, y, halfLength, halfWidth, colour } of zones) {
    const { left, top, right, bottom } = edges({ x, y }, halfLength, halfWidth, view);
    fill(surface, box(left, top, right, bottom), COLOURS[colour], SHADE);
    for (const edge of [
      box(left, top, right, top + line),
      box(left, bottom - line, right, bottom),
      box(left, top + line, left + line, bottom - line),
      box(right - line, top + line, right, bottom - line),
    ]) {
      fill(surface, edge, COLOURS[colour], EDGE);
    }
  }
}

/** A dark foot and a yellow top, so that nobody takes one for a player. */
export function paintObstacles(surface: Surface, { obstacles = [] }: Features, view: View): void {
  const rim = Math.max(1, Math.round(view.unit));
  for (const { x, y, radius, halfLength, halfWidth } of obstacles) {
    if (radius !== undefined) {
      const [atX, atY] = [view.centreX + x * view.scale, view.centreY + y * view.scale];
      const size = Math.max(1.5 * rim, radius * view.scale);
      fill(surface, disc(atX, atY, size), STANDS);
      fill(surface, disc(atX, atY, Math.max(0.8, size - rim)), TOP);
      continue;
    }
    const { left, top, right, bottom } = edges({ x, y }, halfLength!, halfWidth!, view);
    fill(surface, box(left, top, right, bottom), STANDS);
    if (right - left > 2 * rim && bottom - top > 2 * rim) {
      fill(surface, box(left + rim, top + rim, right - rim, bottom - rim), TOP);
    }
  }
}

/** On whole pixels, and never less than one wide. */
function edges({ x, y }: Feature, halfLength: number, halfWidth: number, view: View) {
  const left = Math.round(view.centreX + (x - halfLength) * view.scale);
  const top = Math.round(view.centreY + (y - halfWidth) * view.scale);
  return {
    left,
    top,
    right: Math.max(left + 1, Math.round(view.centreX + (x + halfLength) * view.scale)),
    bottom: Math.max(top + 1, Math.round(view.centreY + (y + halfWidth) * view.scale)),
  };
}
