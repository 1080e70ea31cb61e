/** @file Suites of Sokoban: a plan in one answer, or a move an answer, as MageBench has them. */
import type { SokobanMode } from "../../sokoban/index.ts";

export interface SokobanSuite {
  name: string;
  about: string;
  mode: SokobanMode;
}

export const SOKOBAN_SUITES: readonly SokobanSuite[] = [
  {
    name: "sokoban",
    about:
      "levels of Sokoban, solved by a plan in one answer (MageBench's Global): its score, 100 for a shortest plan",
    mode: "global",
  },
  {
    name: "sokoban-online",
    about: "the same levels, a move an answer (MageBench's Online)",
    mode: "online",
  },
];

export function sokobanSuite(name: string): SokobanSuite | undefined {
  return SOKOBAN_SUITES.find((suite) => suite.name === name);
}
