/** @file Paints a level into frames: the same bytes for the same position, in Node and in browsers. */
import { TouchlineError } from "../../error.ts";
import type { Frame } from "../../frame/frame.ts";
import type { Level, Position } from "../level.ts";
import { drawTile, MARGIN, type Tile, TILES } from "./tile.ts";

export interface SokobanFrameOptions {
  /** Whole pixels, up to 4096; 16 for each cell unless given. The room is as large as fits, in the middle. */
  width?: number;
  height?: number;
}

export interface SokobanPainter {
  readonly width: number;
  readonly height: number;
  /**
   * The frame of a level of the painter's size as it stands in `now`, painted into `out` when given, which must hold
   * width * height * 3 bytes (`frame/buffer` otherwise).
   */
  paint(level: Level, now?: Position, out?: Uint8Array): Frame;
}

const CELL = 16;
const LEAST_CELL = 4;
const MOST_PIXELS = 4096;

/** A painter for levels of this many columns and rows. Throws `frame/size` where cells would have under 4 pixels. */
export function makeSokobanPainter(
  { width: columns, height: rows }: Pick<Level, "width" | "height">,
  { width = columns * CELL, height = rows * CELL }: SokobanFrameOptions = {},
): SokobanPainter {
  const cell = Math.floor(Math.min(width / columns, height / rows));
  const fits = [width, height].every((side) => Number.isInteger(side) && side <= MOST_PIXELS);
  if (!fits || !(cell >= LEAST_CELL)) {
    throw new TouchlineError(
      "frame/size",
      `A frame of ${width} x ${height} cannot show ${columns} x ${rows} cells; expected whole pixels up to ${MOST_PIXELS}, at least ${LEAST_CELL} for each cell.`,
    );
  }
  const size = width * height * 3;
  const left = Math.floor((width - columns * cell) / 2);
  const top = Math.floor((height - rows * cell) / 2);
  const hasMargin = columns * cell < width || rows * cell < height;
  const tiles = Object.fromEntries(TILES.map((tile) => [tile, drawTile(tile, cell)])) as Record<
    Tile,
    Uint8Array
  >;

  return {
    width,
    height,
    paint(level, now = level, out = new Uint8Array(size)) {
      if (out.length !== size) {
        throw new TouchlineError(
          "frame/buffer",
          `A frame of ${width} x ${height} takes a buffer of ${size} bytes, not of ${out.length}.`,
        );
      }
      if (level.width !== columns || level.height !== rows) {
        throw new TouchlineError(
          "frame/level",
          `The level has ${level.width} x ${level.height} cells, but the painter is for ${columns} x ${rows}.`,
        );
      }
      if (hasMargin) for (let i = 0; i < size; i++) out[i] = MARGIN[i % 3]!;
      const line = cell * 3;
      for (let place = 0; place < columns * rows; place++) {
        const tile = tiles[tileAt(level, now, place)];
        const x = left + (place % columns) * cell;
        const y = top + Math.floor(place / columns) * cell;
        for (let row = 0; row < cell; row++)
          out.set(tile.subarray(row * line, (row + 1) * line), ((y + row) * width + x) * 3);
      }
      return { width, height, data: out };
    },
  };
}

function tileAt({ walls, targets }: Level, { player, boxes }: Position, cell: number): Tile {
  if (walls[cell] === true) return "wall";
  const target = targets.includes(cell);
  if (player === cell) return target ? "player-on-target" : "player";
  if (boxes.includes(cell)) return target ? "box-on-target" : "box";
  return target ? "target" : "floor";
}
