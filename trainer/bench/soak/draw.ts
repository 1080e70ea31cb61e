/** @file Random legal actions: of a space, or of what is possible now. */
import type { Action, FootballEnv } from "../../../env/football/index.ts";
import { between, integer, type Random } from "../../../env/random.ts";
import type { Space } from "../../../env/space.ts";
import type { SoakMatch } from "./fixture.ts";

/** Any member of the space, as `step` takes it. */
export function drawFrom(space: Space, random: Random): unknown {
  switch (space.kind) {
    case "discrete":
      return integer(random, space.n);
    case "multi-discrete":
      return space.nvec.map((n) => integer(random, n));
    case "multi-binary":
      return Array.from({ length: space.n }, () => integer(random, 2) === 1);
    case "text":
      return space.choices[integer(random, space.choices.length)];
    case "tuple":
      return space.spaces.map((part) => drawFrom(part, random));
    case "dict":
      return Object.fromEntries(
        Object.entries(space.spaces).map(([name, part]) => [name, drawFrom(part, random)]),
      );
    default: {
      const draw = () => between(random, space.low, space.high);
      const size = space.shape.reduce((product, side) => product * side, 1);
      return space.shape.length === 0 ? draw() : Array.from({ length: size }, draw);
    }
  }
}

/** Says at each step what all places do: each holds an action for a while and draws the next one then. */
export function makeDrawer(env: FootballEnv, match: SoakMatch, random: Random): (places: number) => Action[] {
  const held: { action: Action; steps: number }[] = [];
  return (places) =>
    Array.from({ length: places }, (_, place) => {
      const before = held[place];
      if (before && --before.steps > 0) return before.action;
      const action = drawAction(env, match, place, places, random);
      held[place] = { action, steps: 1 + integer(random, match.hold) };
      return action;
    });
}

function drawAction(
  env: FootballEnv,
  match: SoakMatch,
  place: number,
  places: number,
  random: Random,
): Action {
  if (match.possible && match.actions !== "continuous") {
    const possible = env.possibleActions(place).filter((each) => each.possible);
    return possible[integer(random, possible.length)]!.action;
  }
  return drawFrom(spaceOf(env.actionSpace, place, places), random) as Action;
}

/** The space of one place: of a single player it is the whole one. */
function spaceOf(space: Space, place: number, places: number): Space {
  if (places === 1) return space;
  if (space.kind === "tuple") return space.spaces[place]!;
  if (space.kind === "multi-discrete") return { kind: "discrete", n: space.nvec[place]! };
  throw new Error(`The space of ${places} players is of kind ${space.kind}.`);
}
