/**
 * @file The pictures of the seven kinds of cells, drawn by shapes on a square of 16 units. Their colours are those that
 * MageBench's and LMM-R1's prompts speak of: red bricks, yellow boxes, red dots, a green character.
 */
import {
  box,
  capsule,
  type Colour,
  disc,
  type Dot,
  fill,
  makeSurface,
  ring,
  type Shape,
  type Surface,
} from "../../frame/raster/index.ts";

export const TILES = [
  "wall",
  "floor",
  "target",
  "box",
  "box-on-target",
  "player",
  "player-on-target",
] as const;

export type Tile = (typeof TILES)[number];

const MORTAR: Colour = [96, 40, 34];
const BRICK: Colour = [178, 74, 58];
const BRICK_LIGHT: Colour = [198, 92, 72];
const FLOOR: Colour = [38, 42, 50];
const FLOOR_LINE: Colour = [50, 55, 65];
const RED: Colour = [236, 52, 52];
const BOX: Colour = [240, 190, 60];
const BOX_EDGE: Colour = [150, 98, 22];
const DONE: Colour = [255, 128, 48];
const DONE_EDGE: Colour = [150, 40, 14];
const GREEN: Colour = [84, 204, 96];
const DARK_GREEN: Colour = [22, 104, 52];
const SKIN: Colour = [250, 218, 178];
const INK: Colour = [24, 28, 32];

/** Nothing of a room is seen here. */
export const MARGIN: Colour = [22, 24, 29];

/** The RGB bytes of a tile of this many pixels a side. */
export function drawTile(tile: Tile, size: number): Uint8Array {
  const surface = makeSurface(size, size);
  const pen = penOf(surface, size / 16);
  if (tile === "wall") drawWall(pen);
  else {
    pen.block(0, 0, 16, 16, FLOOR_LINE);
    pen.block(0, 0, 15.5, 15.5, FLOOR);
    if (tile.endsWith("target")) drawTarget(pen);
    if (tile === "box") drawBox(pen, BOX, BOX_EDGE);
    if (tile === "box-on-target") {
      drawBox(pen, DONE, DONE_EDGE);
      pen.disc(8, 8, 2.4, RED);
    }
    if (tile === "player-on-target") pen.ring(8, 8, 6.9, 1.2, RED);
    if (tile.startsWith("player")) drawPlayer(pen);
    if (tile === "player-on-target") pen.disc(8, 10.2, 2, RED);
  }
  return surface.data;
}

interface Pen {
  block(left: number, top: number, right: number, bottom: number, colour: Colour, radius?: number): void;
  disc(x: number, y: number, radius: number, colour: Colour): void;
  ring(x: number, y: number, radius: number, width: number, colour: Colour): void;
  line(from: Dot, to: Dot, width: number, colour: Colour): void;
}

function penOf(surface: Surface, unit: number): Pen {
  const draw = (shape: Shape, colour: Colour): void => fill(surface, shape, colour);
  const at = ([x, y]: Dot): Dot => [x * unit, y * unit];
  return {
    block: (left, top, right, bottom, colour, radius = 0) =>
      draw(box(left * unit, top * unit, right * unit, bottom * unit, radius * unit), colour),
    disc: (x, y, radius, colour) => draw(disc(x * unit, y * unit, radius * unit), colour),
    ring: (x, y, radius, width, colour) =>
      draw(ring(x * unit, y * unit, radius * unit, width * unit), colour),
    line: (from, to, width, colour) => draw(capsule(at(from), at(to), (width / 2) * unit), colour),
  };
}

/** Four courses of bricks, every other one moved by half a brick. */
function drawWall(pen: Pen): void {
  pen.block(0, 0, 16, 16, MORTAR);
  for (let course = 0; course < 4; course++) {
    for (let left = course % 2 === 0 ? 0 : -4; left < 16; left += 8) {
      const top = course * 4;
      pen.block(left, top, left + 7, top + 3, BRICK);
      pen.block(left, top, left + 7, top + 1, BRICK_LIGHT);
    }
  }
}

function drawTarget(pen: Pen): void {
  pen.ring(8, 8, 5.5, 1, [120, 44, 48]);
  pen.disc(8, 8, 2.5, RED);
}

function drawBox(pen: Pen, colour: Colour, edge: Colour): void {
  pen.block(1, 1, 15, 15, edge, 1.5);
  pen.block(2.5, 2.5, 13.5, 13.5, colour, 0.5);
  pen.line([3.5, 3.5], [12.5, 12.5], 1.4, edge);
  pen.line([12.5, 3.5], [3.5, 12.5], 1.4, edge);
}

function drawPlayer(pen: Pen): void {
  pen.block(5, 12, 7.5, 15.2, DARK_GREEN, 0.8);
  pen.block(8.5, 12, 11, 15.2, DARK_GREEN, 0.8);
  pen.line([4.4, 9], [3, 11.5], 1.8, GREEN);
  pen.line([11.6, 9], [13, 11.5], 1.8, GREEN);
  pen.block(4.5, 7, 11.5, 13.2, GREEN, 1.8);
  pen.disc(8, 5, 3.8, SKIN);
  pen.block(4.2, 1, 11.8, 4, DARK_GREEN, 1.6);
  pen.block(3.6, 3.2, 12.4, 4.4, DARK_GREEN, 0.6);
  pen.disc(6.6, 5.8, 0.7, INK);
  pen.disc(9.4, 5.8, 0.7, INK);
}
