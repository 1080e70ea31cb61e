/** @file Where things are between two scenes: smooth, never beyond either, and cut where something was put. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scene } from "../../env/frame/index.ts";
import { ballAt, momentAt, Timeline } from "../../viewer/player/index.ts";
import { between } from "../../viewer/player/moment.ts";
import { encodeScene } from "../../viewer/protocol/index.ts";
import { makeScene } from "./arbitrary.ts";

const TICKS = 5;

function timelineOf(scenes: readonly Scene[]): Timeline {
  const timeline = new Timeline(1);
  scenes.forEach((scene, seq) => timeline.addScene(seq, encodeScene(scene)));
  return timeline;
}

/** Scenes 0.1 s apart in which the ball and one player walk by these steps of centimetres. */
function walk(steps: readonly (readonly [number, number])[], height = 0): Scene[] {
  let [x, y] = [0, 0];
  return steps.map(([dx, dy], i) => {
    [x, y] = [x + dx, y + dy];
    const figure = {
      x,
      y,
      facing: (i * 40) & 255,
      pose: "upright" as const,
      controlled: true,
      booked: false,
      sentOff: false,
    };
    return makeScene({
      tick: i * TICKS,
      step: i,
      ball: { x: y, y: x, z: i % 2 === 0 ? height : 0 },
      figures: [figure],
    });
  });
}

const stride = fc.integer({ min: -80, max: 80 });
const walks = fc
  .array(fc.tuple(stride, stride), { minLength: 2, maxLength: 12 })
  .map((steps) => walk(steps, 300));

/** Between two directions, in 256ths of a turn. */
function distance(a: number, b: number): number {
  return Math.min((a - b + 512) % 256, (b - a + 512) % 256);
}

function expectWithin(value: number, from: number, to: number): void {
  expect(value).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-6);
  expect(value).toBeLessThanOrEqual(Math.max(from, to) + 1e-6);
}

describe("between two scenes", () => {
  test("everything lies between where it was and where it will be", () => {
    fc.assert(
      fc.property(walks, fc.double({ min: 0, max: 1, noNaN: true }), (scenes, part) => {
        const timeline = timelineOf(scenes);
        const tick = part * timeline.lastTick;
        const moment = momentAt(timeline, tick, TICKS)!;
        const index = timeline.indexAt(tick);
        const [a, b] = [scenes[index]!, scenes[index + 1] ?? scenes[index]!];
        expectWithin(moment.x[0]!, a.figures[0]!.x, b.figures[0]!.x);
        expectWithin(moment.y[0]!, a.figures[0]!.y, b.figures[0]!.y);
        expectWithin(moment.ball.x, a.ball.x, b.ball.x);
        expectWithin(moment.ball.z, a.ball.z, b.ball.z);
        expect(moment.scene).toEqual(a);
        expect(moment.seq).toBe(index);
      }),
    );
  });

  test("on a scene everything is where the scene says", () => {
    fc.assert(
      fc.property(walks, fc.nat(), (scenes, n) => {
        const timeline = timelineOf(scenes);
        const scene = scenes[n % scenes.length]!;
        const moment = momentAt(timeline, scene.tick, TICKS)!;
        expect(moment.ball).toEqual(scene.ball);
        expect(moment.x[0]).toBe(scene.figures[0]!.x);
        expect(moment.angle[0]).toBeCloseTo((scene.figures[0]!.facing / 128) * Math.PI, 9);
      }),
    );
  });

  test("nothing jumps from one drawn frame to the next: a small step of time is a small step of place", () => {
    fc.assert(
      fc.property(walks, fc.double({ min: 0, max: 1, noNaN: true }), (scenes, part) => {
        const timeline = timelineOf(scenes);
        const tick = part * timeline.lastTick;
        const [a, b] = [momentAt(timeline, tick, TICKS)!, momentAt(timeline, tick + 0.01, TICKS)!];
        // A stride is at most 80 cm in 5 ticks; a cubic is nowhere three times as steep as its chord.
        expect(Math.abs(a.x[0]! - b.x[0]!)).toBeLessThan((3 * 80 * 0.01) / TICKS + 1e-6);
      }),
    );
  });

  test("an even run is drawn as one, without pulsing at every scene", () => {
    const timeline = timelineOf(walk(Array.from({ length: 8 }, () => [60, 0] as const)));
    for (let tick = 5; tick < 30; tick += 0.5) {
      expect(momentAt(timeline, tick, TICKS)!.x[0]).toBeCloseTo(60 + tick * 12, 6);
    }
  });

  test("what is put somewhere else is cut, not drawn as a flight", () => {
    const scenes = walk([
      [0, 0],
      [50, 0],
      [4000, 0],
      [50, 0],
    ]);
    const timeline = timelineOf(scenes);
    for (const tick of [5, 6, 8, 9.99]) {
      const moment = momentAt(timeline, tick, TICKS)!;
      expect(moment.x[0]).toBe(50);
      expect(moment.ball.y).toBe(50);
    }
    expect(momentAt(timeline, 10, TICKS)!.x[0]).toBe(4050);
    // The cut must not bend the way before and after it.
    expect(momentAt(timeline, 2.5, TICKS)!.x[0]).toBeLessThanOrEqual(50);
    expect(momentAt(timeline, 12.5, TICKS)!.x[0]).toBeGreaterThanOrEqual(4050);
  });

  test("the hardest shot is still drawn as a flight", () => {
    const timeline = timelineOf(
      walk([
        [0, 0],
        [0, 380],
        [0, 380],
      ]),
    );
    const { x } = momentAt(timeline, 7.5, TICKS)!.ball;
    expect(x).toBeGreaterThan(500);
    expect(x).toBeLessThan(640);
  });
});

describe("outside of what there is", () => {
  const timeline = timelineOf(
    walk([
      [10, 0],
      [20, 0],
    ]),
  );

  test("nothing is made up: before the first scene it is the first, after the last the last", () => {
    expect(momentAt(timeline, -50, TICKS)!.x[0]).toBe(10);
    expect(momentAt(timeline, 5.01, TICKS)!.x[0]).toBe(30);
    expect(momentAt(timeline, 500, TICKS)!.x[0]).toBe(30);
  });

  test("without any scene there is no moment", () => {
    expect(momentAt(new Timeline(1), 0, TICKS)).toBeUndefined();
    expect(ballAt(new Timeline(1), 0, TICKS)).toBeUndefined();
  });
});

test("facing turns the short way, through north too", () => {
  expect(between(250, 10, 0.5)).toBe(2);
  expect(between(10, 250, 0.5)).toBe(2);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 255 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (from, to, t) => {
        const at = between(from, to, t);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(256);
        expect(distance(from, at)).toBeCloseTo(t * distance(from, to), 6);
      },
    ),
  );
});

test("a moment can be drawn into the same object again, and the ball's trail agrees with it", () => {
  const timeline = timelineOf(
    walk([
      [10, 5],
      [20, 9],
      [30, -40],
    ]),
  );
  const first = momentAt(timeline, 2, TICKS)!;
  const again = momentAt(timeline, 7, TICKS, first)!;
  expect(again).toBe(first);
  expect({ ...again }).toEqual({ ...momentAt(timeline, 7, TICKS)! });
  expect(ballAt(timeline, 7, TICKS)).toEqual(again.ball);
  expect(ballAt(timeline, 5, TICKS)).toEqual(timeline.scene(1)!.ball);
});
