/** @file The Sokoban env as its callers see it. */
import type { Env } from "../env.ts";
import type { Frame } from "../frame/frame.ts";
import type { SokobanAction, SokobanActionSet, SokobanPossibility } from "./action.ts";
import type { Level, Position } from "./level.ts";
import type { SokobanFrameOptions } from "./paint/index.ts";
import type { SokobanSnapshot } from "./snapshot.ts";
import type { RoomSize } from "./variant.ts";

export interface SokobanOptions {
  /** The size of the levels that seeds give: a name of gym-sokoban's, such as `7x7x1`, or one's own. `v0` by default: 10 x 10, 3 boxes. */
  size?: string | RoomSize;
  /** Always this level; `size` is then not looked at. */
  level?: Level;
  /** Steps after which an episode is cut off (120). */
  maxSteps?: number;
  /** Which set the actions are of: four pushes, or gym-sokoban's nine. */
  actions?: SokobanActionSet;
  /** What `observation` is: nothing, the frame, or the level as XSB. */
  observation?: SokobanObservationKind;
  /** Size of the frame. */
  frame?: SokobanFrameOptions;
}

export const SOKOBAN_OBSERVATION_KINDS = ["none", "text", "frame"] as const;
export type SokobanObservationKind = (typeof SOKOBAN_OBSERVATION_KINDS)[number];

export type SokobanObservation = null | string | Frame;

export interface SokobanInfo {
  /** Of the level, which is what `generateLevel` gives for it. */
  seed: number;
  /** Steps since the start. */
  step: number;
  /** Whether the last action moved the player, and a box. */
  moved: boolean;
  pushed: boolean;
  boxesOnTarget: number;
  /** The sum of rewards, and the highest that it has been, which MageBench's score is made of. */
  return: number;
  bestReturn: number;
  /** Why the episode ended, when it did. */
  ended?: "solved" | "time";
}

export interface SokobanEnv extends Env<SokobanAction, SokobanObservation, SokobanInfo, SokobanSnapshot> {
  /** The level of this episode as it began. */
  readonly level: Level;
  /** Where the player and the boxes are now. */
  readonly position: Position;
  /** What can be seen now, painted into `out` when given. */
  frame(out?: Uint8Array): Frame;
  /** The level as it stands now, in XSB. */
  text(): string;
  /** XXH64 of the whole state, 16 hex digits. */
  stateHash(): string;
  /** Every action: whether it moves anything now, and why not. There is one place, 0. */
  possibleActions(place?: number): readonly SokobanPossibility[];
}
