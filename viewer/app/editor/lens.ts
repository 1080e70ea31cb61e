/** @file Which part of the pitch the board shows: all of it, or some of it from near. */
import type { Pitch, Point } from "../../../env/football/index.ts";
import { clamp } from "../../../env/math.ts";

/** In metres. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Lens {
  /** 1 shows everything. */
  zoom: number;
  /** What is in the middle, in metres. */
  middle: Point;
}

export const WHOLE: Lens = { zoom: 1, middle: [0, 0] };

const MOST_ZOOM = 6;
const BESIDES = 3;
const BEHIND = 4;

/** The pitch, its goals and a margin. */
export function wholeBox({ halfLength, halfWidth }: Pitch): Box {
  const [x, y] = [-halfLength - BEHIND, -halfWidth - BESIDES];
  return { x, y, width: -2 * x, height: -2 * y };
}

export function boxSeen(whole: Box, { zoom, middle: [x, y] }: Lens): Box {
  const [width, height] = [whole.width / zoom, whole.height / zoom];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Nearer by a factor, or further by one below 1; what is at `kept`, in metres, stays where one sees it. */
export function nearer(whole: Box, { zoom, middle }: Lens, factor: number, kept: Point = middle): Lens {
  const next = clamp(zoom * factor, 1, MOST_ZOOM);
  const share = zoom / next;
  const along = (axis: 0 | 1): number => kept[axis] + (middle[axis] - kept[axis]) * share;
  return inside(whole, { zoom: next, middle: [along(0), along(1)] });
}

/** As far as there is something to see. */
export function moved(whole: Box, { zoom, middle }: Lens, by: Point): Lens {
  return inside(whole, { zoom, middle: [middle[0] + by[0], middle[1] + by[1]] });
}

/** Moved as little as brings this place, in metres, well into sight; the same if it is there. */
export function showing(whole: Box, lens: Lens, place: Point): Lens {
  const seen = boxSeen(whole, lens);
  const by: Point = [beyond(place[0], seen.x, seen.width), beyond(place[1], seen.y, seen.height)];
  return by[0] === 0 && by[1] === 0 ? lens : moved(whole, lens, by);
}

/** How far a value is out of the inner eight tenths of a stretch. */
function beyond(value: number, from: number, size: number): number {
  return value - clamp(value, from + size / 10, from + (9 * size) / 10);
}

function inside(whole: Box, { zoom, middle: [x, y] }: Lens): Lens {
  const [spareX, spareY] = [whole.width, whole.height].map((size) => (size - size / zoom) / 2);
  return { zoom, middle: [clamp(x, -spareX!, spareX!), clamp(y, -spareY!, spareY!)] };
}
