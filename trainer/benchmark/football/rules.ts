/** @file By what rules a suite is played, where it has rules of its own. */
import type { ActionSet } from "../../../env/football/index.ts";

export interface PlayRules {
  /** The set that is played with by whoever can, and the names of it that may be said. */
  actions: ActionSet;
  offered: readonly string[];
  temperature: number;
  topP: number;
  /** Of those whose folder does not say how they play. */
  prompt: string;
  maxTokens: number;
}

/**
 * MageBench-Football's (facts: lmm-r1.md 3.1). Its memory is what everybody has who says nothing else; how long a
 * decision lasts stands in the scenarios. `full`, for there the built-in player goes on while a kick is under way.
 */
export const MAGEBENCH: PlayRules = {
  actions: "full",
  offered: [
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
    "release_sprint",
    "dribble",
    "release_dribble",
  ],
  temperature: 0.1,
  topP: 0.95,
  prompt: "analyze-action",
  maxTokens: 1000,
};
