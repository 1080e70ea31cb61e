/** @file The whole state of an episode, out and in, and its hash. */
import { TouchlineError } from "../error.ts";
import type { Hash } from "../hash.ts";
import type { Random } from "../random.ts";
import type { Level, Position } from "./level.ts";

/** Everything that the future of an episode depends on. */
export interface SokobanState {
  level: Level;
  position: Position;
  /** Of the level. */
  seed: number;
  /** Draws the seed of the next level, when none is given. */
  random: Random;
  step: number;
  /** The return and its best so far, in tenths. */
  tenths: number;
  bestTenths: number;
  over: boolean;
}

const SNAPSHOT_VERSION = 1;

/** Plain data: it survives `structuredClone` and a worker's message. */
export interface SokobanSnapshot extends SokobanState {
  version: typeof SNAPSHOT_VERSION;
}

/** Levels and positions are never changed, so they may be shared. */
export function takeSnapshot(state: SokobanState): SokobanSnapshot {
  return { ...state, version: SNAPSHOT_VERSION, random: state.random.slice() };
}

/** The state of a snapshot, for an env of levels of this size. Throws `snapshot/version` and `snapshot/level`. */
export function stateOf(
  snapshot: SokobanSnapshot,
  { width, height }: { width: number; height: number },
): SokobanState {
  const { version, ...state } = snapshot;
  if (version !== SNAPSHOT_VERSION) {
    throw new TouchlineError(
      "snapshot/version",
      `The snapshot is of version ${String(version)}; expected version ${String(SNAPSHOT_VERSION)}: take it again with this build.`,
    );
  }
  if (state.level.width !== width || state.level.height !== height) {
    throw new TouchlineError(
      "snapshot/level",
      `The snapshot is of a level of ${state.level.width} x ${state.level.height} and this env plays ${width} x ${height}; make an env of the same size.`,
    );
  }
  return { ...state, random: state.random.slice() };
}

/** XXH64 of every number of the state; boxes are alike, so their order does not count. */
export function hashState(state: SokobanState, { hash64 }: Hash): string {
  const { level, position, seed, random, step, tenths, bestTenths, over } = state;
  const { width, height, walls, targets } = level;
  const boxes = position.boxes.toSorted((a, b) => a - b);
  const numbers = [
    [width, height, ...walls.map(Number), ...targets],
    [position.player, ...boxes],
    [seed, ...random, step, tenths, bestTenths, Number(over)],
  ].flat();
  return hash64(new Uint8Array(Float64Array.from(numbers).buffer));
}
