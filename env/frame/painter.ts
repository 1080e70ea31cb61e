/** @file Paints scenes of one match into frames. Holds no state of the match, so one painter may serve many. */
import { TouchlineError } from "../error.ts";
import { clamp } from "../math.ts";
import { ballRadius, ballStamp, LIFT, shadowStamp } from "./ball.ts";
import { bodyStamp, directionOf, limbStamp, markStamp } from "./figure.ts";
import type { Frame, FrameOptions } from "./frame.ts";
import { paintHud } from "./hud.ts";
import { frameOptions } from "./options.ts";
import { paintGround } from "./pitch.ts";
import { makeSurface, press, type Stamp } from "./raster/index.ts";
import { POSES, type Lineup, type Scene } from "./scene.ts";
import { makeView, windowLeft, windowTop } from "./view.ts";

export interface Painter {
  readonly options: FrameOptions;
  /**
   * The frame of this scene: the same bytes for the same scene, in Node and in browsers. `out` is painted over
   * when given; it must hold width * height * 3 bytes (`frame/buffer` otherwise).
   */
  paint(scene: Scene, out?: Uint8Array): Frame;
}

export function makePainter(lineup: Lineup, given: Partial<FrameOptions> = {}): Painter {
  const options = frameOptions(given);
  const view = makeView(lineup.pitch, options);
  const { width, height } = options;
  const bytes = width * height * 3;
  const radius = view.figureRadius;
  const phases = radius < 12 ? 4 : 1;

  const ground = makeSurface(view.groundWidth, view.groundHeight);
  paintGround(ground, lineup.pitch, view, options.grid);

  const bodies = lineup.players.map((player) => bodyStamp(player, radius, phases, options.numbers));
  const mark = markStamp(radius, phases);
  const limbs: Stamp[] = [];
  const limb = (player: number, pose: number, direction: number): Stamp => {
    const sheet = lineup.players[player]!;
    const key = ((sheet.team * 2 + Number(sheet.keeper)) * POSES.length + pose) * 32 + direction;
    return (limbs[key] ??= limbStamp(sheet, POSES[pose]!, direction, radius, phases));
  };
  const groundBall = Math.max(2, radius * 0.42);
  const shadow = shadowStamp(groundBall, phases);
  const balls: Stamp[] = [];

  return {
    options,
    paint(scene, out = new Uint8Array(bytes)) {
      if (out.length !== bytes) {
        throw new TouchlineError(
          "frame/buffer",
          `A frame of ${width} x ${height} needs ${bytes} bytes, not ${out.length}.`,
        );
      }
      const left = windowLeft(view, scene);
      const top = windowTop(view, scene);
      for (let y = 0; y < view.height; y++) {
        const from = ((top + y) * view.groundWidth + left) * 3;
        out.set(ground.data.subarray(from, from + width * 3), (view.top + y) * width * 3);
      }
      const surface = makeSurface(width, height, out);
      const clip = { left: 0, top: view.top, right: width, bottom: height };
      const px = (x: number): number => view.centreX + x * view.scale - left;
      const py = (y: number): number => view.centreY + y * view.scale - top + view.top;
      for (const controlled of [false, true]) {
        scene.figures.forEach((figure, i) => {
          if (figure.controlled !== controlled) return;
          const x = px(figure.x);
          const y = py(figure.y);
          if (controlled && options.marks) press(surface, mark, x, y, clip);
          press(surface, limb(i, POSES.indexOf(figure.pose), directionOf(figure.facing)), x, y, clip);
          press(surface, bodies[i]!, x, y, clip);
        });
      }
      const { ball } = scene;
      const step = Math.round(ballRadius(groundBall, ball.z / 100) * 4);
      const x = px(ball.x);
      const y = py(ball.y);
      press(surface, shadow, x + 1, y + 1, clip);
      const stamp = (balls[step] ??= ballStamp(step / 4, phases));
      const reach = step / 4 + 1;
      const lifted = clamp(y - ball.z * view.scale * LIFT, view.top + reach, height - reach);
      press(surface, stamp, clamp(x, reach, width - reach), lifted, clip);
      if (options.hud) paintHud(surface, lineup, view, scene);
      return { width, height, data: out };
    },
  };
}
