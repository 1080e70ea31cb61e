/** @file The sizes of gym-sokoban's rooms, under its names. */
import { TouchlineError, unknownName } from "../error.ts";

export interface RoomSize {
  width: number;
  height: number;
  boxes: number;
  /** Steps of the random walk that digs the room; 1.7 (width + height) unless given. */
  walk?: number;
}

/** gym-sokoban gives rows first: its 13 x 11 is 13 high. */
export const VARIANTS = {
  "small-v0": { width: 7, height: 7, boxes: 2 },
  "small-v1": { width: 7, height: 7, boxes: 3 },
  v0: { width: 10, height: 10, boxes: 3 },
  v1: { width: 10, height: 10, boxes: 4 },
  v2: { width: 10, height: 10, boxes: 5, walk: 40 },
  "large-v0": { width: 11, height: 13, boxes: 3, walk: 43 },
  "large-v1": { width: 11, height: 13, boxes: 4, walk: 43 },
  "huge-v0": { width: 13, height: 13, boxes: 5, walk: 50 },
} as const satisfies Readonly<Record<string, RoomSize>>;

export type Variant = keyof typeof VARIANTS;

const SIDES = [5, 20] as const;
const BOXES = [1, 8] as const;

/** The size by its name or as COLUMNSxROWSxBOXES, or the one given. Throws `sokoban/variant` and `sokoban/size`. */
export function roomSize(size: string | RoomSize): Required<RoomSize> {
  const given: RoomSize = typeof size === "string" ? named(size) : size;
  const { width, height, boxes, walk = Math.floor((17 * (width + height)) / 10) } = given;
  for (const [name, value, [least, most]] of [
    ["width", width, SIDES],
    ["height", height, SIDES],
    ["boxes", boxes, BOXES],
    ["walk", walk, [1, 1000]],
  ] as const) {
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw new TouchlineError(
      "sokoban/size",
      `The room's ${name} must be an integer from ${least} to ${most}, not ${value}.`,
    );
  }
  return { width, height, boxes, walk };
}

function named(name: string): RoomSize {
  const [, width, height, boxes] = /^(\d+)x(\d+)x(\d+)$/.exec(name) ?? [];
  if (boxes !== undefined) return { width: Number(width), height: Number(height), boxes: Number(boxes) };
  if (Object.hasOwn(VARIANTS, name)) return VARIANTS[name as Variant];
  throw new TouchlineError("sokoban/variant", unknownName("room size", name, Object.keys(VARIANTS)));
}
