/** @file Rewards to come, for each token or each turn. */

/**
 * G_t = r_t + gamma G_{t+1}.
 * @param after what is still to come after the last, where an episode was cut short: a value's estimate.
 */
export function discountedReturns(rewards: readonly number[], gamma = 1, after = 0): number[] {
  const returns: number[] = Array.from({ length: rewards.length });
  let next = after;
  for (let t = rewards.length - 1; t >= 0; t--) {
    next = rewards[t]! + gamma * next;
    returns[t] = next;
  }
  return returns;
}
