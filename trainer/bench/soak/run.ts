/** @file A soak: many matches of random players over worker threads. */
import type { Scenario } from "../../../env/football/index.ts";
import { makeProgress, makeThread, spread } from "../../rollout/index.ts";
import { type SoakMatch, soakMatch } from "./fixture.ts";
import type { SoakOutcome } from "./play.ts";

export interface SoakOptions {
  seed: number;
  /** Place of the first match. */
  first: number;
  matches: number;
  /** Played in turn. */
  scenarios: readonly Scenario[];
  workers: number;
  /** Cuts the matches short. */
  steps?: number | undefined;
  /** No match is begun after so long. */
  minutes?: number | undefined;
  /** Called at once for each match in which something went wrong. */
  onFailure?: (outcome: SoakOutcome) => void;
}

export interface Soak {
  /** In the order of their places. */
  outcomes: SoakOutcome[];
  /** Of the process and of the threads together, after each match in the order in which they ended, in bytes. */
  rss: number[];
  external: number[];
  heap: number[];
  seconds: number;
}

export async function soak(options: SoakOptions): Promise<Soak> {
  const { seed, first, matches, scenarios, workers, steps, minutes, onFailure } = options;
  const started = performance.now();
  const result: Soak = { outcomes: [], rss: [], external: [], heap: [], seconds: 0 };
  const progress = makeProgress(matches);
  const latest = new Map<number, SoakOutcome["memory"]>();
  const lanes = Array.from({ length: workers }, (_, lane) => {
    const thread = makeThread<SoakMatch, SoakOutcome>(new URL("thread.js", import.meta.url), { steps }, lost);
    return {
      close: () => thread.close(),
      async play(match: SoakMatch) {
        const outcome = await thread.play(match);
        if (outcome.memory.rss > 0) latest.set(lane, outcome.memory);
        return outcome;
      },
    };
  });
  function* toPlay(): Generator<SoakMatch> {
    for (let i = 0; i < matches; i++) {
      if (performance.now() - started > (minutes ?? Infinity) * 60_000) return;
      yield soakMatch(seed, first + i, scenarios);
    }
  }
  await spread(toPlay(), lanes, (outcome, place) => {
    result.outcomes[place] = outcome;
    result.rss.push(outcome.memory.rss);
    result.external.push(sumOf(latest, "external"));
    result.heap.push(sumOf(latest, "heap"));
    if (outcome.failure !== undefined) onFailure?.(outcome);
    progress.add({ end: outcome });
  });
  progress.clear();
  result.seconds = (performance.now() - started) / 1000;
  return result;
}

function sumOf(latest: ReadonlyMap<number, SoakOutcome["memory"]>, part: "external" | "heap"): number {
  return [...latest.values()].reduce((sum, memory) => sum + memory[part], 0);
}

/** The thread died over the match. */
function lost(match: SoakMatch, failure: string): SoakOutcome {
  return { match, steps: 0, events: {}, hash: "", memory: { rss: 0, external: 0, heap: 0 }, failure };
}
