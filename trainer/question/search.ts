/**
 * @file What an action is worth, by trying it: the match is forked, the action is played, and the built-in player goes on,
 * several times with other chance. All actions of a moment are tried with the same chance, so that they can be compared.
 */
import { makeRandom } from "../../env/random.ts";
import type { Drill, DrillSnapshot } from "../../agent/match/index.ts";

/** Where to try: a drill that nobody plays on, and the moment in it. */
export interface Fork {
  drill: Drill;
  snapshot: DrillSnapshot;
  /** How often each action is tried. */
  branches: number;
}

export interface SearchOptions {
  /** Decisions after which it is judged by where the ball is (25). */
  horizon?: number;
  seed: number;
}

/** A goal counts the less the later it comes, by this for each decision. */
const DISCOUNT = 0.98;
/** A ball at the goal's line without a goal, at the most. */
const NEAR_GOAL = 0.3;

/** From 0 for what leads nowhere to 1 for a goal at once. Throws `action/...` for what is no action. */
export function worthOf({ drill, snapshot, branches }: Fork, action: string, options: SearchOptions): number {
  const { horizon = 25, seed } = options;
  let sum = 0;
  for (let branch = 0; branch < branches; branch++) {
    const { env } = snapshot;
    const match = { ...env.match, random: makeRandom(seed, branch + 1) };
    drill.restore({ ...snapshot, env: { ...env, match } });
    sum += playOut(drill, action, horizon, makeRandom(seed, branch + 101));
  }
  return sum / branches;
}

function playOut(
  drill: Drill,
  action: string,
  horizon: number,
  random: ReturnType<typeof makeRandom>,
): number {
  const [before] = drill.info.score;
  let worth = 1;
  drill.decide(action);
  for (let turn = 1; !drill.over && turn < horizon; turn++) {
    if (drill.info.score[0] > before) break;
    worth *= DISCOUNT;
    drill.decide(drill.advise(1, random));
  }
  if (drill.info.score[0] > before) return worth;
  if (drill.over) return 0;
  const { ball } = drill.scene();
  const { halfLength } = drill.env.lineup.pitch;
  return worth * NEAR_GOAL * Math.max(0, ball.x / halfLength);
}
