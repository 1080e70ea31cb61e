/** @file MageBench's score: how near the best return of an episode came to that of the shortest solution. */
import { isSolved, type Level, type Position } from "./level.ts";
import { MAX_STEPS, type Move, moved, rewardTenths, solvedTenths } from "./rules.ts";
import type { Solution } from "./solver/index.ts";

export interface Played {
  /** Moves made: fewer than the plan has when it ended earlier. */
  steps: number;
  solved: boolean;
  /** The sum of rewards at the end, and the highest that it ever was: at least 0, for it begins with 0. */
  return: number;
  bestReturn: number;
  position: Position;
}

/** Plays a plan that was given in one answer (`Global`), until all boxes are on targets or the steps are used up. */
export function playPlan(level: Level, plan: readonly Move[], maxSteps = MAX_STEPS): Played {
  let position: Position = level;
  let tenths = 0;
  let best = 0;
  let steps = 0;
  let solved = false;
  for (const move of plan) {
    if (solved || steps === maxSteps) break;
    const after = moved(level, position, move);
    tenths += rewardTenths(level, position, after);
    best = Math.max(best, tenths);
    position = after;
    steps++;
    solved = isSolved(level, position.boxes);
  }
  const { player, boxes } = position;
  return { steps, solved, return: tenths / 10, bestReturn: best / 10, position: { player, boxes } };
}

/**
 * MageBench's upper bound of the return: that of the shortest solution. Of an unproven one it is what the fewest moves
 * that are not ruled out would give, so never too low; there is none for a level that cannot be solved.
 */
export function returnBound(level: Level, solution: Solution): number | undefined {
  if (solution.status === "unsolvable") return undefined;
  const moves = solution.status === "solved" ? solution.plan.length : solution.atLeast;
  return solvedTenths(level, moves) / 10;
}

/** 100 for a shortest solution, `100 - 5 * bound` for doing nothing. The same for `Global` and `Online`. */
export function magebenchScore(bestReturn: number, bound: number): number {
  // Both are tenths, of which 5 times the difference is halves: rounded to them, the score is exact.
  return 100 + Math.round((bestReturn - bound) * 10) / 2;
}
