/** @file Wrappers that each break one promise of an env, by the name of the check that must see it. */
import type { CheckedEnv } from "../../env/check/index.ts";
import type { Step } from "../../env/env.ts";

export interface Break {
  check: string;
  how: string;
  /** Wraps each fresh env; `count` is one more at each. */
  wrap(env: CheckedEnv, count: number): CheckedEnv;
}

type Result = Step<unknown, unknown>;
type Plain = { action: string; possible: boolean; reason?: string };

export const BREAKS: readonly Break[] = [
  row("action-space", "a choice of none", () => ({ actionSpace: { kind: "discrete", n: 0 } })),
  row("action-space", "no space at all", () => ({ actionSpace: 19 as never })),
  row("action-space", "too few names", () => ({ actionSpace: { kind: "discrete", n: 2, names: ["idle"] } })),
  row("observation-space", "limits the wrong way round", () => ({ observationSpace: box(1, 0) })),
  row("observation-space", "a kind that there is not, deep inside", () => ({
    observationSpace: {
      kind: "tuple",
      spaces: [{ kind: "dict", spaces: { ball: { kind: "bax" } as never } }],
    },
  })),
  row("spaces-stay", "another space after reset", (env) => {
    const own: Partial<CheckedEnv> = {
      actionSpace: env.actionSpace,
      reset(options) {
        Object.assign(this, { actionSpace: { ...env.actionSpace } });
        return env.reset(options);
      },
    };
    return own;
  }),
  row("limits", "actions from -5 to 5", () => ({ actionSpace: box(-5, 5) })),
  row("limits", "observations without limits", () => ({ observationSpace: box(-Infinity, Infinity) })),
  row("reset-result", "the observation alone", (env) => ({
    reset: (options) => env.reset(options).observation as never,
  })),
  row("reset-result", "no info", (env) => ({
    reset: (options) => ({ ...env.reset(options), info: undefined }),
  })),
  row("reset-observation", "an observation of another space", () => ({ observationSpace: box(0, 1) })),
  row("reset-observation", "a start that is outside only with vary", (env) => ({
    reset: (options) => (options?.vary ? { ...env.reset(options), observation: 7 } : env.reset(options)),
  })),
  row("reset-seed", "one more at each reset", (env) => {
    let resets = 0;
    return { reset: (options) => env.reset({ ...options, seed: (options?.seed ?? 0) + resets++ }) };
  }),
  row("reset-seed", "another env, another start", (env, count) => ({
    reset: (options) => env.reset({ ...options, seed: (options?.seed ?? 0) + count }),
  })),
  row("reset-other-seed", "a seed that is not used", (env) => ({
    reset: (options) => env.reset({ ...options, seed: 1 }),
  })),
  row("reset-unseeded", "a default seed", (env) => ({
    reset: (options) => env.reset({ seed: 5, ...options }),
  })),
  row("reset-clears", "a reward that remembers the last episode", (env) => {
    let steps = 0;
    return { step: (action) => ({ ...env.step(action), reward: steps++ }) };
  }),
  row("step-before-reset", "an episode that nobody asked for", (env) => {
    env.reset();
    return {};
  }),
  row(
    "step-result",
    "a reward that is no number",
    stepping((step) => ({ ...step, reward: Number.NaN })),
  ),
  row(
    "step-result",
    "terminated as 0 or 1",
    stepping((step) => ({ ...step, terminated: 0 as never })),
  ),
  row(
    "step-result",
    "no truncated",
    stepping((step) => ({ ...step, truncated: undefined as never })),
  ),
  row(
    "step-result",
    "an info that is no object",
    stepping((step) => ({ ...step, info: null })),
  ),
  row(
    "step-observation",
    "an observation that is not there",
    stepping((step) => ({ ...step, observation: null })),
  ),
  row("step-determinism", "a reward by the env", (env, count) =>
    stepping((step) => ({ ...step, reward: count }))(env),
  ),
  row("observation-kept", "one observation that is written over", (env) => {
    const shown = { all: [] as unknown };
    const show = <T extends { observation: unknown }>(given: T): T => {
      shown.all = given.observation;
      return { ...given, observation: shown };
    };
    return { reset: (options) => show(env.reset(options)), step: (action) => show(env.step(action)) };
  }),
  row("action-kept", "an action that is emptied", (env) => ({
    step(action) {
      const step = env.step(action);
      if (Array.isArray(action)) action[0] = -1;
      return step;
    },
  })),
  row(
    "not-truncated-at-once",
    "every step truncated",
    stepping((step) => ({ ...step, truncated: true })),
  ),
  row("end", "an end that goes unsaid", (env) => ({
    step(action) {
      const step = env.step(action);
      if (step.terminated || step.truncated) env.reset();
      return { ...step, terminated: false, truncated: false };
    },
  })),
  row(
    "end",
    "both ends at once",
    stepping((step) => {
      const over = step.terminated || step.truncated;
      return { ...step, terminated: over, truncated: over };
    }),
  ),
  row("step-after-end", "the last step again and again", (env) => {
    let last: Result | undefined;
    return {
      reset(options) {
        last = undefined;
        return env.reset(options);
      },
      step(action) {
        if (last?.terminated || last?.truncated) return last;
        last = env.step(action);
        return last;
      },
    };
  }),
  row("step-after-end", "an error of another kind", (env) => {
    let over = false;
    return {
      step(action) {
        if (over) throw new Error("no");
        const step = env.step(action);
        over = step.terminated || step.truncated;
        return step;
      },
    };
  }),
  row("wrong-action", "actions that are bent into the space", (env) => ({
    step: (action) => env.step(isWrong(action) ? (action as unknown[]).map(() => 0).slice(0, 3) : action),
  })),
  row("wrong-action", "an error after play went on", (env) => ({
    step(action) {
      if (isWrong(action)) env.step([0, 0, 0]);
      return env.step(action);
    },
  })),
  row("snapshot-restore", "a restore that does nothing", () => ({ restore: () => undefined })),
  row("snapshot-restore", "a snapshot that cannot be copied", (env) => ({
    snapshot: () => ({ inside: env.snapshot(), tell: () => 1 }),
    restore: (snapshot) => env.restore((snapshot as { inside: unknown }).inside),
  })),
  row("snapshot-kept", "a snapshot that lives on", (env) => {
    const live = { steps: 0 };
    return {
      snapshot: () => Object.assign(live, { inside: env.snapshot() }),
      restore: (snapshot) => env.restore((snapshot as { inside: unknown }).inside),
      step(action) {
        live.steps++;
        return env.step(action);
      },
    };
  }),
  row("snapshot-changes-nothing", "a snapshot that counts", (env) => {
    let taken = 0;
    return {
      stateHash: () => `${env.stateHash!()} ${taken}`,
      snapshot() {
        taken++;
        return env.snapshot();
      },
    };
  }),
  row("close", "an error at the second close", (env) => {
    let closed = false;
    return {
      close() {
        if (closed) throw new Error("closed already");
        closed = true;
        env.close();
      },
    };
  }),
  row("masks", "no list", () => ({ possibleActions: () => ({}) })),
  row(
    "masks",
    "an action too few",
    masking((mask) => mask.slice(1)),
  ),
  row(
    "masks",
    "no reason",
    masking((mask) => mask.map(({ action, possible }) => ({ action, possible }))),
  ),
  row(
    "masks",
    "a reason for what is possible",
    masking((mask) => mask.map((one) => ({ ...one, reason: "so" }))),
  ),
  row(
    "masks",
    "nothing possible",
    masking((mask) => mask.map((one) => ({ ...one, possible: false, reason: "so" }))),
  ),
  row("masks-change-nothing", "a mask that plays on", (env) => ({
    possibleActions(place) {
      env.step([0, 0, 0]);
      return env.possibleActions!(place);
    },
  })),
];

