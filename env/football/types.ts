/** @file The football env as its callers see it. */
import type { Env } from "../env.ts";
import type { FrameOptions } from "../frame/frame.ts";
import type { GameMode, Lineup, Scene } from "../frame/scene.ts";
import type { Random } from "../random.ts";
import type { Space } from "../space.ts";
import type { Action, ActionSet, Possibility } from "./action/index.ts";
import type { FootballEvent } from "./event.ts";
import type { Observation, ObservationOptions } from "./observation/index.ts";
import type { RewardTerms } from "./reward/index.ts";
import type { FootballSnapshot } from "./state/snapshot.ts";
import type { Control, End, RewardWeights, Scenario, Result } from "./scenario.ts";

export interface FootballOptions extends ObservationOptions {
  /** Size, camera and marks of the frame. */
  frame?: Partial<FrameOptions>;
  /**
   * One for each controlled player, of width * height * 3 bytes: frames are painted there, each over the one before.
   * Without them every frame has a buffer of its own.
   */
  frameBuffers?: readonly Uint8Array[];
  /** Which set the actions are of; docs/ACTIONS.md has the tables. GRF's 19 by default. */
  actions?: ActionSet;
  /** Overrides the scenario's choice of who is under control. */
  control?: Partial<{ left: Control; right: Control }>;
  /** Weights of reward terms, over the scenario's. A term that is named is worked out, even with the weight 0. */
  rewards?: RewardWeights;
  /** Keep a hash of the state for every tick in `info.tickHashes` (the recorder asks for it). */
  hashTicks?: boolean;
}

export interface FootballInfo {
  /** Env steps and physics ticks since the start. */
  step: number;
  tick: number;
  score: readonly [number, number];
  mode: GameMode;
  /** Lineup indices of the players whose action the next `step` takes, in its order. */
  controlled: readonly number[];
  /** What happened since the last step. */
  events: readonly FootballEvent[];
  /** The terms of `reward`, unweighed: the first controlled player's, the left team's when nobody is. */
  terms: RewardTerms;
  /** The terms of each controlled player, from his own side, and his reward. */
  playerTerms: readonly RewardTerms[];
  rewards: readonly number[];
  /** Why the episode ended, when it did, and whether it was won. */
  ended?: End["when"];
  result?: Result;
  /** With `hashTicks`: eight hex digits for every tick of this step. */
  tickHashes?: string;
}

export interface FootballEnv extends Env<
  Action | readonly Action[],
  Observation,
  FootballInfo,
  FootballSnapshot
> {
  readonly scenario: Scenario;
  readonly lineup: Lineup;
  /** The space of one action, for each place of `info.controlled`; `actionSpace` is all of them together. */
  readonly placeSpaces: readonly Space[];
  /**
   * Every action of the set for the player at this place of `info.controlled`: whether it does anything now, and
   * why not. An impossible action is never an error; it counts as `idle` (`hold` in `semantic`).
   */
  possibleActions(place: number): readonly Possibility[];
  /** What can be seen now. */
  scene(): Scene;
  /** XXH64 of the whole state, 16 hex digits. */
  stateHash(): string;
  /**
   * The action that the built-in player of this difficulty (0 to 1) would take for the controlled player at
   * this place of `info.controlled`, in the agent's own action set. Changes nothing: chance is the caller's.
   */
  advise(place: number, difficulty: number, random: Random): number;
  /** The same as a sentence of the `semantic` set, whatever set is played with. */
  adviseSentence(place: number, difficulty: number, random: Random): string;
  /**
   * Called with the scene after every 0.1 s of play, dead ball time included (as in GRF that time is not
   * shown to the agent: one `step` runs on until the ball can be played). For those who watch.
   */
  onScene: ((scene: Scene) => void) | undefined;
}
