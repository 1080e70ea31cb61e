/** @file A small env of another game, as somebody else would write it: guess whether the next number is odd. */
import { TouchlineError } from "../../env/error.ts";
import type { CheckedEnv } from "../../env/check/index.ts";
import { integer, makeRandom, type Random } from "../../env/random.ts";

interface State {
  random: Random;
  left: number;
  shown: number;
}

const ROUNDS = 9;

export function makeCountdown(): CheckedEnv {
  let state: State | undefined;
  const started = (): State => {
    if (state === undefined) throw new TouchlineError("env/not-reset", "Call reset first.");
    return state;
  };
  return {
    actionSpace: { kind: "discrete", n: 2, names: ["even", "odd"] },
    observationSpace: {
      kind: "dict",
      spaces: {
        shown: { kind: "box", shape: [1], low: 0, high: 99, dtype: "uint8" },
        left: { kind: "discrete", n: ROUNDS + 1 },
      },
    },
    reset({ seed } = {}) {
      const random = seed === undefined && state !== undefined ? state.random : makeRandom(seed ?? 0);
      state = { random, left: ROUNDS, shown: integer(random, 100) };
      return { observation: observe(state), info: {} };
    },
    step(action) {
      const now = started();
      if (action !== 0 && action !== 1) throw new TouchlineError("action/unknown", "Say 0 or 1.");
      if (now.left === 0) throw new TouchlineError("env/episode-over", "Call reset.");
      now.shown = integer(now.random, 100);
      now.left--;
      const right = now.shown % 2 === action;
      return {
        observation: observe(now),
        reward: right ? 1 : 0,
        terminated: false,
        truncated: now.left === 0,
        info: {},
      };
    },
    snapshot: () => structuredClone(started()),
    restore: (snapshot) => (state = structuredClone(snapshot as State)),
    close: () => undefined,
  };
}

function observe({ shown, left }: State): { shown: Uint8Array; left: number } {
  return { shown: Uint8Array.of(shown), left };
}
