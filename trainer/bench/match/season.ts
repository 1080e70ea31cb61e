/** @file Many matches of one fixture over worker threads: what is in the store already is not played again. */
import { makeProgress, makeThread, spread } from "../../rollout/index.ts";
import type { Crash, Fixture, Played } from "./play.ts";
import { openStore } from "./store.ts";

export interface SeasonOptions {
  /** Matches are played in this order; may have no end when `enough` tells when to stop. */
  seeds: Iterable<number>;
  workers: number;
  /** Folder for the matches that were played. */
  store: string;
  /** How many are expected at most, for the time that is left. */
  total: number;
  /** Asked before each match, with those so far in any order. */
  enough?: (played: readonly Played[]) => boolean;
}

/**
 * The matches in the order of the seeds. With `enough` some more than needed may have been played: whoever uses
 * it takes what it needs from the start, so that the result does not depend on the number of workers.
 * @throws Error when matches crashed, with the message of the first one and its seed.
 */
export async function playSeason(fixture: Fixture, options: SeasonOptions): Promise<Played[]> {
  const { seeds, workers, total, enough } = options;
  const store = await openStore(options.store, fixture);
  const progress = makeProgress(total);
  const played: Played[] = [];
  const crashes: Crash[] = [];
  function* toPlay(): Generator<number> {
    for (const seed of seeds) {
      if (enough?.(played) || crashes.length > 0) return;
      const before = store.played.get(seed);
      if (before) played.push(before);
      else yield seed;
    }
  }
  const thread = () =>
    makeThread<number, Played | Crash>(new URL("thread.js", import.meta.url), fixture, lost);
  await spread(toPlay(), Array.from({ length: workers }, thread), (outcome) => {
    if ("message" in outcome) {
      crashes.push(outcome);
      progress.add(outcome);
      return;
    }
    store.add(outcome);
    played.push(outcome);
    progress.add({ end: outcome });
  });
  progress.clear();
  const [crash] = crashes;
  if (crash)
    throw new Error(`The match of seed ${crash.seed} of ${fixture.scenario.id} crashed: ${crash.message}`);
  return played.sort((a, b) => a.seed - b.seed);
}

function lost(seed: number, message: string): Crash {
  return { seed, message };
}
