/** @file LMM-R1's training reward for Sokoban as the reward of a question. */
import { type Level, lmmR1Reward, playPlan, readLmmR1Answer } from "../../env/sokoban/index.ts";
import type { Reward } from "../reward/index.ts";

/** Moves that its rule plays. */
const MOST_MOVES = 50;

/** `accuracy` says whether the level was solved; the reward is the whole of LMM-R1's rule. */
export function sokobanReward(level: Level, response: string, lengthBonuses: boolean): Reward {
  const answer = readLmmR1Answer(response);
  if (answer === undefined) return { format: 0, accuracy: 0, reward: 0, status: "pred_unparsed" };
  const { solved } = playPlan(level, answer.moves.slice(0, MOST_MOVES));
  const { total } = lmmR1Reward(level, response, { lengthBonuses });
  return { format: 1, accuracy: Number(solved), reward: total, status: solved ? "equal" : "different" };
}
