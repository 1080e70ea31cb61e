/** @file A level and its plan in words: what stands where, a thought that walks the plan, the moves of an answer. */
import { type Level, type Move, moved, type Position, writeXsb } from "../../env/sokoban/index.ts";

/** The rows in XSB with a space between cells, so that each cell is a token of its own, and `_` for floor. */
export function levelWords(level: Level): string {
  return writeXsb(level)
    .split("\n")
    .map((row) => row.replaceAll(" ", "_").split("").join(" "))
    .join("\n");
}

/**
 * "Me 1 2. Box 2 2. Target 4 2. Right 2 2, right 3 2.": column and row from 0. Each move has the place it leads to; a push
 * is "push right", and where it leads the box is one cell further.
 */
export function planThought(level: Level, plan: readonly Move[]): string {
  const at = (cell: number): string => `${cell % level.width} ${Math.floor(cell / level.width)}`;
  const list = (name: string, cells: readonly number[]): string =>
    `${name}${cells.length > 1 ? "s" : ""} ${cells.map(at).join(", ")}.`;
  let position: Position = level;
  const steps = plan.map((move) => {
    const after = moved(level, position, move);
    const pushes = after.boxes !== position.boxes;
    position = after;
    return `${pushes ? "push " : ""}${move} ${at(after.player)}`;
  });
  const seen = [`Me ${at(level.player)}.`, list("Box", level.boxes), list("Target", level.targets)];
  return `${seen.join(" ").replace("Boxs", "Boxes")} Go ${steps.join(", ")}.`;
}

/** "Right, Right" */
export function answerOf(plan: readonly Move[]): string {
  return plan.map(moveName).join(", ");
}

/** As MageBench and LMM-R1 write it. */
export function moveName(move: Move): string {
  return move[0]!.toUpperCase() + move.slice(1);
}
