/**
 * @file Searches an episode for its score: from snapshots many ways to go on are played to the end, and the best is
 * followed. It knows what chance will bring, so what it reaches is a mark for others and no way to play.
 */
import type { Drill, DrillSnapshot } from "../../../agent/match/index.ts";
import type { Action } from "../../../env/football/index.ts";
import { makeRandom, type Random } from "../../../env/random.ts";
import { playDecision, type RegionScore, sumOf } from "./player.ts";

export interface SearchOptions {
  /** Ways that are tried from a snapshot. */
  ways: number;
  /** Decisions that are followed before the next search. */
  stride: number;
}

/** The 16 actions that MageBench has, and before them the built-in player's own. */
const FIRST: readonly (Action | undefined)[] = [
  undefined,
  "shot",
  "short_pass",
  "long_pass",
  "high_pass",
  "right",
  "top_right",
  "bottom_right",
  "top",
  "bottom",
  "left",
  "top_left",
  "bottom_left",
  "sprint",
  "release_sprint",
  "dribble",
  "release_dribble",
];

interface Way {
  actions: Action[];
  exact: number;
}

/** The best way that it finds from `seed`, by the exact score. */
export function searchRegion(drill: Drill, seed: number, { ways, stride }: SearchOptions): RegionScore {
  const random = makeRandom(seed, 13);
  const scores: Pick<RegionScore, "exact" | "capped">[] = [];
  drill.start(seed, false);
  let best: Way | undefined;
  while (!drill.over) {
    const snapshot = drill.snapshot();
    for (let i = 0; i < ways; i++) {
      const way = tryWay(drill, snapshot, FIRST[i % FIRST.length], random);
      if (best === undefined || way.exact > best.exact) best = way;
    }
    drill.restore(snapshot);
    const [next, rest]: [Action[], Action[]] = [best!.actions.slice(0, stride), best!.actions.slice(stride)];
    const followed = next.map((action) => playDecision(drill, action));
    scores.push(...followed);
    // What is left of the best way stays the one to beat.
    best = { actions: rest, exact: best!.exact - sumOf(followed).exact };
  }
  return { ...sumOf(scores), goals: drill.info.score[0], steps: drill.info.step };
}

function tryWay(drill: Drill, snapshot: DrillSnapshot, first: Action | undefined, random: Random): Way {
  drill.restore(snapshot);
  const actions: Action[] = [];
  let exact = 0;
  for (let action = first; !drill.over; action = undefined) {
    const next = action ?? drill.advise(1, random);
    actions.push(next);
    exact += playDecision(drill, next).exact;
  }
  return { actions, exact };
}
