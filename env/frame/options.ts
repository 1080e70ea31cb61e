/** @file The check of frame options where they come in. */
import { TouchlineError, unknownName } from "../error.ts";
import { FRAME_DEFAULTS, type FrameOptions } from "./frame.ts";

const CAMERAS: readonly string[] = ["pitch", "ball"];

/**
 * The options with the defaults filled in. Throws `frame/option` for an unknown name or a wrong type,
 * `frame/size`, `frame/camera` and `frame/window` for values out of range.
 */
export function frameOptions(given: Partial<FrameOptions> = {}): FrameOptions {
  const options: FrameOptions = { ...FRAME_DEFAULTS };
  const defaults: Record<string, unknown> = { ...FRAME_DEFAULTS };
  for (const [name, value] of Object.entries(given)) {
    if (!(name in defaults)) {
      throw new TouchlineError(
        "frame/option",
        unknownName("frame option", name, Object.keys(FRAME_DEFAULTS)),
      );
    }
    if (value === undefined) continue;
    const expected = typeof defaults[name];
    if (typeof value !== expected) {
      throw new TouchlineError(
        "frame/option",
        `The frame option "${name}" must be a ${expected}, not ${typeof value}.`,
      );
    }
    Object.assign(options, { [name]: value });
  }
  for (const side of ["width", "height"] as const) {
    const size = options[side];
    if (!Number.isInteger(size) || size < 64 || size > 4096) {
      throw new TouchlineError(
        "frame/size",
        `The frame's ${side} must be an integer from 64 to 4096, not ${size}.`,
      );
    }
  }
  if (!CAMERAS.includes(options.camera)) {
    throw new TouchlineError("frame/camera", unknownName("camera", options.camera, CAMERAS));
  }
  if (!(options.windowMetres >= 15 && options.windowMetres <= 200)) {
    throw new TouchlineError(
      "frame/window",
      `The window of the ball camera must be 15 to 200 metres wide, not ${options.windowMetres}.`,
    );
  }
  return options;
}
