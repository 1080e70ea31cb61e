/** @file The named action sets: GRF's `default` and `full`, and `simple`. Orders are fixed: recordings count by them. */

/** GRF's `default` set of 19. */
export const ACTIONS = [
  "idle",
  "left",
  "top_left",
  "top",
  "top_right",
  "right",
  "bottom_right",
  "bottom",
  "bottom_left",
  "long_pass",
  "high_pass",
  "short_pass",
  "shot",
  "sprint",
  "release_direction",
  "release_sprint",
  "sliding",
  "dribble",
  "release_dribble",
] as const;

/**
 * GRF's `full` set in the order of its newest `football_action_set.py`: `default`, `builtin_ai` (GRF's `v2`), then what
 * people at a gamepad have besides. Older versions of GRF had another order.
 */
export const FULL_ACTIONS = [
  ...ACTIONS,
  "builtin_ai",
  "keeper_rush",
  "pressure",
  "team_pressure",
  "switch",
  "release_long_pass",
  "release_high_pass",
  "release_short_pass",
  "release_shot",
  "release_keeper_rush",
  "release_sliding",
  "release_pressure",
  "release_team_pressure",
  "release_switch",
] as const;

/** Directions hold until `idle`; `kick` shoots when a goal is likely, and passes where he runs otherwise. */
export const SIMPLE_ACTIONS = [
  "idle",
  "left",
  "top_left",
  "top",
  "top_right",
  "right",
  "bottom_right",
  "bottom",
  "bottom_left",
  "kick",
] as const;

export const ACTION_SETS = ["default", "full", "simple", "continuous", "semantic"] as const;
export type ActionSet = (typeof ACTION_SETS)[number];

export type ActionName = (typeof ACTIONS)[number];
export type ButtonName = ActionName | (typeof FULL_ACTIONS)[number] | (typeof SIMPLE_ACTIONS)[number];

/** The names of a set that is a list of names. */
export const BUTTONS: Readonly<Record<"default" | "full" | "simple", readonly ButtonName[]>> = {
  default: ACTIONS,
  full: FULL_ACTIONS,
  simple: SIMPLE_ACTIONS,
};

/** An action of the `continuous` set, as the player sees it: his team attacks to the right, y points down. */
export interface ContinuousAction {
  /** Where he runs, or kicks to: in the unit disc; shorter is slower, longer is cut to 1. */
  direction: readonly [x: number, y: number];
  /** How hard the kick is, 0 to 1; 0 is no kick. */
  power: number;
  /** How high, 0 along the grass to 1. */
  loft: number;
  /** From 0.5 on he kicks. */
  kick: number;
}

/** An action for one controlled player: an index or a name, a sentence of `semantic`, or numbers of `continuous`. */
export type Action = number | ButtonName | (string & {}) | ContinuousAction;

/** What does nothing new, in each set. */
export const IDLE_ACTIONS: Readonly<Record<ActionSet, Action>> = {
  default: 0,
  full: 0,
  simple: 0,
  continuous: { direction: [0, 0], power: 0, loft: 0, kick: 0 },
  semantic: "hold",
};
