/** @file Learning rates over time. */
export interface Schedule {
  /** The highest rate. */
  learningRate: number;
  /** Steps over which it rises from 0, at least 0. */
  warmupSteps: number;
  /** What comes after: the same rate, or half a cosine down to `minimumRate` at the last step. */
  decay: "constant" | "cosine";
  minimumRate: number;
}

/** The rate of a step, counted from 1, of a run of `steps`. */
export function learningRateAt(
  { learningRate, warmupSteps, decay, minimumRate }: Schedule,
  step: number,
  steps: number,
): number {
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  if (decay === "constant") return learningRate;
  const share = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps));
  return minimumRate + (learningRate - minimumRate) * 0.5 * (1 + Math.cos(Math.PI * share));
}
