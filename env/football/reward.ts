/** @file GRF's two rewards as named terms, from the left team's side. */
import { length } from "../math.ts";
import { toScenario } from "./pitch.ts";
import { type Match, ownerOf } from "./state/match.ts";

export const REWARD_TERMS = ["scoring", "checkpoints"] as const;
export type RewardTerm = (typeof REWARD_TERMS)[number];
export type RewardTerms = Record<RewardTerm, number>;

const CHECKPOINTS = 10;
const CHECKPOINT_REWARD = 0.1;

/** The rewards of the step that just ended; marks the checkpoints that it collected. */
export function rewardTerms(match: Match, scoreBefore: readonly [number, number]): RewardTerms {
  const scored = match.score[0] - scoreBefore[0];
  const conceded = match.score[1] - scoreBefore[1];
  return { scoring: scored - conceded, checkpoints: collectCheckpoints(match, scored > 0) };
}

/** Ten rings around the goal, each paid once an episode while a controlled player has the ball; a goal pays the rest. */
function collectCheckpoints(match: Match, scored: boolean): number {
  const already = match.checkpoints;
  if (scored) match.checkpoints = CHECKPOINTS;
  const owner = ownerOf(match);
  if (!scored && owner?.team === 0 && match.slots.some((slot) => slot.player === owner.id)) {
    const [x, y] = toScenario(match.ball.x, match.ball.y);
    const distance = length(x - 1, y);
    while (match.checkpoints < CHECKPOINTS && distance <= checkpointDistance(match.checkpoints)) {
      match.checkpoints++;
    }
  }
  return (match.checkpoints - already) * CHECKPOINT_REWARD;
}

/** GRF: 0.99 for the first, 0.19 for the last. */
export function checkpointDistance(index: number): number {
  return 0.99 - (0.8 / 9) * index;
}
