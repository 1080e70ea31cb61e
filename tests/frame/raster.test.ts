import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blit,
  box,
  capsule,
  directions,
  disc,
  fill,
  lay,
  makeLayer,
  makeSprite,
  makeStamp,
  makeSurface,
  polygon,
  press,
  ring,
  setText,
  type Layer,
  type Shape,
  type Surface,
} from "../../env/frame/raster/index.ts";

const WIDTH = 40;
const HEIGHT = 30;
const whole = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };

/** Painted area in pixels: what white covers of black. */
function area(shape: Shape): number {
  const surface = makeSurface(WIDTH, HEIGHT);
  fill(surface, shape, [255, 255, 255]);
  let sum = 0;
  for (let i = 0; i < surface.data.length; i += 3) sum += surface.data[i]! / 255;
  return sum;
}

describe("shapes cover their area", () => {
  test.each<[string, Shape, number]>([
    ["disc", disc(20.3, 15.1, 9), Math.PI * 81],
    ["ring", ring(20, 15, 10, 2), 40 * Math.PI],
    ["box", box(3, 4, 13, 10), 60],
    ["box between pixels", box(3.5, 4, 13.5, 10), 60],
    ["rounded box", box(3, 4, 23, 20, 4), 320 - (4 - Math.PI) * 16],
    ["capsule", capsule([8, 8], [28, 8], 3), 120 + 9 * Math.PI],
    [
      "triangle",
      polygon([
        [30, 15],
        [10, 25],
        [10, 5],
      ]),
      200,
    ],
  ])("%s", (_, shape, expected) => {
    expect(Math.abs(area(shape) / expected - 1)).toBeLessThan(0.02);
  });

  test("a triangle paints nothing outside of it, whichever corner comes first", () => {
    expect(
      area(
        polygon([
          [10, 5],
          [30, 15],
          [10, 25],
        ]),
      ),
    ).toBeCloseTo(
      area(
        polygon([
          [10, 25],
          [10, 5],
          [30, 15],
        ]),
      ),
      6,
    );
  });

  test("a box on whole pixels has sharp edges", () => {
    const surface = makeSurface(WIDTH, HEIGHT);
    fill(surface, box(3, 4, 13, 10), [255, 255, 255]);
    expect(new Set(surface.data)).toEqual(new Set([0, 255]));
  });

  test("a window shows the same pixels as the whole picture", () => {
    const shapes = [disc(12.2, 9.7, 8), capsule([2, 3], [35, 25], 1.5), ring(20, 15, 12, 1)];
    const full = makeSurface(WIDTH, HEIGHT);
    const part = { ...makeSurface(17, 11), originX: 9, originY: 6 };
    for (const surface of [full, part]) for (const shape of shapes) fill(surface, shape, [200, 90, 10], 0.8);
    for (let y = 0; y < part.height; y++) {
      const from = ((y + 6) * WIDTH + 9) * 3;
      const row = part.data.subarray(y * 17 * 3, (y + 1) * 17 * 3);
      expect(Buffer.compare(row, full.data.subarray(from, from + 17 * 3))).toBe(0);
    }
  });
});

test("directions are unit vectors, evenly spread, a quarter turn pointing down", () => {
  const around = directions(256);
  expect(around).toHaveLength(256);
  for (const [i, [x, y]] of around.entries()) {
    expect(x).toBeCloseTo(Math.cos((i / 128) * Math.PI), 12);
    expect(y).toBeCloseTo(Math.sin((i / 128) * Math.PI), 12);
  }
});

function draw(layer: Layer, x: number, y: number): void {
  lay(layer, disc(x, y, 6), [250, 20, 40]);
  lay(layer, box(x - 2, y - 2, x + 3, y + 1), [0, 255, 120], 0.6);
}

/** A surface on which every pixel has another colour. */
function meadow(): Surface {
  const surface = makeSurface(WIDTH, HEIGHT);
  for (let i = 0; i < surface.data.length; i++) surface.data[i] = i * 37;
  return surface;
}

