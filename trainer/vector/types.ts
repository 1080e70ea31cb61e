/** @file The vector env as its callers see it: Gymnasium 1.x's VectorEnv, synchronous like the env itself. */
import type {
  Action,
  FootballEnv,
  FootballInfo,
  FootballOptions,
  Observation,
} from "../../env/football/index.ts";
import type { Space } from "../../env/space.ts";
import type { Batched } from "./batch.ts";

/**
 * What happens to an env whose episode has ended. `next-step`: the next step resets it, takes no notice of its action
 * and gives reward 0. `same-step`: the step that ends it resets it, so the observation is the next episode's first,
 * and the info holds `final_obs` and `final_info`. `disabled`: the caller resets it through `resetMask`.
 */
export const AUTORESET_MODES = ["next-step", "same-step", "disabled"] as const;
export type AutoresetMode = (typeof AUTORESET_MODES)[number];

export interface VectorOptions extends FootballOptions {
  /** How many envs, 1 to 4096; the number of scenarios by default. They take the scenarios in turn. */
  numEnvs?: number;
  /** Worker threads, 1 to 64; by default one for each core, and no more than envs. */
  workers?: number;
  /** `next-step` by default. */
  autoreset?: AutoresetMode;
  /** What `vary` is for every reset that does not say, the automatic ones included. */
  vary?: boolean;
  /**
   * Give a copy of the observations with every call. Without it (the default) they are the shared memory itself,
   * and the next call writes over them.
   */
  copy?: boolean;
  /** A worker that does not answer for so long counts as lost. 60 by default. */
  timeoutSeconds?: number;
}

export interface VectorResetOptions {
  /** One seed for all gives env i the seed plus i; a list gives each its own, undefined goes on without re-seeding. */
  seed?: number | readonly (number | undefined)[];
  vary?: boolean;
  /** Reset only the envs whose place holds true (or 1). The others keep their observation and info. */
  resetMask?: ArrayLike<boolean | number>;
}

/** An env's info; after the end of an episode in `same-step` with what the ended episode said last. */
export interface VectorInfo extends FootballInfo {
  final_obs?: Observation;
  final_info?: FootballInfo;
}

export interface VectorReset {
  /** The single observation space with one more dimension in front: the env. */
  observations: Batched;
  /** One for each env; unpacked when they are first read. */
  readonly infos: readonly VectorInfo[];
}

export interface VectorStep extends VectorReset {
  rewards: Float64Array;
  /** 1 where the game itself ended. */
  terminations: Uint8Array;
  /** 1 where the time limit was reached. */
  truncations: Uint8Array;
}

/** What an env can be asked between steps. */
export type VectorMethod = "stateHash" | "snapshot" | "scene" | "possibleActions";

export interface VectorEnv {
  readonly numEnvs: number;
  readonly singleObservationSpace: Space;
  readonly singleActionSpace: Space;
  readonly metadata: { readonly autoreset_mode: AutoresetMode };
  /** Throws `vector/seed` and `vector/mask` for lists of another length, and what the env throws. */
  reset(options?: VectorResetOptions): VectorReset;
  /**
   * One action (or list of actions, of several controlled players) for each env.
   * After an error of an env the vector env must be reset.
   */
  step(actions: ArrayLike<Action | readonly Action[]>): VectorStep;
  /** The first half of `step`: the workers begin, the caller goes on. */
  stepAsync(actions: ArrayLike<Action | readonly Action[]>): void;
  /** The second half: waits for the workers. */
  stepWait(): VectorStep;
  /** Calls the method of every env; the results in the order of the envs. */
  call<M extends VectorMethod>(method: M, ...args: Parameters<FootballEnv[M]>): ReturnType<FootballEnv[M]>[];
  /** Ends the workers; a second call does nothing. */
  close(): void;
}
