/** @file Checks of step, and of the end of an episode. */
import type { Step } from "../env.ts";
import { whyNotIn } from "../contains.ts";
import { sample } from "../space.ts";
import { compare, throwsCode } from "./compare.ts";
import { differenceOf, isObject, show } from "./difference.ts";
import { actionsOf, type CheckedEnv, copy, isOver, play, randomOf, SEED, type Trial } from "./probe.ts";
import type { Check } from "./run.ts";

export const STEP_CHECKS: readonly Check[] = [
  {
    name: "step-result",
    holds: "A step gives an observation, a finite reward, two booleans and an info object.",
    complain: (trial) => eachStep(trial, (env, action) => oddStep(env.step(action))),
  },
  {
    name: "step-observation",
    holds: "The observation of every step lies in the observation space.",
    complain: (trial) =>
      eachStep(trial, (env, action) =>
        whyNotIn(env.observationSpace, env.step(action).observation, "its observation"),
      ),
  },
  {
    name: "step-determinism",
    holds: "The same seed and actions give the same episode in two envs, bit for bit.",
    async complain(trial) {
      const [env, other] = [await trial.make(), await trial.make()];
      const actions = actionsOf(env, trial);
      const found = compare(play(env, { seed: SEED }, actions), play(other, { seed: SEED }, actions));
      return found === undefined ? undefined : `When two envs play the same seed and actions, ${found}.`;
    },
  },
  {
    name: "observation-kept",
    holds: "An observation keeps its values when play goes on.",
    async complain(trial) {
      const env = await trial.make();
      const { observation } = env.reset({ seed: SEED });
      const kept = copy(observation, "The observation of reset");
      for (const action of actionsOf(env, trial)) if (isOver(env.step(action))) break;
      const found = differenceOf(kept, observation, "observation");
      return found === undefined
        ? undefined
        : `After some steps the ${found}: the env writes into what it gave away.`;
    },
  },
  {
    name: "action-kept",
    holds: "A step does not change the action that it is given.",
    complain: (trial) =>
      eachStep(trial, (env, action) => {
        const kept = copy(action, "The action");
        env.step(action);
        return differenceOf(kept, action, "its action");
      }),
  },
  {
    name: "not-truncated-at-once",
    holds: "The time limit is not reached by the first step.",
    async complain(trial) {
      const env = await trial.make();
      env.reset({ seed: SEED });
      const { truncated } = env.step(actionsOf(env, trial, 1)[0]);
      return truncated
        ? "The first step is truncated; expected a time limit of more than one step."
        : undefined;
    },
  },
  {
    name: "end",
    holds: "An episode ends, either terminated or truncated, and another reset begins the next one.",
    async complain(trial) {
      const env = await trial.make();
      const last = playOut(env, trial);
      if (last === undefined) return `No end came within ${trial.mostSteps} steps of random actions.`;
      if (last.terminated && last.truncated)
        return "The last step is both terminated and truncated; expected truncated only where the game itself goes on.";
      env.reset({ seed: SEED });
      env.step(actionsOf(env, trial, 1)[0]);
      return undefined;
    },
  },
  {
    name: "step-after-end",
    holds: "Every step after the end throws env/episode-over.",
    async complain(trial) {
      const env = await trial.make();
      if (playOut(env, trial) === undefined)
        return `No end came within ${trial.mostSteps} steps of random actions.`;
      const step = () => env.step(actionsOf(env, trial, 1)[0]);
      return (
        throwsCode(step, "env/episode-over", "A step after the end") ??
        throwsCode(step, "env/episode-over", "A second step after the end")
      );
    },
  },
  {
    name: "wrong-action",
    holds: "An action outside a discrete space throws action/..., and the state stays as it was.",
    complain: refusesWrongActions,
  },
];

/** `ask` takes the step; its complaint is the end of a sentence about that step. */
async function eachStep(
  trial: Trial,
  ask: (env: CheckedEnv, action: unknown) => string | undefined,
): Promise<string | undefined> {
  const env = await trial.make();
  env.reset({ seed: SEED });
  let over = false;
  const watched = watchEnd(env, (end) => (over = end));
  for (const [i, action] of actionsOf(env, trial).entries()) {
    const found = ask(watched, action);
    if (found !== undefined) return `Of step ${i + 1}, ${found}.`;
    if (over) env.reset();
  }
  return undefined;
}

/** The env, and word of each step whether the episode is over. */
function watchEnd(env: CheckedEnv, tell: (over: boolean) => void): CheckedEnv {
  return {
    actionSpace: env.actionSpace,
    observationSpace: env.observationSpace,
    reset: (options) => env.reset(options),
    step(action) {
      const step = env.step(action);
      tell(isOver(step));
      return step;
    },
    snapshot: () => env.snapshot(),
    restore: (snapshot) => env.restore(snapshot),
    close: () => env.close(),
  };
}

function oddStep(step: unknown): string | undefined {
  if (!isObject(step)) return `the result is ${show(step)}; expected an object`;
  const { observation, reward, terminated, truncated, info } = step as Readonly<Record<string, unknown>>;
  if (observation === undefined) return "there is no observation";
  if (typeof reward !== "number" || !Number.isFinite(reward))
    return `the reward is ${show(reward)}; expected a finite number`;
  if (typeof terminated !== "boolean") return `terminated is ${show(terminated)}; expected a boolean`;
  if (typeof truncated !== "boolean") return `truncated is ${show(truncated)}; expected a boolean`;
  return isObject(info) ? undefined : `the info is ${show(info)}; expected an object`;
}

/** The last step of an episode of random actions; undefined when it does not end in time. */
function playOut(env: CheckedEnv, trial: Trial): Step<unknown, unknown> | undefined {
  const random = randomOf(trial);
  env.reset({ seed: SEED });
  for (let i = 0; i < trial.mostSteps; i++) {
    const step = env.step(sample(env.actionSpace, random));
    if (isOver(step)) return step;
  }
  return undefined;
}

async function refusesWrongActions(trial: Trial): Promise<string | undefined> {
  const env = await trial.make();
  const space = env.actionSpace;
  env.reset({ seed: SEED });
  const wrongs =
    space.kind === "discrete"
      ? [space.n, -1, 0.5, Number.NaN, null]
      : space.kind === "multi-discrete" && space.nvec.length > 0
        ? [[...space.nvec], space.nvec.map(() => -1), [...space.nvec.map(() => 0), 0]]
        : [];
  for (const wrong of wrongs) {
    const before = env.snapshot();
    const what = `The action ${JSON.stringify(wrong)}, outside the space,`;
    try {
      env.step(wrong);
      return `${what} was taken; expected an error.`;
    } catch (error) {
      const code = isObject(error) && "code" in error ? String(error.code) : "no code";
      if (!code.startsWith("action/"))
        return `${what} threw ${code}; expected a code that begins with action/.`;
    }
    if (differenceOf(before, env.snapshot(), "") !== undefined) return `${what} changed the state.`;
  }
  return undefined;
}
