/** @file What a controlled player observes. */
import type { Space } from "../../space.ts";
import type { Frame, FrameOptions } from "../../frame/index.ts";
import type { RawObservation } from "./raw.ts";

export { observeRaw, type RawObservation } from "./raw.ts";

/** By the env's option: null, GRF's raw state for each controlled player, or a frame for each. */
export type Observation = null | readonly RawObservation[] | readonly Frame[];

export function observationSpace(
  kind: "none" | "raw" | "frame",
  frame: FrameOptions,
  teamSizes: readonly [number, number],
): Space {
  if (kind === "frame") {
    return { kind: "box", shape: [frame.height, frame.width, 3], low: 0, high: 255, dtype: "uint8" };
  }
  if (kind === "none") return { kind: "dict", spaces: {} };
  const [own, others] = teamSizes;
  return {
    kind: "dict",
    spaces: {
      // Players may stand outside the lines, the ball fly over them.
      ball: box([3], -30, 30),
      ball_direction: box([3], -5, 5),
      ball_owned_team: box([], -1, 1),
      ball_owned_player: box([], -1, Math.max(own, others) - 1),
      left_team: box([own, 2], -2, 2),
      right_team: box([others, 2], -2, 2),
      left_team_direction: box([own, 2], -1, 1),
      right_team_direction: box([others, 2], -1, 1),
      left_team_roles: box([own], 0, 9),
      right_team_roles: box([others], 0, 9),
      active: box([], 0, own - 1),
      sticky_actions: box([10], 0, 1),
      score: box([2], 0, 1000),
      steps_left: box([], 0, 1_000_000),
      game_mode: box([], 0, 6),
    },
  };
}

function box(shape: readonly number[], low: number, high: number): Space {
  return { kind: "box", shape, low, high, dtype: "float64" };
}
