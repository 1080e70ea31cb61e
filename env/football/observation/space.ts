/** @file What each kind of observation looks like as a space. */
import type { Space } from "../../space.ts";
import type { FrameOptions } from "../../frame/index.ts";
import type { CheckedObservation, ObservationKind } from "./options.ts";
import { SIMPLE115_LENGTH } from "./simple115.ts";
import { SMM_HEIGHT, SMM_PLANES, SMM_STACK, SMM_WIDTH } from "./smm.ts";

/** No text is longer: 22 players, told one by one. */
const LONGEST_TEXT = 4000;

export type TeamSizes = readonly [left: number, right: number];

/** The space of one controlled player; `own` is his team. */
export function observationSpace(
  { kinds, several, stacked }: CheckedObservation,
  frame: FrameOptions,
  sizes: TeamSizes,
  own: 0 | 1,
): Space {
  const of = (kind: ObservationKind): Space => {
    switch (kind) {
      case "frame":
        return { kind: "box", shape: [frame.height, frame.width, 3], low: 0, high: 255, dtype: "uint8" };
      case "smm": {
        const planes = SMM_PLANES * (stacked ? SMM_STACK : 1);
        return { kind: "box", shape: [SMM_HEIGHT, SMM_WIDTH, planes], low: 0, high: 255, dtype: "uint8" };
      }
      case "simple115v2":
        // GRF: no limits.
        return {
          kind: "box",
          shape: [SIMPLE115_LENGTH],
          low: -Infinity,
          high: Infinity,
          dtype: "float32",
        };
      case "text":
        return { kind: "text", minLength: 1, maxLength: LONGEST_TEXT, choices: [] };
      case "raw":
        return rawSpace(sizes[own], sizes[own === 0 ? 1 : 0]);
      default:
        return { kind: "dict", spaces: {} };
    }
  };
  if (!several) return of(kinds[0] ?? "none");
  const shown = kinds.filter((kind) => kind !== "none");
  return { kind: "dict", spaces: Object.fromEntries(shown.map((kind) => [kind, of(kind)])) };
}

function rawSpace(own: number, others: number): Space {
  return {
    kind: "dict",
    spaces: {
      // Players may stand outside the lines, the ball fly over them.
      ball: box([3], -30, 30),
      ball_direction: box([3], -5, 5),
      ball_rotation: box([3], -100, 100),
      ball_owned_team: box([], -1, 1),
      ball_owned_player: box([], -1, Math.max(own, others) - 1),
      left_team: box([own, 2], -2, 2),
      right_team: box([others, 2], -2, 2),
      left_team_direction: box([own, 2], -1, 1),
      right_team_direction: box([others, 2], -1, 1),
      left_team_tired_factor: box([own], -1, 1),
      right_team_tired_factor: box([others], -1, 1),
      left_team_yellow_card: box([own], 0, 1),
      right_team_yellow_card: box([others], 0, 1),
      left_team_active: { kind: "multi-binary", n: own },
      right_team_active: { kind: "multi-binary", n: others },
      left_team_roles: box([own], 0, 9),
      right_team_roles: box([others], 0, 9),
      active: box([], 0, own - 1),
      designated: box([], -1, own - 1),
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
