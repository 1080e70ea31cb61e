/** @file Paints scenes of one match into frames. Keeps nothing of the match, so one painter may serve many. */
import { TouchlineError } from "../error.ts";
import { makeBall } from "./ball.ts";
import { turned } from "./feature.ts";
import type { Frame, FrameOptions } from "./frame.ts";
import { makeGround } from "./ground.ts";
import { makeHud } from "./hud.ts";
import { frameOptions } from "./options.ts";
import { makeSurface } from "./raster/index.ts";
import type { Lineup, Scene } from "./scene.ts";
import { makeSquad } from "./squad.ts";
import { frameShot, makeView } from "./view.ts";

const GREY = 128;

export interface Painter {
  /** With all defaults filled in. */
  readonly options: FrameOptions;
  /**
   * The frame of this scene: the same bytes for the same scene, in Node and in browsers. It is painted into
   * `out` when given, which must hold width * height * 3 bytes (`frame/buffer` otherwise); all of them are
   * overwritten. Throws `frame/scene` when the scene is of another lineup.
   */
  paint(scene: Scene, out?: Uint8Array): Frame;
}

/** A painter for this lineup. Throws what `frameOptions` throws. */
export function makePainter(lineup: Lineup, given: Partial<FrameOptions> = {}): Painter {
  const options = frameOptions(given);
  const { width, height } = options;
  const size = width * height * 3;
  const view = makeView(lineup.pitch, options);
  const copyGround = makeGround(lineup.pitch, view, options, lineup);
  const hasFeatures = lineup.zones !== undefined || lineup.obstacles !== undefined;
  const copyTurned = hasFeatures ? makeGround(lineup.pitch, view, options, turned(lineup)) : copyGround;
  const paintSquad = makeSquad(lineup, view, options);
  const paintBall = makeBall(view);
  const paintHud = options.hud ? makeHud(lineup, view) : undefined;

  return {
    options,
    paint(scene, out = new Uint8Array(size)) {
      if (out.length !== size) {
        throw new TouchlineError(
          "frame/buffer",
          `A frame of ${width} x ${height} takes a buffer of ${size} bytes, not of ${out.length}.`,
        );
      }
      if (scene.figures.length !== lineup.players.length) {
        throw new TouchlineError(
          "frame/scene",
          `The scene has ${scene.figures.length} figures, but the painter's lineup has ${lineup.players.length} players.`,
        );
      }
      if (options.blank) return { width, height, data: out.fill(GREY) };
      const shot = frameShot(view, scene, makeSurface(width, height, out));
      (scene.turned ? copyTurned : copyGround)(shot);
      paintSquad(shot, scene);
      if (!scene.ball.hidden) paintBall(shot, scene);
      paintHud?.(shot.surface, scene);
      return { width, height, data: out };
    },
  };
}
