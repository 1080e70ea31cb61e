/** @file The ball: larger and farther up in the picture when it is in the air, with its shadow on the ground. */
import { clamp } from "../math.ts";
import { directions, disc, lay, makeStamp, press, type Stamp } from "./raster/index.ts";
import type { Scene } from "./scene.ts";
import { pixelX, pixelY, type Shot, type View } from "./view.ts";

const compass = directions(256);

/** How far up the picture a height lifts the ball, as a part of the same length on the ground. */
const LIFT = 0.7;
/** Height in centimetres at which the ball is drawn twice as large; it grows no further. */
const TWICE = 900;
/** Radii are drawn in steps of a quarter of a pixel. */
const STEPS = 4;

/** Below this height in centimetres a ball that someone has is at his feet or in his hands. */
const AT_FEET = 150;
/** Nearer than this in centimetres the ball has no side of its own and lies where its owner faces. */
const UNDER_HIM = 10;

/** A function that paints the ball of a scene; it always stays in the picture. */
export function makeBall(view: View): (shot: Shot, scene: Scene) => void {
  const { scale, phases } = view;
  const radius = Math.max(2, view.figureRadius * 0.37);
  const shadow = shadowStamp(radius, phases);
  const balls: Stamp[] = [];
  return (shot, scene) => {
    const { surface, clip } = shot;
    const ball = besideOwner(scene, (view.figureRadius * 1.1) / scale);
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

/**
 * Figures are larger than life. So that the ball does not lie on its owner's number, it is moved to the edge of his
 * disc, `radius` centimetres from his centre, on the side where it is.
 */
function besideOwner({ ball, owner, figures }: Scene, radius: number): Scene["ball"] {
  const figure = figures[owner];
  if (figure === undefined || ball.z > AT_FEET) return ball;
  let dx = ball.x - figure.x;
  let dy = ball.y - figure.y;
  let distance = Math.sqrt(dx * dx + dy * dy);
  if (distance >= radius) return ball;
  if (distance < UNDER_HIM) {
    [dx, dy] = compass[figure.facing & 255]!;
    distance = 1;
  }
  return {
    x: figure.x + (dx / distance) * radius,
    y: figure.y + (dy / distance) * radius,
    z: ball.z,
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
