/** @file LMM-R1's training reward for Sokoban as the reward of a question, and a price on long plans. */
import { type Level, lmmR1Reward, playPlan, readLmmR1Answer } from "../../env/sokoban/index.ts";
import type { Reward } from "../reward/index.ts";

/** Moves that its rule plays. */
const MOST_MOVES = 50;

export interface SokobanRewardOptions {
  /** Whether longer answers and thoughts are worth more, as in LMM-R1's code; its paper is silent of it. */
  lengthBonuses?: boolean;
  /**
   * What each move of an answer costs beside the game's own 0.1, after the level is solved too. LMM-R1's rule, like
   * MageBench's score, takes the best return on the way: there what is added to a plan that fails costs nothing, and now and
   * then solves.
   */
  moveCost?: number;
}

/** `accuracy` says whether the level was solved; the reward is the whole of LMM-R1's rule, less what the moves cost. */
export function sokobanReward(
  level: Level,
  response: string,
  { lengthBonuses = false, moveCost = 0 }: SokobanRewardOptions = {},
): Reward {
  const answer = readLmmR1Answer(response);
  if (answer === undefined) return { format: 0, accuracy: 0, reward: 0, status: "pred_unparsed" };
  const { solved } = playPlan(level, answer.moves.slice(0, MOST_MOVES));
  const { total } = lmmR1Reward(level, response, { lengthBonuses });
  const reward = total - moveCost * answer.moves.length;
  return { format: 1, accuracy: Number(solved), reward, status: solved ? "equal" : "different" };
}
