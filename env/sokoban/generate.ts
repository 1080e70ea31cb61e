/** @file A level for a seed: a room is dug, boxes are set on targets, and pulled away from them. */
import { TouchlineError } from "../error.ts";
import { integer, makeRandom, type Random } from "../random.ts";
import { makeGrid, moveOf } from "./grid.ts";
import type { Level } from "./level.ts";
import { pullApart } from "./pull.ts";
import { digRoom } from "./room.ts";
import type { Move } from "./rules.ts";
import { type RoomSize, roomSize, type Variant } from "./variant.ts";

export interface Generated {
  level: Level;
  /** A way to solve it, seldom the shortest: up to 298 moves. */
  solution: readonly Move[];
}

/** Rooms that are dug for one seed; nearly always the first or second serves. */
const MOST_TRIES = 1000;

/**
 * The level of this size and seed, always the same one. It can be solved, no box begins on a target, and the player
 * does not either. Throws `sokoban/no-level` where a room of this size has hardly ever place for its boxes.
 */
export function generateLevel(size: Variant | RoomSize, seed: number): Generated {
  const room = roomSize(size);
  const random = makeRandom(seed);
  for (let i = 0; i < MOST_TRIES; i++) {
    const generated = tryRoom(room, random);
    if (generated !== undefined) return generated;
  }
  throw new TouchlineError(
    "sokoban/no-level",
    `No room of ${room.width} x ${room.height} with ${room.boxes} boxes came out in ${MOST_TRIES} tries; ask for a larger room or fewer boxes.`,
  );
}

function tryRoom(room: Required<RoomSize>, random: Random): Generated | undefined {
  const { width, height } = room;
  const walls = digRoom(room, random);
  const grid = makeGrid({ width, height, walls });
  if (grid.count <= room.boxes + 1) return undefined;
  const free = Array.from({ length: grid.count }, (_, cell) => cell);
  const draw = (): number => free.splice(integer(random, free.length), 1)[0]!;
  const player = draw();
  const targets = Array.from({ length: room.boxes }, draw).sort((a, b) => a - b);
  const { toLevel } = grid;
  const distance = (a: number, b: number): number => {
    const [from, to] = [toLevel[a]!, toLevel[b]!];
    return (
      Math.abs((from % width) - (to % width)) + Math.abs(Math.floor(from / width) - Math.floor(to / width))
    );
  };
  const pulled = pullApart(grid, player, targets, distance);
  if (pulled === undefined) return undefined;
  return {
    level: {
      width,
      height,
      walls,
      targets: targets.map((cell) => toLevel[cell]!),
      boxes: pulled.boxes.map((cell) => toLevel[cell]!).sort((a, b) => a - b),
      player: toLevel[pulled.player]!,
    },
    solution: pulled.solution.map(moveOf),
  };
}