function row(
  check: string,
  how: string,
  broken: (env: CheckedEnv, count: number) => Partial<CheckedEnv>,
): Break {
  return { check, how, wrap: (env, count) => ({ ...wrapped(env), ...broken(env, count) }) };
}

/** A wrapper that changes nothing. */
export function wrapped(env: CheckedEnv): CheckedEnv {
  return {
    actionSpace: env.actionSpace,
    observationSpace: env.observationSpace,
    placeSpaces: env.placeSpaces ?? [],
    reset: (options) => env.reset(options),
    step: (action) => env.step(action),
    snapshot: () => env.snapshot(),
    restore: (snapshot) => env.restore(snapshot),
    close: () => env.close(),
    possibleActions: (place) => env.possibleActions!(place),
    stateHash: () => env.stateHash!(),
  };
}

function stepping(change: (step: Result) => Result): (env: CheckedEnv) => Partial<CheckedEnv> {
  return (env) => ({ step: (action) => change(env.step(action)) });
}

function masking(change: (mask: Plain[]) => Plain[]): (env: CheckedEnv) => Partial<CheckedEnv> {
  return (env) => ({ possibleActions: (place) => change(env.possibleActions!(place) as Plain[]) });
}

function box(low: number, high: number): CheckedEnv["actionSpace"] {
  return { kind: "box", shape: [1], low, high, dtype: "float32" };
}

function isWrong(action: unknown): boolean {
  if (!Array.isArray(action)) return true;
  return action.length !== 3 || action.some((one) => !Number.isInteger(one) || one < 0 || one > 18);
}
