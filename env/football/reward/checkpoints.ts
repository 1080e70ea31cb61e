/** @file GRF's checkpoints: ten rings around the opponents' goal, each paid once an episode to each controlled player. */
import { length } from "../../math.ts";
import { attackSign, toScenario } from "../pitch.ts";
import type { Match } from "../state/match.ts";

const CHECKPOINTS = 10;
const CHECKPOINT_REWARD = 0.1;

/**
 * What this place under control collects in a step, and remembers: the rings that he brings the ball into. A goal of
 * his team pays all that are left.
 */
export function collectCheckpoints(match: Match, place: number, scored: boolean): number {
  const slot = match.slots[place]!;
  const { checkpoints } = match.rewards;
  const before = checkpoints[place]!;
  let collected = before;
  if (scored) {
    collected = CHECKPOINTS;
  } else if (match.ball.owner === slot.player) {
    const sign = attackSign(slot.team);
    const [x, y] = toScenario(match.pitch, match.ball.x, match.ball.y);
    const distance = length(sign * x - 1, y);
    while (collected < CHECKPOINTS && distance <= checkpointDistance(collected)) collected++;
  }
  checkpoints[place] = collected;
  return (collected - before) * CHECKPOINT_REWARD;
}

/** GRF: 0.99 for the first, 0.19 for the last. */
export function checkpointDistance(index: number): number {
  return 0.99 - (0.8 / 9) * index;
}
