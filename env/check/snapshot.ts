/** @file Checks of what env/env.ts adds to Gymnasium: exact snapshots; and of the end of an env's life. */
import { compare } from "./compare.ts";
import { differenceOf } from "./difference.ts";
import { actionsOf, copy, go, play, resetMoment, SEED, stateOf } from "./probe.ts";
import type { Check } from "./run.ts";

export const SNAPSHOT_CHECKS: readonly Check[] = [
  {
    name: "snapshot-restore",
    holds: "Play goes on from a snapshot bit for bit, in the same env and in another one.",
    async complain(trial) {
      const [env, other] = [await trial.make(), await trial.make()];
      const actions = actionsOf(env, trial);
      const length = play(env, { seed: SEED }, actions).length - 1;
      const half = Math.floor(length / 2);
      play(env, { seed: SEED }, actions.slice(0, half));
      const snapshot = copy(env.snapshot(), "The snapshot");
      const first = go(env, actions.slice(half));
      env.restore(snapshot);
      const again = compare(first, go(env, actions.slice(half)));
      if (again !== undefined) return `After restore in the same env, ${again}.`;
      resetMoment(other, { seed: SEED + 1 });
      other.restore(snapshot);
      const elsewhere = compare(first, go(other, actions.slice(half)));
      return elsewhere === undefined ? undefined : `After restore in another env, ${elsewhere}.`;
    },
  },
  {
    name: "snapshot-kept",
    holds: "A snapshot keeps its values when play goes on.",
    async complain(trial) {
      const env = await trial.make();
      env.reset({ seed: SEED });
      const snapshot = env.snapshot();
      const kept = copy(snapshot, "The snapshot");
      go(env, actionsOf(env, trial));
      const found = differenceOf(kept, snapshot, "snapshot");
      if (found !== undefined) return `After some steps the ${found}.`;
      env.restore(snapshot);
      go(env, actionsOf(env, trial));
      const after = differenceOf(kept, snapshot, "snapshot");
      return after === undefined ? undefined : `After play went on from it, the ${after}.`;
    },
  },
  {
    name: "snapshot-changes-nothing",
    holds: "Taking snapshots does not change the episode.",
    async complain(trial) {
      const [env, other] = [await trial.make(), await trial.make()];
      const actions = actionsOf(env, trial);
      env.reset({ seed: SEED });
      other.reset({ seed: SEED });
      for (const [i, action] of actions.entries()) {
        env.snapshot();
        const step = env.step(action);
        other.step(action);
        if (step.terminated || step.truncated) break;
        const found = differenceOf(stateOf(env), stateOf(other), "state");
        if (found !== undefined) return `After step ${i + 1} with a snapshot before each, the ${found}.`;
      }
      return undefined;
    },
  },
  {
    name: "close",
    holds: "An env can be closed twice, and before it was ever reset.",
    async complain(trial) {
      const [fresh, used] = [await trial.make(), await trial.make()];
      used.reset({ seed: SEED });
      for (const env of [fresh, used]) {
        env.close();
        try {
          env.close();
        } catch (error) {
          return `The second close threw "${String(error)}"; expected nothing to happen.`;
        }
      }
      return undefined;
    },
  },
];
