/** @file Frames: their size, that every kind of cell is told apart, and that their bytes never change. */
import { describe, expect, test } from "vitest";
import { frameHash } from "../../frame/index.ts";
import { loadHash } from "../../hash.ts";
import { generateLevel } from "../generate.ts";
import { moved } from "../rules.ts";
import { readXsb } from "../xsb.ts";
import { makeSokobanPainter } from "./painter.ts";
import { drawTile, MARGIN, TILES } from "./tile.ts";

/** Every kind of cell: a player on a target, a box, a target, a box on its target, floor, walls. */
const level = readXsb("#######\n#+$.* #\n#  $  #\n#######");

function refusal(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

describe("a frame", () => {
  test("has 16 pixels for each cell, or what was asked for, with the room in the middle", () => {
    const plain = makeSokobanPainter(level).paint(level);
    expect([plain.width, plain.height, plain.data.length]).toEqual([112, 64, 112 * 64 * 3]);
    const wide = makeSokobanPainter(level, { width: 200, height: 64 }).paint(level);
    expect([wide.width, wide.height]).toEqual([200, 64]);
    const column = (x: number): number[] => [
      ...wide.data.subarray((30 * 200 + x) * 3, (30 * 200 + x) * 3 + 3),
    ];
    expect(column(43)).toEqual([...MARGIN]);
    expect(column(44)).not.toEqual([...MARGIN]);
    expect(column(155)).not.toEqual([...MARGIN]);
    expect(column(156)).toEqual([...MARGIN]);
  });

  test("shows the tile of each cell, where the player and the boxes are now", () => {
    const painter = makeSokobanPainter(level);
    const after = moved(level, level, "right");
    const { data, width } = painter.paint(level, after);
    const row = "wall target player box-on-target box-on-target floor wall".split(" ");
    row.forEach((tile, column) => {
      const expected = drawTile(
        TILES.find((one) => one === tile)!,
        16,
      );
      const start = (16 * width + column * 16) * 3;
      for (let y = 0; y < 16; y++) {
        const line = data.subarray(start + y * width * 3, start + y * width * 3 + 48);
        expect([column, y, line]).toEqual([column, y, expected.subarray(y * 48, y * 48 + 48)]);
      }
    });
  });

  test("can be painted over another, and is refused a buffer or a level of another size", () => {
    const painter = makeSokobanPainter(level, { width: 150, height: 150 });
    const out = new Uint8Array(150 * 150 * 3).fill(77);
    expect(painter.paint(level, level, out).data).toBe(out);
    expect(out).toEqual(painter.paint(level).data);
    expect(() => painter.paint(level, level, new Uint8Array(3))).toThrow(refusal("frame/buffer"));
    expect(() => painter.paint(generateLevel("v0", 0).level)).toThrow(refusal("frame/level"));
    for (const size of [{ width: 27 }, { width: 99.5 }, { height: 5000 }, { width: Number.NaN }])
      expect(() => makeSokobanPainter(level, size)).toThrow(refusal("frame/size"));
  });

  test("has the bytes that it always had", async () => {
    const hash = await loadHash();
    const sizes = [{}, { width: 224, height: 224 }, { width: 640, height: 400 }, { width: 28, height: 16 }];
    const hashes = sizes.map((size) => frameHash(makeSokobanPainter(level, size).paint(level), hash));
    expect(hashes).toMatchInlineSnapshot(`
      [
        "9a062ca4c34336cc",
        "dae6910aaaaeaee4",
        "7aa262b2c3bf3b49",
        "2dbdd7852f4dd9d3",
      ]
    `);
  });
});

test.each([8, 16, 28, 49])(
  "at %d pixels any two tiles differ in colour in a good part of their pixels",
  (size) => {
    const tiles = TILES.map((tile) => drawTile(tile, size));
    for (const [i, a] of tiles.entries()) {
      for (const b of tiles.slice(i + 1)) {
        let different = 0;
        for (let pixel = 0; pixel < size * size; pixel++) {
          const apart = [0, 1, 2].map((channel) =>
            Math.abs(a[pixel * 3 + channel]! - b[pixel * 3 + channel]!),
          );
          if (Math.max(...apart) > 60) different++;
        }
        expect(different / (size * size)).toBeGreaterThan(0.04);
      }
    }
  },
);
