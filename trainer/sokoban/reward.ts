/** @file LMM-R1's training reward for Sokoban as the reward of a question, and a price on long plans. */
import { type Level, lmmR1Reward, playPlan, readLmmR1Answer } from "../../env/sokoban/index.ts";
import type { Reward } from "../reward/index.ts";

/** Moves that its rule plays. */
const MOST_MOVES = 50;

export interface SokobanRewardOptions {
  /** Whether longer answers and thoughts are worth more, as in LMM-R1's code; its paper is silent of it. */
  lengthBonuses?: boolean;
  /**
   * What each move more than a shortest plan has costs. By LMM-R1's rule, like MageBench's score, the best return on the way
   * counts and a level ends when it is solved: who does not see the target may as well push on past where it could be.
   */
  extraMoveCost?: number;
}

/**
 * `accuracy` says whether the level was solved; the reward is the whole of LMM-R1's rule, less what extra moves cost.
 * @param shortest moves of a shortest plan, asked for where extra ones cost something.
 */
export function sokobanReward(
  level: Level,
  response: string,
  { lengthBonuses = false, extraMoveCost = 0 }: SokobanRewardOptions = {},
  shortest: () => number = () => Infinity,
): Reward {
  const answer = readLmmR1Answer(response);
  if (answer === undefined) return { format: 0, accuracy: 0, reward: 0, status: "pred_unparsed" };
  const { solved } = playPlan(level, answer.moves.slice(0, MOST_MOVES));
  const { total } = lmmR1Reward(level, response, { lengthBonuses });
  const extra = extraMoveCost > 0 ? Math.max(0, answer.moves.length - shortest()) : 0;
  const reward = total - extraMoveCost * extra;
  return { format: 1, accuracy: Number(solved), reward, status: solved ? "equal" : "different" };
}
