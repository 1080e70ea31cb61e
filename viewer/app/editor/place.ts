/** @file Positions on the pitch, and things that are moved from one to another. */
import type { Point, Scenario } from "../../../env/football/index.ts";
import { clamp } from "../../../env/math.ts";
import { type Path, put, valueAt } from "./path.ts";
import { type Kind, kindOf, pathOf, type Thing } from "./thing.ts";

/** In a scenario's coordinates. */
export const HALF_LENGTH = 1;
export const HALF_WIDTH = 0.42;

/** To thousandths: five centimetres of a usual pitch. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

/** On the pitch, and rounded. */
export function within([x, y]: Point): Point {
  return [round(clamp(x, -HALF_LENGTH, HALF_LENGTH)), round(clamp(y, -HALF_WIDTH, HALF_WIDTH))];
}

/** The points that move with a thing; the range of a shift has none, for it stands around its members. */
const POINTS: Readonly<Record<Kind, readonly Path[]>> = {
  ball: [[]],
  left: [["position"]],
  right: [["position"]],
  zone: [["from"], ["to"]],
  obstacle: [["at"]],
  shift: [],
};

/** All of them by the same way, as far as each can go and stay on the pitch. */
export function moveThings(scenario: Scenario, things: readonly Thing[], by: Point): Scenario {
  const paths = things.flatMap((thing) => POINTS[kindOf(thing)].map((point) => pathOf(thing).concat(point)));
  const points = paths.map((path) => valueAt(scenario, path) as Point);
  if (points.length === 0) return scenario;
  const way = (axis: 0 | 1, half: number): number => {
    const values = points.map((point) => point[axis]);
    return Math.max(-half - Math.min(...values), Math.min(half - Math.max(...values), by[axis]));
  };
  const [x, y] = [way(0, HALF_LENGTH), way(1, HALF_WIDTH)];
  let moved = scenario;
  for (const [i, [left, top]] of points.entries()) moved = put(moved, paths[i]!, within([left + x, top + y]));
  return moved;
}
