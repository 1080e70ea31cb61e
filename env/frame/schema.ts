/** @file The options of a frame as files and requests have them: some of them, checked. `frameOptions` fills in the rest. */
import { z } from "zod";
import type { FrameOptions } from "./frame.ts";

/** `largestSide` in pixels; it is made when asked for, so that a page that reads no files goes without zod. */
export function frameSchema(largestSide = 4096) {
  const pixels = { error: `pixels, an integer from 64 to ${largestSide}` };
  const side = z.exactOptional(z.int(pixels).min(64, pixels).max(largestSide, pixels));
  const metres = { error: "a number from 15 to 200" };
  const shown = z.exactOptional(z.boolean());
  return z.strictObject({
    width: side,
    height: side,
    camera: z.exactOptional(z.enum(["pitch", "ball"])),
    windowMetres: z.exactOptional(z.number(metres).min(15, metres).max(200, metres)),
    hud: shown,
    numbers: shown,
    facing: shown,
    grid: shown,
    tint: shown,
    blank: shown,
    marks: shown,
  } satisfies Record<keyof FrameOptions, z.ZodType>);
}
