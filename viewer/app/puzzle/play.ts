/** @file A level as it stands after some of its moves. No DOM. */
import { type Level, type Move, moved, MOVES, type Position, readXsb } from "../../../env/sokoban/index.ts";
import type { Puzzle } from "../../protocol/index.ts";

const LETTERS = new Map<string, Move>(MOVES.map((move) => [move[0]!, move]));

export function levelOf({ level }: Puzzle): Level {
  return readXsb(level);
}

/** After the first `count` moves. */
export function positionAfter(level: Level, moves: string, count: number): Position {
  let position: Position = level;
  for (const letter of moves.slice(0, count)) position = moved(level, position, LETTERS.get(letter)!);
  return position;
}

/** The answer that the move with this number came from, or was to come from: the last one before it. */
export function answerAt({ said }: Puzzle, count: number): string | undefined {
  return said.findLast(({ at }) => at <= count)?.text;
}

/** Which one to look at: the one that was chosen, else the one that came last. */
export function chosenOf(puzzles: readonly Puzzle[], id: string | null): Puzzle | undefined {
  return puzzles.find((puzzle) => puzzle.id === id) ?? puzzles.at(-1);
}

/** The list with a level that is new, or has gone on. */
export function withPuzzle(puzzles: readonly Puzzle[], puzzle: Puzzle, most: number): readonly Puzzle[] {
  const at = puzzles.findIndex(({ id }) => id === puzzle.id);
  return at < 0 ? [...puzzles, puzzle].slice(-most) : puzzles.with(at, puzzle);
}
