/** @file The ball: larger and farther up in the picture when it is in the air, with its shadow on the ground. */
import { clamp } from "../math.ts";
import { disc, lay, makeStamp, press, type Stamp } from "./raster/index.ts";
import type { Scene } from "./scene.ts";
import { pixelX, pixelY, type Shot, type View } from "./view.ts";

/** How far up the picture a height lifts the ball, as a part of the same length on the ground. */
const LIFT = 0.7;
/** Height in centimetres at which the ball is drawn twice as large; it grows no further. */
const TWICE = 900;
/** Radii are drawn in steps of a quarter of a pixel. */
const STEPS = 4;

/** A function that paints the ball of a scene; it always stays in the picture. */
export function makeBall(view: View): (shot: Shot, scene: Scene) => void {
  const { scale, phases } = view;
  const radius = Math.max(2, view.figureRadius * 0.37);
  const shadow = shadowStamp(radius, phases);
  const balls: Stamp[] = [];
  return (shot, { ball }) => {
    const { surface, clip } = shot;
    const height = Math.max(0, ball.z);
    const step = Math.round(radius * (1 + Math.min(1, height / TWICE)) * STEPS);
    const reach = step / STEPS + radius * 0.5;
    const x = clamp(pixelX(view, shot, ball.x), clip.left + reach, clip.right - reach);
    const y = clamp(pixelY(view, shot, ball.y), clip.top + reach, clip.bottom - reach);
    press(surface, shadow, x + radius * 0.35, y + radius * 0.45, clip);
    const lifted = Math.max(clip.top + reach, y - height * scale * LIFT);
    press(surface, (balls[step] ??= ballStamp(step / STEPS, phases)), x, lifted, clip);
  };
}

function ballStamp(radius: number, phases: number): Stamp {
  const edge = Math.max(0.8, radius * 0.15);
  return makeStamp(radius + edge, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius + edge), [0, 0, 0]);
    lay(layer, disc(x, y, radius), [255, 255, 255]);
  });
}

function shadowStamp(radius: number, phases: number): Stamp {
  return makeStamp(radius + 1, phases, (layer, x, y) => {
    lay(layer, disc(x, y, radius + 0.6), [0, 12, 0], 0.5);
  });
}