describe("sprites", () => {
  test("a sprite is blended as its layer says, to the nearest level", () => {
    const layer = makeLayer(16, 16);
    draw(layer, 8.25, 8.5);
    const surface = meadow();
    blit(surface, makeSprite(layer, WIDTH), 5, 7, whole);
    const before = meadow().data;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH * 3; x++) {
        const i = y * WIDTH * 3 + x;
        const column = Math.floor(x / 3) - 5;
        const inside = column >= 0 && column < 16 && y >= 7 && y < 23;
        const place = ((y - 7) * 16 + column) * 4;
        const alpha = inside ? layer.data[place + 3]! : 0;
        // The faintest pixels, under 3 %, are left out.
        const expected = (inside ? layer.data[place + (x % 3)]! : 0) + before[i]! * (1 - alpha);
        expect(Math.abs(surface.data[i]! - expected)).toBeLessThanOrEqual(alpha < 8 / 255 ? 8 : 1.5);
      }
    }
  });

  test("clipping keeps every pixel inside as it is, and paints none outside", () => {
    const stamp = makeStamp(6, 4, draw);
    const edge = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: -80, max: 240 }),
        fc.integer({ min: -80, max: 200 }),
        edge,
        edge,
        (x, y, dx, dy) => {
          const clip = { left: dx, top: dy, right: WIDTH - dy, bottom: HEIGHT - dx };
          const clipped = meadow();
          press(clipped, stamp, x / 4, y / 4, clip);
          // The same on a surface with room all around.
          const roomy = { ...makeSurface(WIDTH + 80, HEIGHT + 80), originX: 0, originY: 0 };
          const base = meadow().data;
          for (let row = 0; row < HEIGHT; row++) {
            roomy.data.set(
              base.subarray(row * WIDTH * 3, (row + 1) * WIDTH * 3),
              ((row + 40) * roomy.width + 40) * 3,
            );
          }
          press(roomy, makeStamp(6, 4, draw), x / 4 + 40, y / 4 + 40, {
            left: 0,
            top: 0,
            right: roomy.width,
            bottom: roomy.height,
          });
          for (let row = 0; row < HEIGHT; row++) {
            for (let column = 0; column < WIDTH; column++) {
              const inside =
                column >= clip.left && column < clip.right && row >= clip.top && row < clip.bottom;
              const i = (row * WIDTH + column) * 3;
              const expected = inside ? roomy.data[((row + 40) * roomy.width + column + 40) * 3] : base[i];
              if (clipped.data[i] !== expected) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 150 },
    );
  });

  test("quarters of a pixel move the picture by a quarter", () => {
    const stamp = makeStamp(6, 4, (layer, x, y) => lay(layer, disc(x, y, 5), [255, 255, 255]));
    const middle = (x: number): number => {
      const surface = makeSurface(WIDTH, HEIGHT);
      press(surface, stamp, x, 15, whole);
      let [sum, weighted] = [0, 0];
      for (let i = 0; i < surface.data.length; i += 3) {
        sum += surface.data[i]!;
        weighted += surface.data[i]! * (((i / 3) % WIDTH) + 0.5);
      }
      return weighted / sum;
    };
    for (const x of [15, 15.25, 15.5, 15.75, 16.1]) expect(Math.abs(middle(x) - x)).toBeLessThan(0.16);
  });

  test("a sprite wider than its picture is refused", () => {
    const layer = makeLayer(50, 3);
    lay(layer, box(0, 0, 50, 3), [1, 2, 3]);
    expect(() => makeSprite(layer, WIDTH)).toThrow(RangeError);
  });
});

/** The text's picture, to compare with another. */
function ink(text: string, size: number): string {
  const line = setText(text, { size });
  const surface = makeSurface(Math.ceil(line.width) + 4, Math.ceil(line.height) + 4);
  for (const letter of line.at(2, 2)) fill(surface, letter, [255, 255, 255]);
  return Buffer.from(surface.data).toString("latin1") + String(surface.width);
}

function clockWidth(text: string): number {
  return setText(text, { size: 14, tabular: true }).width;
}

describe("text", () => {
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:.,'!?/+()#";
  test.each([5, 7, 11, 14, 28])("no two characters of %d pixels look alike", (size) => {
    const pictures = new Set(Array.from(LETTERS, (letter) => ink(letter, size)));
    expect(pictures.size).toBe(LETTERS.length);
  });

  test.each([5, 6, 7, 9, 11, 14, 22, 28, 60])("text of %d pixels fills its measure and no more", (size) => {
    const line = setText("H0E", { size });
    expect(line.height).toBeLessThanOrEqual(size);
    expect(line.height).toBeGreaterThan(size * 0.7);
    const letters = line.at(0, 0);
    expect(Math.min(...letters.map((letter) => letter.left))).toBe(0);
    expect(Math.max(...letters.map((letter) => letter.right))).toBe(line.width);
    expect(Math.max(...letters.map((letter) => letter.bottom))).toBe(line.height);
  });

  test.each([5, 7])("straight strokes of %d pixels lie on whole pixels", (size) => {
    const surface = makeSurface(60, 20);
    for (const letter of setText("HELTI", { size }).at(0, 0)) fill(surface, letter, [255, 255, 255]);
    expect(new Set(surface.data)).toEqual(new Set([0, 255]));
  });

  test("a tabular clock is as wide at 11:11 as at 20:58", () => {
    expect(clockWidth("11:11")).toBe(clockWidth("20:58"));
    expect(setText("11:11", { size: 14 }).width).toBeLessThan(clockWidth("11:11"));
  });

  test("accents are dropped, lower case is raised, and what has no letter becomes a box", () => {
    expect(ink("é", 7)).toBe(ink("E", 7));
    expect(ink("x", 7)).toBe(ink("X", 7));
    expect(ink("日", 7)).toBe(ink("本", 7));
    expect(ink("日", 7)).not.toBe(ink("0", 7));
  });

  test("no text takes no room", () => {
    expect(setText("", { size: 7 }).width).toBe(0);
    expect(setText("", { size: 7 }).at(0, 0)).toEqual([]);
  });
});
