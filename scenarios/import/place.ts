/** @file Where somebody starts: on the pitch, to the last digit. */
import type { Point } from "../../env/football/scenario.ts";
import type { Spawn } from "./builder.ts";

const END_LINE = 1;
const TOUCHLINE = 0.42;

/** The point itself, without GRF's -0; what lies off the pitch goes to its edge, with a note. */
export function placed([x, y]: Point, who: string, note: (text: string) => void): Point {
  const inX = Math.min(END_LINE, Math.max(-END_LINE, x));
  const inY = Math.min(TOUCHLINE, Math.max(-TOUCHLINE, y));
  if (inX !== x || inY !== y)
    note(`${who} starts off the pitch, at (${x}, ${y}): moved to (${inX}, ${inY}).`);
  return [inX + 0, inY + 0];
}

/** The keeper whom GRF gives to an empty team. */
export function standIn(): Spawn {
  return { x: -1, y: TOUCHLINE, role: "GK", lazy: true, controllable: true };
}
