/** @file The size at which Qwen2.5-VL sees a picture: whole blocks of patches, within bounds of pixels. */
import { TouchlineError } from "../../../env/error.ts";

/** Beyond this ratio of the sides the reference refuses a picture. */
const MOST_ASPECT = 200;

/**
 * The `[height, width]` nearest to the given one, in pixels, of which both are multiples of `factor` and the product
 * lies from `minPixels` to `maxPixels`, as `smart_resize` of transformers' Qwen2-VL finds it. A picture of 1x1 is
 * enlarged like any other. `name` is what the error calls the picture.
 *
 * Throws `model/picture-aspect` when one side is more than 200 times the other.
 */
export function smartResize(
  height: number,
  width: number,
  factor: number,
  minPixels: number,
  maxPixels: number,
  name = "",
): [height: number, width: number] {
  if (Math.max(height, width) / Math.min(height, width) > MOST_ASPECT) {
    throw new TouchlineError(
      "model/picture-aspect",
      `The picture ${name === "" ? "" : `${name} `}of ${width} x ${height} pixels is too narrow; crop it until its longer side is at most ${MOST_ASPECT} times the shorter.`,
    );
  }
  const pixels = roundHalfToEven(height / factor) * roundHalfToEven(width / factor) * factor * factor;
  if (pixels > maxPixels) {
    const shrink = Math.sqrt((height * width) / maxPixels);
    const down = (side: number): number => Math.max(factor, Math.floor(side / shrink / factor) * factor);
    return [down(height), down(width)];
  }
  if (pixels < minPixels) {
    const grow = Math.sqrt(minPixels / (height * width));
    const up = (side: number): number => Math.ceil((side * grow) / factor) * factor;
    return [up(height), up(width)];
  }
  return [roundHalfToEven(height / factor) * factor, roundHalfToEven(width / factor) * factor];
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(value);
}
