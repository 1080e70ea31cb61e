import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  GAME_MODES,
  makePainter,
  POSES,
  type Frame,
  type FrameOptions,
  type Lineup,
  type Scene,
} from "../../env/frame/index.ts";
import { changed } from "./pixels.ts";
import { elevens, moment, play } from "./scenes.ts";

/** Places on the pitch, out of it, and far away. */
const metres = (half: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: -half, max: half }), fc.integer({ min: -3 * half, max: 3 * half }));

const anyScene: fc.Arbitrary<Scene> = fc.record({
  tick: fc.nat(60_000),
  step: fc.nat(3000),
  ball: fc.record({ x: metres(6000), y: metres(4000), z: fc.integer({ min: 0, max: 4000 }) }),
  figures: fc.array(
    fc.record({
      x: metres(6000),
      // Players on one line are common, and their order must not depend on what was painted before.
      y: fc.oneof(metres(4000), fc.constant(0)),
      facing: fc.nat(255),
      pose: fc.constantFrom(...POSES),
      controlled: fc.boolean(),
      booked: fc.boolean(),
      sentOff: fc.boolean(),
    }),
    { minLength: 22, maxLength: 22 },
  ),
  owner: fc.integer({ min: -1, max: 21 }),
  score: fc.tuple(fc.nat(120), fc.nat(120)),
  clockSeconds: fc.nat(80_000),
  mode: fc.constantFrom(...GAME_MODES),
  restartTeam: fc.constantFrom(-1, 0, 1),
  half: fc.constantFrom(1, 2),
});

const anyOptions: fc.Arbitrary<Partial<FrameOptions>> = fc.record({
  width: fc.integer({ min: 64, max: 300 }),
  height: fc.integer({ min: 64, max: 300 }),
  camera: fc.constantFrom("pitch", "ball"),
  windowMetres: fc.integer({ min: 15, max: 200 }),
  hud: fc.boolean(),
  numbers: fc.boolean(),
  facing: fc.boolean(),
  grid: fc.boolean(),
  marks: fc.boolean(),
});

const anyName = fc.oneof(fc.constant(""), fc.string({ unit: "grapheme", maxLength: 30 }));

function named(left: string, right: string): Lineup {
  return { ...elevens, teams: [{ name: left }, { name: right }] };
}

/** A pixel of the whole pitch in 448 x 288: 264 rows below the strip of 24 show 72 metres and 2.5 on either side. */
function pixelOf(x: number, y: number): [x: number, y: number] {
  return [224 + (x * 264) / 7700, 24 + 132 + (y * 264) / 7700];
}

function ballAt(x: number): Scene {
  return moment({ ball: { x, y: 0, z: 0 }, owner: -1 });
}

