/**
 * @file What can be seen of a match at one moment. Integers only: the frame that the agent gets, the bytes
 * on the wire and the picture in the page are all functions of this one value, so they can be compared
 * bit for bit. Lengths are centimetres from the centre spot: x towards the right goal, y down the picture.
 */

/** Restart modes in the order of GRF's `game_mode`. */
export const GAME_MODES = [
  "normal",
  "kick-off",
  "goal-kick",
  "free-kick",
  "corner",
  "throw-in",
  "penalty",
] as const;
export type GameMode = (typeof GAME_MODES)[number];

/** How a figure is drawn: on his feet, sliding, diving, lying after either, or holding the ball in his hands. */
export const POSES = ["upright", "slide", "dive", "down", "hold"] as const;
export type Pose = (typeof POSES)[number];

/** What does not change while a match lasts. */
export interface Lineup {
  pitch: PitchSize;
  teams: readonly [TeamSheet, TeamSheet];
  /** All players, left team first; the index is the player's id everywhere. */
  players: readonly PlayerSheet[];
  /** What a scenario adds to the ground; absent where it adds nothing. */
  zones?: readonly ZoneSheet[];
  obstacles?: readonly ObstacleSheet[];
}

/** Its middle, in centimetres. */
export interface Feature {
  x: number;
  y: number;
}

export type ZoneColour = "blue" | "orange" | "pink" | "white";

export interface ZoneSheet extends Feature {
  name: string;
  halfLength: number;
  halfWidth: number;
  colour: ZoneColour;
}

/** Round, with a radius, or a box along the touchlines. */
export interface ObstacleSheet extends Feature {
  radius?: number;
  halfLength?: number;
  halfWidth?: number;
}

/** In centimetres. */
export interface PitchSize {
  halfLength: number;
  halfWidth: number;
  goalHalfWidth: number;
  goalHeight: number;
  goalDepth: number;
}

export interface TeamSheet {
  name: string;
}

export interface PlayerSheet {
  /** 0 left, 1 right. */
  team: 0 | 1;
  /** Shirt number, 1 to 99. */
  number: number;
  /** GRF's role name. */
  role: string;
  keeper: boolean;
}

export interface SceneFigure {
  x: number;
  y: number;
  /** 0 to 255, a turn in 256 parts: 0 looks right, 64 down the picture, 128 left, 192 up. */
  facing: number;
  pose: Pose;
  /** Under the control of a policy or a person, not of a built-in player. */
  controlled: boolean;
  /** He has seen the yellow card. */
  booked: boolean;
  /** He has left the field for good: nothing of him is drawn. */
  sentOff: boolean;
  /** Whoever the scene is for does not see him: nothing of him is drawn. */
  hidden?: boolean;
}

export interface Scene {
  /** Physics ticks since the start of the episode. */
  tick: number;
  /** Env steps since the start of the episode. */
  step: number;
  ball: { x: number; y: number; z: number; hidden?: boolean };
  /** In the order of the lineup. */
  figures: readonly SceneFigure[];
  /** Everything of it is turned by half a turn, and so must what lies on the ground be. */
  turned?: true;
  /** Index of the player who has the ball, -1 for nobody. */
  owner: number;
  score: readonly [number, number];
  /** Match clock in seconds: a GRF step is 1.8 s of a match of 90 minutes. */
  clockSeconds: number;
  mode: GameMode;
  /** The team that a restart belongs to, -1 in normal play. */
  restartTeam: -1 | 0 | 1;
  /**
   * 1 or 2. Places are always told with the left team attacking to the right, in both halves; whoever shows the
   * match to spectators turns the second half by half a turn (Law 7: the teams change ends).
   */
  half: 1 | 2;
}
