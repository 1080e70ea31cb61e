/**
 * @file Where everything is at any tick between two scenes: monotone cubic Hermite curves (Fritsch and Carlson,
 * "Monotone piecewise cubic interpolation", 1980) through the positions, which never leave the way from one scene
 * to the next, turned the short way. What jumps (a restart, a new kick-off) is cut, not drawn as a flight.
 */
import type { Scene } from "../../env/frame/scene.ts";
import type { Timeline } from "./timeline.ts";

/** Everything that the picture needs. The arrays are used again by the next `moment` into the same object. */
export interface Moment {
  tick: number;
  /** The last scene at or before the tick: score, clock, poses, and what the agent's frame shows. */
  scene: Scene;
  seq: number;
  /** Centimetres. */
  ball: { x: number; y: number; z: number };
  x: Float64Array;
  y: Float64Array;
  /** Radians, clockwise on the screen from looking right. */
  angle: Float64Array;
}

/** Faster than these a thing was put there, it did not go there. In cm/s. */
const BALL_SPEED_MAX = 6000;
const FIGURE_SPEED_MAX = 1500;
const SCENES_PER_SECOND = 10;

/** The moment at a tick, into `target` when given; undefined while there is no scene. */
export function momentAt(
  timeline: Timeline,
  tick: number,
  ticksPerScene: number,
  target?: Moment,
): Moment | undefined {
  const index = timeline.indexAt(tick);
  const scene = timeline.scene(index);
  if (scene === undefined) return undefined;
  const count = scene.figures.length;
  const moment = target !== undefined && target.x.length === count ? target : emptyMoment(scene);
  moment.tick = tick;
  moment.scene = scene;
  moment.seq = timeline.seqAt(index);

  const next = timeline.scene(index + 1);
  const span = next === undefined ? 0 : next.tick - scene.tick;
  if (next === undefined || span <= 0 || tick <= scene.tick || next.figures.length !== count) {
    place(moment, scene);
    return moment;
  }
  const before = timeline.scene(index - 1);
  const after = timeline.scene(index + 2);
  const t = Math.min(1, (tick - scene.tick) / span);
  const seconds = span / (ticksPerScene * SCENES_PER_SECOND);

  const knots: Knots = { scene, next, before, after, t };
  const a = scene.ball;
  const b = next.ball;
  if (distance(a, b) > BALL_SPEED_MAX * seconds) Object.assign(moment.ball, a);
  else {
    moment.ball.x = curve(knots, (s) => s.ball.x);
    moment.ball.y = curve(knots, (s) => s.ball.y);
    moment.ball.z = curve(knots, (s) => s.ball.z);
  }
  for (let i = 0; i < count; i++) {
    const from = scene.figures[i]!;
    const to = next.figures[i]!;
    const cut = distance(from, to) > FIGURE_SPEED_MAX * seconds;
    moment.x[i] = cut ? from.x : curve(knots, (s) => s.figures[i]!.x);
    moment.y[i] = cut ? from.y : curve(knots, (s) => s.figures[i]!.y);
    moment.angle[i] = radians(cut ? from.facing : between(from.facing, to.facing, t));
  }
  return moment;
}

interface Knots {
  scene: Scene;
  next: Scene;
  before: Scene | undefined;
  after: Scene | undefined;
  /** 0 at `scene`, 1 at `next`. */
  t: number;
}

/** A value at `t`. Slopes are in units of the whole span and vanish at turning points, so nothing overshoots. */
function curve({ scene, next, before, after, t }: Knots, value: (scene: Scene) => number): number {
  const from = value(scene);
  const to = value(next);
  const rise = to - from;
  if (rise === 0) return from;
  const span = next.tick - scene.tick;
  const slopeBefore = before === undefined ? rise : slope(before, scene, span, value);
  const slopeAfter = after === undefined ? rise : slope(next, after, span, value);
  const start = tangent(slopeBefore, rise);
  const end = tangent(rise, slopeAfter);
  const t2 = t * t;
  const t3 = t2 * t;
  return from + (t3 - 2 * t2 + t) * start + (3 * t2 - 2 * t3) * rise + (t3 - t2) * end;
}

function slope(a: Scene, b: Scene, span: number, value: (scene: Scene) => number): number {
  const ticks = b.tick - a.tick;
  return ticks > 0 ? ((value(b) - value(a)) / ticks) * span : 0;
}

/** The harmonic mean of two slopes of one sign, else 0: keeps a cubic monotone. */
function tangent(a: number, b: number): number {
  return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
}

/** Between two facings in 256 parts of a turn, the short way round. */
export function between(from: number, to: number, t: number): number {
  const turn = ((to - from + 128) & 255) - 128;
  return (((from + turn * t) % 256) + 256) % 256;
}

export function radians(facing: number): number {
  return (facing / 128) * Math.PI;
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function emptyMoment(scene: Scene): Moment {
  const count = scene.figures.length;
  return {
    tick: 0,
    scene,
    seq: -1,
    ball: { x: 0, y: 0, z: 0 },
    x: new Float64Array(count),
    y: new Float64Array(count),
    angle: new Float64Array(count),
  };
}

function place(moment: Moment, scene: Scene): void {
  Object.assign(moment.ball, scene.ball);
  scene.figures.forEach((figure, i) => {
    moment.x[i] = figure.x;
    moment.y[i] = figure.y;
    moment.angle[i] = radians(figure.facing);
  });
}
