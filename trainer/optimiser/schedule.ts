/** @file Learning rates over time. */
export interface Schedule {
  /** The highest rate. */
  learningRate: number;
  /** Steps over which it rises from 0, at least 0. */
  warmupSteps: number;
  /** What comes after: the same rate, or half a cosine down to `minimumRate`, where it stays. */
  decay: "constant" | "cosine";
  minimumRate: number;
  /** The step at which it is down. */
  decaySteps: number;
}

/** The rate of a step, counted from 1. */
export function learningRateAt(
  { learningRate, warmupSteps, decay, minimumRate, decaySteps }: Schedule,
  step: number,
): number {
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  if (decay === "constant") return learningRate;
  const share = Math.min(1, (step - warmupSteps) / Math.max(1, decaySteps - warmupSteps));
  return minimumRate + (learningRate - minimumRate) * 0.5 * (1 + Math.cos(Math.PI * share));
}
