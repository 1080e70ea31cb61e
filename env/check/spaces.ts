/** @file Checks of the spaces themselves. */
import type { Space } from "../space.ts";
import { isObject, show } from "./difference.ts";
import { actionsOf } from "./probe.ts";
import type { Check } from "./run.ts";

export const SPACE_CHECKS: readonly Check[] = [
  {
    name: "action-space",
    holds: "The action space is a space.",
    complain: async (trial) => whyNoSpace((await trial.make()).actionSpace, "The action space"),
  },
  {
    name: "observation-space",
    holds: "The observation space is a space.",
    complain: async (trial) => whyNoSpace((await trial.make()).observationSpace, "The observation space"),
  },
  {
    name: "spaces-stay",
    holds: "Both spaces are the same objects after a reset and a step.",
    async complain(trial) {
      const env = await trial.make();
      const { actionSpace, observationSpace } = env;
      env.reset({ seed: trial.seed });
      if (env.actionSpace !== actionSpace) return "The action space is another object after reset.";
      if (env.observationSpace !== observationSpace)
        return "The observation space is another object after reset.";
      env.step(actionsOf(env, trial, 1)[0]);
      const stay = env.actionSpace === actionSpace && env.observationSpace === observationSpace;
      return stay ? undefined : "A space is another object after a step.";
    },
  },
  {
    name: "limits",
    holds: "Boxes have finite limits, those of actions around 0 or from 0, within [-1, 1].",
    warns: true,
    async complain(trial) {
      const env = await trial.make();
      return (
        oddLimits(env.actionSpace, "The action space", true) ??
        oddLimits(env.observationSpace, "The observation space", false)
      );
    },
  },
];

/** Why the value is no space, as a sentence. It may be anything: a wrapper in JavaScript says what it likes. */
function whyNoSpace(value: unknown, place: string): string | undefined {
  if (!isObject(value) || !("kind" in value))
    return `${place} is ${show(value)}; expected a space with a kind.`;
  const space = value as Space;
  switch (space.kind) {
    case "discrete":
      if (!isCount(space.n, 1)) return `${place} has n ${show(space.n)}; expected an integer from 1.`;
      if (space.names !== undefined && space.names.length !== space.n)
        return `${place} has ${space.names.length} names for ${space.n} integers; expected as many.`;
      return undefined;
    case "multi-discrete":
      return isListOf(space.nvec, (n) => isCount(n, 1))
        ? undefined
        : `${place} has the nvec ${show(space.nvec)}; expected a list of integers from 1.`;
    case "multi-binary":
      return isCount(space.n, 0) ? undefined : `${place} has n ${show(space.n)}; expected an integer from 0.`;
    case "text":
      return whyNoText(space.minLength, space.maxLength, space.choices, place);
    case "tuple":
      if (!Array.isArray(space.spaces)) return `${place} has no list of spaces.`;
      return firstOf(space.spaces.entries(), ([i, part]) => whyNoSpace(part, `${place}[${i}]`));
    case "dict":
      if (!isObject(space.spaces)) return `${place} has no dictionary of spaces.`;
      return firstOf(Object.entries(space.spaces), ([name, part]) => whyNoSpace(part, `${place}.${name}`));
    case "box": {
      const { shape, low, high, dtype } = space;
      if (!isListOf(shape, (size) => isCount(size, 0)))
        return `${place} has the shape ${show(shape)}; expected a list of sizes.`;
      if (!(low <= high)) return `${place} goes from ${low} to ${high}; expected the lower limit first.`;
      if (!DTYPES.includes(dtype))
        return `${place} has the dtype ${show(dtype)}; expected ${DTYPES.join(", ")}.`;
      const fits = dtype !== "uint8" || (low >= 0 && high <= 255);
      return fits ? undefined : `${place} of uint8 goes from ${low} to ${high}; expected 0 to 255 at most.`;
    }
    default:
      return `${place} has the kind ${show(value.kind)}, which is none of env/space.ts.`;
  }
}

const DTYPES: readonly string[] = ["uint8", "int32", "float32", "float64"];

function whyNoText(min: unknown, max: unknown, choices: unknown, place: string): string | undefined {
  if (!isCount(min, 0) || !isCount(max, 0) || Number(min) > Number(max))
    return `${place} is a text of ${show(min)} to ${show(max)} characters; expected integers, the lower first.`;
  const fits = (text: unknown) =>
    typeof text === "string" && text.length >= Number(min) && text.length <= Number(max);
  return isListOf(choices, fits) ? undefined : `${place} has choices that its own lengths do not allow.`;
}

/** What Gymnasium warns of, too: learners have a hard time with it. */
function oddLimits(space: Space, place: string, action: boolean): string | undefined {
  if (space.kind === "tuple")
    return firstOf(space.spaces.entries(), ([i, part]) => oddLimits(part, `${place}[${i}]`, action));
  if (space.kind === "dict")
    return firstOf(Object.entries(space.spaces), ([name, part]) =>
      oddLimits(part, `${place}.${name}`, action),
    );
  if (space.kind !== "box") return undefined;
  const { low, high } = space;
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return `${place} goes from ${low} to ${high}; learners scale by limits, so finite ones are better.`;
  const normal = (low === 0 || low === -high) && low >= -1 && high <= 1;
  if (!action || normal) return undefined;
  return `${place} goes from ${low} to ${high}; learners explore best in [-1, 1] or [0, 1].`;
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least;
}

function isListOf(value: unknown, fits: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

function firstOf<T>(parts: Iterable<T>, ask: (part: T) => string | undefined): string | undefined {
  for (const part of parts) {
    const answer = ask(part);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
