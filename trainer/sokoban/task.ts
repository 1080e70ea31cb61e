/** @file Sokoban as recipes name it beside scenarios of football: `sokoban:7x7x1`, `sokoban-online:7x7x1`. */
import { roomSize } from "../../env/sokoban/index.ts";

export interface SokobanTask {
  /** As the suites of the benchmark: all moves in one answer, or one move an answer. */
  suite: "sokoban" | "sokoban-online";
  size: string;
}

/** Undefined for what is named otherwise. @throws TouchlineError `sokoban/size` for a size that there is not. */
export function sokobanTask(name: string): SokobanTask | undefined {
  const [, suite, size] = /^(sokoban|sokoban-online):(.*)$/.exec(name) ?? [];
  if (suite === undefined) return undefined;
  roomSize(size!);
  return { suite: suite as SokobanTask["suite"], size: size! };
}
