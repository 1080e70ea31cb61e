/** @file Random legal actions: of the set, or of what is possible now. */
import type { Action, FootballEnv } from "../../../env/football/index.ts";
import { integer, type Random } from "../../../env/random.ts";
import { sample } from "../../../env/space.ts";
import type { SoakMatch } from "./fixture.ts";

type How = Pick<SoakMatch, "actions" | "possible" | "hold">;

/** Says at each step what all places do: each holds an action for a while and draws the next one then. */
export function makeDrawer(env: FootballEnv, how: How, random: Random): () => Action[] {
  const held: { action: Action; steps: number }[] = [];
  return () =>
    env.placeSpaces.map((space, place) => {
      const before = held[place];
      if (before && --before.steps > 0) return before.action;
      const ofMask = how.possible && how.actions !== "continuous";
      const action = ofMask ? drawPossible(env, place, random) : (sample(space, random) as Action);
      held[place] = { action, steps: 1 + integer(random, how.hold) };
      return action;
    });
}

function drawPossible(env: FootballEnv, place: number, random: Random): Action {
  const possible = env.possibleActions(place).filter((each) => each.possible);
  return possible[integer(random, possible.length)]!.action;
}
