/** @file Checks of masks, for envs that say what is possible now. */
import type { Space } from "../space.ts";
import { differenceOf, isObject, show } from "./difference.ts";
import { actionsOf, isOver, SEED, stateOf } from "./probe.ts";
import type { Check } from "./run.ts";

export const MASK_CHECKS: readonly Check[] = [
  {
    name: "masks",
    holds: "Masks, where the env has them, name every action with its reason and leave one that is possible.",
    async complain(trial) {
      const env = await trial.make();
      if (env.possibleActions === undefined) return undefined;
      let { info } = env.reset({ seed: SEED });
      for (const [i, action] of actionsOf(env, trial).entries()) {
        for (let place = 0; place < placesOf(info); place++) {
          const odd = oddMask(env.possibleActions(place), env.placeSpaces?.[place]);
          if (odd !== undefined) return `The mask of place ${place} before step ${i + 1} ${odd}.`;
        }
        const step = env.step(action);
        ({ info } = isOver(step) ? env.reset() : step);
      }
      return undefined;
    },
  },
  {
    name: "masks-change-nothing",
    holds: "Asking for masks, where the env has them, does not change the state.",
    async complain(trial) {
      const env = await trial.make();
      if (env.possibleActions === undefined) return undefined;
      const { info } = env.reset({ seed: SEED });
      const before = stateOf(env);
      for (let place = 0; place < placesOf(info); place++) env.possibleActions(place);
      const found = differenceOf(before, stateOf(env), "state");
      return found === undefined ? undefined : `After asking, the ${found}.`;
    },
  },
];

/** How many players the next step acts for: those of `info.controlled`, or the one. */
function placesOf(info: unknown): number {
  if (!isObject(info) || !("controlled" in info)) return 1;
  return Array.isArray(info.controlled) ? info.controlled.length : 1;
}

function oddMask(mask: unknown, space: Space | undefined): string | undefined {
  if (!Array.isArray(mask)) return `is ${show(mask)}; expected a list`;
  const count = actionsIn(space);
  if (count !== undefined && mask.length !== count) return `has ${mask.length} actions; expected ${count}`;
  for (const entry of mask as unknown[]) {
    const { action, possible, reason } = (isObject(entry) ? entry : {}) as Readonly<Record<string, unknown>>;
    if (typeof action !== "string" || typeof possible !== "boolean")
      return `holds ${show(entry)}; expected { action, possible, reason }`;
    const told = typeof reason === "string" && reason !== "";
    if (!possible && !told) return `gives no reason why "${action}" is impossible`;
    if (possible && reason !== undefined) return `gives a reason against "${action}", which is possible`;
  }
  const none = mask.length > 0 && !(mask as { possible: boolean }[]).some(({ possible }) => possible);
  return none ? "leaves no action possible" : undefined;
}

/** How many actions a space names, where it does. */
function actionsIn(space: Space | undefined): number | undefined {
  if (space?.kind === "discrete") return space.n;
  return space?.kind === "text" && space.choices.length > 0 ? space.choices.length : undefined;
}
