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
  const knots = knotsAt(timeline, tick, ticksPerScene);
  if (knots === undefined || knots.next.figures.length !== count) {
    place(moment, scene);
    return moment;
  }
  moment.ball = ballOn(knots);
  for (let i = 0; i < count; i++) {
    const from = scene.figures[i]!;
    const to = knots.next.figures[i]!;
    const cut = distance(from, to) > FIGURE_SPEED_MAX * knots.seconds;
    moment.x[i] = cut ? from.x : curve(knots, (s) => s.figures[i]?.x ?? to.x);
    moment.y[i] = cut ? from.y : curve(knots, (s) => s.figures[i]?.y ?? to.y);
    moment.angle[i] = radians(cut ? from.facing : between(from.facing, to.facing, knots.t));
  }
  return moment;
}

/** The ball alone, for its trail. */
export function ballAt(timeline: Timeline, tick: number, ticksPerScene: number): Moment["ball"] | undefined {
  const knots = knotsAt(timeline, tick, ticksPerScene);
  return knots === undefined ? timeline.scene(timeline.indexAt(tick))?.ball : ballOn(knots);
}

function ballOn(knots: Knots): Moment["ball"] {
  const { scene, next, seconds } = knots;
  if (distance(scene.ball, next.ball) > BALL_SPEED_MAX * seconds) return { ...scene.ball };
  return {
    x: curve(knots, (s) => s.ball.x),
    y: curve(knots, (s) => s.ball.y),
    z: curve(knots, (s) => s.ball.z),
  };
}

/** The scenes around a tick that lies between two of them; undefined on a scene, before the first, after the last. */
function knotsAt(timeline: Timeline, tick: number, ticksPerScene: number): Knots | undefined {
  const index = timeline.indexAt(tick);
  const scene = timeline.scene(index);
  const next = timeline.scene(index + 1);
  if (scene === undefined || next === undefined || tick <= scene.tick || next.tick <= scene.tick)
    return undefined;
  const span = next.tick - scene.tick;
  return {
    scene,
    next,
    before: timeline.scene(index - 1),
    after: timeline.scene(index + 2),
    t: Math.min(1, (tick - scene.tick) / span),
    seconds: span / (ticksPerScene * SCENES_PER_SECOND),
  };
}

interface Knots {
  scene: Scene;
  next: Scene;
  before: Scene | undefined;
  after: Scene | undefined;
  /** 0 at `scene`, 1 at `next`. */
  t: number;
  /** From `scene` to `next`. */
  seconds: number;
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
