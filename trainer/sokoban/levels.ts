/** @file Levels without end: by sizes and seeds, one of ten kept for judging, told by its walls and all, not by its seed. */
import { integer, nextUint32, type Random } from "../../env/random.ts";
import { generateLevel, type Level, type Move, solve, writeXsb } from "../../env/sokoban/index.ts";
import { textHash } from "./text-hash.ts";

/** Sizes by gym-sokoban's names, or as 7x7x1. */
export type Sizes = readonly string[];

export interface Drawn {
  level: Level;
  /** A way to solve it. */
  solution: readonly Move[];
}

/** The same room may come of several seeds; what is held out is never trained on, whatever seed it has. */
export function isHeldOutLevel(level: Level): boolean {
  return textHash(writeXsb(level)) % 10 === 0;
}

/** One of the sizes, any of its levels that is for training, or with `heldOut` one that is not. */
export function drawLevel(random: Random, sizes: Sizes, heldOut: boolean): Drawn {
  for (;;) {
    const size = sizes[integer(random, sizes.length)]!;
    const drawn = generateLevel(size, nextUint32(random));
    if (isHeldOutLevel(drawn.level) === heldOut) return drawn;
  }
}

/** Of one size those that are held out, from a seed on. */
export function* heldOutLevels(size: string, seed: number): Generator<{ seed: number; level: Level }, never> {
  for (let next = seed; ; next = (next + 1) >>> 0) {
    const { level } = generateLevel(size, next);
    if (isHeldOutLevel(level)) yield { seed: next, level };
  }
}

/** Positions that are looked at for a plan to imitate; large rooms are not waited for. */
const NODES = 20_000;

/** The shortest plan, or of a level that takes long to solve the generator's own. */
export function goodPlan({ level, solution }: Drawn): readonly Move[] {
  const shortest = solve(level, { nodes: NODES });
  return shortest.status === "solved" ? shortest.plan : solution;
}