describe("any scene", () => {
  test("is painted into its own bytes and no others, all of them anew", () => {
    fc.assert(
      fc.property(anyScene, anyOptions, anyName, anyName, (scene, options, left, right) => {
        const painter = makePainter(named(left, right), options);
        const { width, height } = painter.options;
        const size = width * height * 3;
        const around = new Uint8Array(size + 2000).fill(0xa5);
        const frame = painter.paint(scene, around.subarray(1000, 1000 + size));
        expect(frame).toMatchObject({ width, height });
        expect(around.subarray(0, 1000).every((byte) => byte === 0xa5)).toBe(true);
        expect(around.subarray(1000 + size).every((byte) => byte === 0xa5)).toBe(true);
        expect(Buffer.compare(frame.data, painter.paint(scene).data)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test("looks the same whatever the painter painted before", () => {
    fc.assert(
      fc.property(fc.array(anyScene, { minLength: 2, maxLength: 6 }), anyOptions, (scenes, options) => {
        const last = scenes.at(-1)!;
        const used = makePainter(elevens, options);
        for (const scene of scenes) used.paint(scene);
        expect(Buffer.compare(used.paint(last).data, makePainter(elevens, options).paint(last).data)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the ball", () => {
  const painter = makePainter(elevens);
  const withBall = (x: number, y: number, z: number): Frame =>
    painter.paint(moment({ ball: { x, y, z }, owner: -1 }));

  test("changes only pixels near where it was and where it is", () => {
    const place = fc.tuple(
      fc.integer({ min: -5500, max: 5500 }),
      fc.integer({ min: -3600, max: 3600 }),
      fc.integer({ min: 0, max: 300 }),
    );
    fc.assert(
      fc.property(place, place, (from, to) => {
        const near = [pixelOf(from[0], from[1]), pixelOf(to[0], to[1])];
        for (const place of changed(withBall(...from), withBall(...to))) {
          const [x, y] = [place % 448, Math.floor(place / 448)];
          const reached = near.some(([nx, ny]) => Math.abs(x - nx) < 10 && y - ny < 10 && ny - y < 20);
          expect(reached, `pixel ${x}, ${y}`).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("rises in the picture and grows while its shadow stays", () => {
    const away = withBall(5400, 3500, 0);
    const rows = (z: number): number[] => {
      const places = changed(away, withBall(0, 1000, z)).filter((place) => place % 448 < 300);
      return places.map((place) => Math.floor(place / 448));
    };
    const [ground, air] = [rows(0), rows(1000)];
    expect(Math.min(...ground) - Math.min(...air)).toBeGreaterThan(20);
    expect(Math.max(...air)).toBe(Math.max(...ground));
    expect(air.length).toBeGreaterThan(1.5 * ground.length);
  });

  test("can be seen however high or far out it is", () => {
    for (const [x, y, z] of [
      [0, -3600, 4000],
      [9000, 0, 0],
      [0, 9000, 0],
    ] as const) {
      const white = withBall(x, y, z).data;
      let pixels = 0;
      const other = withBall(2000, 2000, 0).data;
      for (let i = 0; i < white.length; i += 3) {
        const isWhite = white[i] === 255 && white[i + 1] === 255 && white[i + 2] === 255;
        if (isWhite && other[i] !== 255) pixels++;
      }
      expect(pixels, `ball at ${x}, ${y}, ${z}`).toBeGreaterThan(10);
    }
  });

  test("leaves its owner's number free", () => {
    const at = { x: 0, y: 1500 };
    const frames = [
      [30, 0],
      [0, -60],
      [-2, 1],
    ].map(([dx, dy]) =>
      painter.paint(moment({ ball: { x: at.x + dx!, y: at.y + dy!, z: 10 }, owner: 9 }, at)),
    );
    const [x, y] = pixelOf(at.x, at.y);
    for (const frame of frames) {
      const digits = changed(frame, frames[0]!).filter(
        (place) => Math.abs((place % 448) - x) < 4 && Math.abs(Math.floor(place / 448) - y) < 3,
      );
      expect(digits).toEqual([]);
    }
  });
});

describe("the cameras", () => {
  test("the ball camera keeps the ball in the middle of the pitch in the middle of its window", () => {
    const painter = makePainter(elevens, { camera: "ball", hud: false });
    const scene = { ...moment({ ball: { x: 700, y: -300, z: 0 }, owner: -1 }), figures: play(0).figures };
    const centre = (painter.options.height / 2) * 448 + 224;
    expect([...painter.paint(scene).data.subarray(centre * 3, centre * 3 + 3)]).toEqual([255, 255, 255]);
  });

  test("the ball camera stops at the edge of the ground", () => {
    const painter = makePainter(elevens, { camera: "ball" });
    const places = changed(painter.paint(ballAt(5490)), painter.paint(ballAt(5560)));
    expect(places.length).toBeGreaterThan(0);
    expect(places.length).toBeLessThan(400);
  });

  test("an arrow at the edge points to a controlled player outside the window, when marks are on", () => {
    const far = moment({ ball: { x: 4000, y: 0, z: 0 }, owner: -1 }, { x: -5000, y: 0 });
    const nobody = {
      ...far,
      figures: far.figures.map((figure) =>
        Object.assign({}, figure, { controlled: false, booked: false, sentOff: false }),
      ),
    };
    const painter = makePainter(elevens, { camera: "ball" });
    const columns = changed(painter.paint(far), painter.paint(nobody)).map((place) => place % 448);
    expect(columns.length).toBeGreaterThan(50);
    expect(Math.max(...columns)).toBeLessThan(40);
    const unmarked = makePainter(elevens, { camera: "ball", marks: false });
    expect(changed(unmarked.paint(far), unmarked.paint(nobody))).toEqual([]);
  });
});
