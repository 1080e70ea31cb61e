/** @file A level for a seed: a room is dug, boxes are set on targets, and pulled away from them. */
import { TouchlineError } from "../error.ts";
import { integer, makeRandom, type Random } from "../random.ts";
import { makeGrid, moveOf } from "./grid.ts";
import type { Level } from "./level.ts";
import { pullApart } from "./pull.ts";
import { digRoom } from "./room.ts";
import type { Move } from "./rules.ts";
import { type RoomSize, roomSize } from "./variant.ts";

export interface Generated {
  level: Level;
  /** A way to solve it, seldom the shortest: up to 298 moves. */
  solution: readonly Move[];
}

/**
 * A hash of walls and targets must leave the same rest as the seed. So this many seeds in a row give different levels; two
 * that lie farther apart may be the same, as good as never but in the smallest rooms.
 */
const SEEDS_APART = 1024;
/** Rooms that are dug before any rest will do, for of very small ones there are few; and before none is looked for. */
const CHOOSY_TRIES = 1000;
const MOST_TRIES = 2 * CHOOSY_TRIES;

/**
 * The level of this size and seed, always the same one. It can be solved, no box begins on a target, and the player
 * does not either. Throws `sokoban/no-level` where a room of this size has hardly ever place for its boxes.
 */
export function generateLevel(size: string | RoomSize, seed: number): Generated {
  const room = roomSize(size);
  const random = makeRandom(seed);
  for (let i = 0; i < MOST_TRIES; i++) {
    const solved = drawSolved(room, random, i < CHOOSY_TRIES ? (seed >>> 0) % SEEDS_APART : undefined);
    if (solved === undefined) continue;
    const generated = pullBoxes(room, solved);
    if (generated !== undefined) return generated;
  }
  throw new TouchlineError(
    "sokoban/no-level",
    `No room of ${room.width} x ${room.height} with ${room.boxes} boxes came out in ${MOST_TRIES} tries; ask for a larger room or fewer boxes.`,
  );
}

/** A room with a box on each target. */
interface Solved {
  walls: Uint8Array;
  targets: readonly number[];
  player: number;
}

/** With this rest if one is asked for, which the last target sees to. */
function drawSolved(room: Required<RoomSize>, random: Random, rest: number | undefined): Solved | undefined {
  const walls = digRoom(room, random);
  const free: number[] = [];
  for (let cell = 0; cell < walls.length; cell++) if (walls[cell] === 0) free.push(cell);
  if (free.length <= room.boxes + 1) return undefined;
  const draw = (): number => free.splice(integer(random, free.length), 1)[0]!;
  const player = draw();
  const targets = Array.from({ length: room.boxes - 1 }, draw);
  let hash = 0;
  for (const wall of walls) hash = Math.imul(hash, 31) + wall;
  for (const target of targets) hash += stir(target);
  while (free.length > 0) {
    const last = draw();
    if (rest !== undefined && (stir(hash + stir(last)) >>> 0) % SEEDS_APART !== rest) continue;
    return { walls, targets: [...targets, last].sort((a, b) => a - b), player };
  }
  return undefined;
}

/** Lets each bit of a number change all others: the end of MurmurHash3. */
function stir(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function pullBoxes({ width, height }: RoomSize, solved: Solved): Generated | undefined {
  const walls = Array.from(solved.walls, (wall) => wall === 1);
  const grid = makeGrid({ width, height, walls });
  const { toLevel, fromLevel } = grid;
  const distance = (a: number, b: number): number => {
    const [from, to] = [toLevel[a]!, toLevel[b]!];
    return (
      Math.abs((from % width) - (to % width)) + Math.abs(Math.floor(from / width) - Math.floor(to / width))
    );
  };
  const targets = solved.targets.map((cell) => fromLevel[cell]!);
  const pulled = pullApart(grid, fromLevel[solved.player]!, targets, distance);
  if (pulled === undefined) return undefined;
  return {
    level: {
      width,
      height,
      walls,
      targets: solved.targets,
      boxes: pulled.boxes.map((cell) => toLevel[cell]!).sort((a, b) => a - b),
      player: toLevel[pulled.player]!,
    },
    solution: pulled.solution.map(moveOf),
  };
}
