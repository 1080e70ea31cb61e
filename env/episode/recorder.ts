/**
 * @file Turns what an env does into records. The runner writes them down; verification makes them again and
 * compares.
 */
import type { Step } from "../env.ts";
import type { Action, FootballEnv, FootballInfo, Observation } from "../football/index.ts";
import type { EndRecord, ResetRecord, StepRecord } from "./record.ts";

export type FootballStep = Step<Observation, FootballInfo>;

export interface Recorder {
  /** To be called after the env's own `reset` and `step`, before the next one. */
  reset(info: FootballInfo): ResetRecord;
  step(step: FootballStep, players: readonly number[], actions: readonly Action[]): StepRecord;
  /** How the episode stands after the last step. */
  end(): EndRecord;
}

/** Without `frameHash` frames are not hashed. Ticks are hashed when the env was made with `hashTicks`. */
export function makeRecorder(env: FootballEnv, frameHash?: () => string): Recorder {
  let end = openEnd();
  const hashes = () =>
    frameHash === undefined ? { state: env.stateHash() } : { state: env.stateHash(), frame: frameHash() };
  return {
    reset(info) {
      end = openEnd();
      return { kind: "reset", events: info.events, ...hashes() };
    },
    step({ reward, terminated, truncated, info }, players, actions) {
      const sums: Record<string, number> & { total: number } = {
        ...end.return,
        total: end.return.total + reward,
      };
      for (const [term, value] of Object.entries(info.terms)) sums[term] = (sums[term] ?? 0) + value;
      end = {
        kind: "end",
        terminated,
        truncated,
        ended: info.ended ?? null,
        ...(info.result !== undefined && { result: info.result }),
        score: info.score,
        steps: info.step,
        return: sums,
      };
      return {
        kind: "step",
        step: info.step,
        tick: info.tick,
        players,
        actions,
        reward,
        terms: info.terms,
        events: info.events,
        ticks: info.tickHashes ?? "",
        ...hashes(),
      };
    },
    end: () => end,
  };
}

function openEnd(): EndRecord {
  return {
    kind: "end",
    terminated: false,
    truncated: false,
    ended: null,
    score: [0, 0],
    steps: 0,
    return: { total: 0 },
  };
}
