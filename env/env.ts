/** @file The interface of every game here: Gymnasium's reset and step, plus exact snapshots. */
import type { Space } from "./space.ts";

export interface ResetOptions {
  /** A 32-bit seed. Without one the generator goes on from where it was, as in Gymnasium. */
  seed?: number;
  /** Start from the scenario's own `variation` instead of its fixed positions. */
  vary?: boolean;
}

export interface Reset<Observation, Info> {
  observation: Observation;
  info: Info;
}

export interface Step<Observation, Info> {
  observation: Observation;
  reward: number;
  /** The game itself ended: a goal, or another end condition of the scenario. */
  terminated: boolean;
  /** The time limit was reached, which is no part of the game. */
  truncated: boolean;
  info: Info;
}

/**
 * A game. Synchronous once made; the same seed and actions give the same results, bit for bit,
 * in Node and in browsers.
 */
export interface Env<Action, Observation, Info, Snapshot> {
  readonly actionSpace: Space;
  readonly observationSpace: Space;
  reset(options?: ResetOptions): Reset<Observation, Info>;
  /** Throws `env/episode-over` after the end, `env/not-reset` before the first reset. */
  step(action: Action): Step<Observation, Info>;
  /**
   * The whole state as plain data; `restore` goes on from it, bit for bit, in any env of the same scenario and
   * control.
   */
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** Gives back what the env holds outside JavaScript's heap; a second call does nothing. */
  close(): void;
}
