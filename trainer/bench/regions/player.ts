/** @file Plays situations of the regions decision by decision, and says what an episode scores by MageBench. */
import type { Drill } from "../../../agent/match/index.ts";
import type { Action } from "../../../env/football/index.ts";
import { makeRandom, type Random } from "../../../env/random.ts";

/** What an episode came to. */
export interface RegionScore {
  exact: number;
  /** Each pass paying no more than a shot. */
  capped: number;
  goals: number;
  steps: number;
}

/** Decides for one episode. */
export type Decide = (drill: Drill) => Action;
export type RegionPlayer = (random: Random) => Decide;

export const idle: RegionPlayer = () => () => "idle";
export const scripted: RegionPlayer = (random) => (drill) => drill.advise(1, random);

/** The drill must have been made of a situation of the regions. */
export function playRegion(drill: Drill, seed: number, player: RegionPlayer): RegionScore {
  drill.start(seed, false);
  const decide = player(makeRandom(seed, 11));
  const scores = [];
  while (!drill.over) scores.push(playDecision(drill, decide(drill)));
  return { ...sumOf(scores), goals: drill.info.score[0], steps: drill.info.step };
}

type Score = Pick<RegionScore, "exact" | "capped">;

/** What a decision scores until the next one is due. */
export function playDecision(drill: Drill, action: Action): Score {
  const { steps } = drill.decide(action);
  return sumOf(
    steps.map(({ magebench = 0, magebench_capped = 0 }) => ({ exact: magebench, capped: magebench_capped })),
  );
}

export function sumOf(scores: readonly Score[]): Score {
  return scores.reduce(
    (sum, { exact, capped }) => ({ exact: sum.exact + exact, capped: sum.capped + capped }),
    { exact: 0, capped: 0 },
  );
}
