/** @file The reward that LMM-R1 trains Sokoban with, term by term, with the length bonuses that its paper is silent of. */
import { readLmmR1Answer } from "./answer.ts";
import type { Level } from "./level.ts";
import type { Move } from "./rules.ts";
import { playPlan } from "./score.ts";

export interface LmmR1Reward {
  total: number;
  /** 0.5 for the right form; without it everything is 0. */
  format: number;
  /** The best return within the first 50 moves. */
  task: number;
  /** For more moves up to 20, and against many more and against repetition. */
  actionLength: number;
  /** For more words of thought, up to 200. */
  thoughtLength: number;
}

export interface LmmR1Options {
  /** As the published code has it; the paper speaks of task and format only. True by default. */
  lengthBonuses?: boolean;
}

const FORMAT = 0.5;
const MOST_MOVES = 50;
const LONGEST_PHRASE = 5;
const MOST_REPEATS = 7;

/** What a response is worth on a level. */
export function lmmR1Reward(
  level: Level,
  response: string,
  { lengthBonuses = true }: LmmR1Options = {},
): LmmR1Reward {
  const answer = readLmmR1Answer(response);
  if (answer === undefined) return { total: 0, format: 0, task: 0, actionLength: 0, thoughtLength: 0 };
  const task = playPlan(level, answer.moves.slice(0, MOST_MOVES)).bestReturn;
  const actionLength = lengthBonuses ? actionBonus(answer.moves) : 0;
  const thoughtLength = lengthBonuses ? thoughtBonus(answer.thought) : 0;
  return {
    total: task + FORMAT + actionLength + thoughtLength,
    format: FORMAT,
    task,
    actionLength,
    thoughtLength,
  };
}

function actionBonus(moves: readonly Move[]): number {
  const over = (moves.length - 20) / 30;
  const bonus = over < 0 ? moves.length * 0.05 : 1 - over * over * 0.2;
  return repeats(moves) ? Math.min(0, bonus - 0.2) : bonus;
}

/** Words are parted by spaces alone, and count from two characters on. */
function thoughtBonus(thought: string): number {
  const words = thought.split(" ").filter((word) => Array.from(word).length > 1);
  return Math.min(words.length, 200) * 0.001;
}

/** Whether some phrase of one to five moves stands more than seven times in a row. */
function repeats(moves: readonly Move[]): boolean {
  for (let phrase = 1; phrase <= LONGEST_PHRASE; phrase++) {
    // So many moves in a row, each the same as the one a phrase before it, make the eighth phrase.
    let alike = 0;
    for (let i = phrase; i < moves.length; i++) {
      alike = moves[i] === moves[i - phrase] ? alike + 1 : 0;
      if (alike === phrase * MOST_REPEATS) return true;
    }
  }
  return false;
}
