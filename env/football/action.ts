/** @file GRF's `default` action set: the same 19 names in the same order. */

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

export type ActionName = (typeof ACTIONS)[number];

/** An action for one controlled player: its index in `ACTIONS`, or its name. */
export type Action = number | ActionName;
