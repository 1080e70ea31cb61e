/** @file Values that many parts of a scenario file are made of. */
import { z } from "zod";

const x = "x on the pitch, a number from -1 (left goal line) to 1";
const y = "y on the pitch, a number from -0.42 (top of the picture) to 0.42";

export const pair = { error: "a list of 2 numbers" };

export const point = z
  .tuple(
    [
      z.number({ error: x }).min(-1, { error: x }).max(1, { error: x }),
      z.number({ error: y }).min(-0.42, { error: y }).max(0.42, { error: y }),
    ],
    pair,
  )
  .readonly();

export const range = z.tuple([z.number(), z.number()], pair).readonly();

export function between(low: number, high: number) {
  const error = `a number from ${low} to ${high}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
}

export function integer(low: number, high: number, what = "an integer") {
  const error = `${what} from ${low} to ${high}`;
  return z.int({ error }).min(low, { error }).max(high, { error });
}

export const text = z.string().regex(/\S/, { error: "a text that is not empty" });

export const side = z.enum(["left", "right"]);

export const member = z.string().regex(/^(ball|(left|right)\.\d+)$/, {
  error: '"ball", or a player as "left.0": the side and the place in its list of players',
});

export const zoneName = z.string().regex(/^[A-Za-z0-9_-]+$/, { error: "a name of letters, digits, _ and -" });
