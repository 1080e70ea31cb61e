/** @file A steady beat: late calls do not shift the later ones, and after a long stall it does not hurry to catch up. */
import { performance } from "node:perf_hooks";

/** Calls `act` so many times a second until the returned function is called. */
export function startBeat(perSecond: number, act: () => void): () => void {
  const period = 1000 / perSecond;
  let due = performance.now() + period;
  let timer = setTimeout(run, period);
  function run(): void {
    const now = performance.now();
    due = Math.max(due + period, now - period);
    timer = setTimeout(run, Math.max(0, due - now));
    act();
  }
  return () => clearTimeout(timer);
}
