/** @file Rectangles on the pitch, in a scenario's coordinates: of zones, of obstacles that are boxes, of ranges of shifts. */
import { pitchOf, type Point, type Range, type Scenario } from "../../../env/football/index.ts";
import { HALF_LENGTH, HALF_WIDTH, round, within } from "./place.ts";
import { put } from "./path.ts";
import { kindOf, pathOf, placeOf, positionOf, type Thing } from "./thing.ts";

export interface Area {
  thing: Thing;
  /** The member whose start the range of a shift surrounds. */
  member?: Thing;
  x: Range;
  y: Range;
}

/** Which corner: 0 is low, 1 is high, along and across the pitch. */
export type Corner = readonly [x: 0 | 1, y: 0 | 1];

export const CORNERS: readonly Corner[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Neither a zone nor an obstacle is narrower. */
const NARROWEST = 0.01;

/** All rectangles of a thing: of a shift one for each member. */
export function areasOf(scenario: Scenario, thing: Thing): Area[] {
  const place = placeOf(thing);
  switch (kindOf(thing)) {
    case "zone": {
      const zone = scenario.zones?.[place];
      return zone === undefined
        ? []
        : [{ thing, x: ordered(zone.from[0], zone.to[0]), y: ordered(zone.from[1], zone.to[1]) }];
    }
    case "obstacle": {
      const obstacle = scenario.obstacles?.[place];
      if (obstacle?.size === undefined) return [];
      const [length, width] = inScenario(scenario, obstacle.size);
      const [x, y] = obstacle.at;
      return [{ thing, x: [x - length / 2, x + length / 2], y: [y - width / 2, y + width / 2] }];
    }
    case "shift": {
      const shift = scenario.variation?.shifts[place];
      return (shift?.members ?? []).flatMap((member): Area[] => {
        const at = positionOf(scenario, member);
        if (at === undefined) return [];
        return [{ thing, member, x: around(at[0], shift!.x), y: around(at[1], shift!.y) }];
      });
    }
    default:
      return [];
  }
}

/** The scenario with this corner of the area elsewhere. */
export function moveCorner(scenario: Scenario, area: Area, corner: Corner, to: Point): Scenario {
  const path = pathOf(area.thing);
  const [x, y] = [pulled(area.x, corner[0], to[0]), pulled(area.y, corner[1], to[1])];
  switch (kindOf(area.thing)) {
    case "zone": {
      const [low, high] = [within([x[0], y[0]]), within([x[1], y[1]])];
      return put(put(scenario, [...path, "from"], low), [...path, "to"], high);
    }
    case "obstacle": {
      // Its middle moves by half, so that the other corner stays.
      const [length, width] = inMetres(scenario, [x[1] - x[0], y[1] - y[0]]);
      const at = within([(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]);
      const size = [round(clamp(length, 0.1, 40)), round(clamp(width, 0.1, 40))];
      return put(put(scenario, [...path, "size"], size), [...path, "at"], at);
    }
    case "shift": {
      const at = area.member === undefined ? undefined : positionOf(scenario, area.member);
      if (at === undefined) return scenario;
      // A range may end at the position itself, but not beyond it: it would no longer be a range around it.
      const along: Range = [round(Math.min(0, x[0] - at[0])), round(Math.max(0, x[1] - at[0]))];
      const across: Range = [round(Math.min(0, y[0] - at[1])), round(Math.max(0, y[1] - at[1]))];
      return put(put(scenario, [...path, "x"], along), [...path, "y"], across);
    }
    default:
      return scenario;
  }
}

function ordered(a: number, b: number): Range {
  return a < b ? [a, b] : [b, a];
}

function around(at: number, [low, high]: Range): Range {
  return [at + low, at + high];
}

/** One end moves, the other stays on its side. */
function pulled([low, high]: Range, end: 0 | 1, to: number): Range {
  return end === 0 ? [Math.min(to, high - NARROWEST), high] : [low, Math.max(to, low + NARROWEST)];
}

function inScenario({ pitch }: Scenario, [length, width]: Point): Point {
  const { halfLength, halfWidth } = pitchOf(pitch);
  return [(length / halfLength) * HALF_LENGTH, (width / halfWidth) * HALF_WIDTH];
}

function inMetres({ pitch }: Scenario, [length, width]: Point): Point {
  const { halfLength, halfWidth } = pitchOf(pitch);
  return [(length / HALF_LENGTH) * halfLength, (width / HALF_WIDTH) * halfWidth];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
