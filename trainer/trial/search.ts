/**
 * @file Whether a scenario can be won at all: from each of the scripted player's decisions every other one is tried on a
 * fork of the match, which he then plays to its end.
 */
import { Drill, type DrillSnapshot } from "../../agent/match/index.ts";
import type { Scenario } from "../../env/football/index.ts";
import { makeRandom, type Random } from "../../env/random.ts";

const OPTIONS = { actions: "semantic", decisionSteps: 4 } as const;

/** Some seconds of a core, for a scenario of a hundred decisions. */
const MOST_PLAYOUTS = 400;

export interface Search {
  won: boolean;
  /** Forks that were played to their end. */
  playouts: number;
}

/** Starts of the seeds from 0 are searched in turn until one is won or `playouts` are spent. */
export async function searchWin(scenario: Scenario, playouts = MOST_PLAYOUTS): Promise<Search> {
  const drill = await Drill.make(scenario, OPTIONS);
  try {
    for (let seed = 0, done = 0; done < playouts; seed++) {
      const before = done;
      for (const won of tries(drill, seed, scenario.variation !== undefined)) {
        done++;
        if (won) return { won: true, playouts: done };
        if (done >= playouts) break;
      }
      // Nobody decides anything in it, so another seed brings nothing new.
      if (done === before) break;
    }
    return { won: false, playouts };
  } finally {
    drill.close();
  }
}

/** Whether each fork of this seed's play was won. */
function* tries(drill: Drill, seed: number, vary: boolean): Generator<boolean> {
  const random = makeRandom(seed, 1);
  drill.start(seed, vary);
  while (!drill.over) {
    const here = drill.snapshot();
    const actions = drill.env.possibleActions(0).filter(({ possible }) => possible);
    for (const { action } of actions) {
      yield winsWith(drill, here, action, random);
    }
    drill.restore(here);
    drill.decide(drill.advise(1, random));
  }
}

function winsWith(drill: Drill, from: DrillSnapshot, action: string, random: Random): boolean {
  drill.restore(from);
  drill.decide(action);
  while (!drill.over) drill.decide(drill.advise(1, random));
  return drill.info.result === "success";
}
