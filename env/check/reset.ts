/** @file Checks of reset, and of what a seed means. */
import { whyNotIn } from "../contains.ts";
import { compare, throwsCode } from "./compare.ts";
import { differenceOf, isObject, show } from "./difference.ts";
import { actionsOf, go, type Moment, OTHER_SEED, play, resetMoment, SEED } from "./probe.ts";
import type { Check } from "./run.ts";

const LAST_SEED = 0xffffffff;

export const RESET_CHECKS: readonly Check[] = [
  {
    name: "reset-result",
    holds: "Reset gives { observation, info }, and info is an object.",
    async complain(trial) {
      const result: unknown = (await trial.make()).reset({ seed: trial.seed });
      if (!isObject(result) || !("observation" in result) || !("info" in result))
        return `Reset gave ${show(result)}; expected { observation, info }.`;
      return isObject(result.info)
        ? undefined
        : `Reset gave the info ${show(result.info)}; expected an object.`;
    },
  },
  {
    name: "reset-observation",
    holds: "The observation of every kind of reset lies in the observation space.",
    async complain(trial) {
      const env = await trial.make();
      for (const options of [undefined, {}, { seed: 0 }, { seed: LAST_SEED }, { seed: SEED, vary: true }]) {
        const { observation } = env.reset(options);
        const why = whyNotIn(env.observationSpace, observation, "observation");
        if (why !== undefined) return `After reset(${JSON.stringify(options) ?? ""}) ${why}.`;
      }
      return undefined;
    },
  },
  {
    name: "reset-seed",
    holds: "The same seed gives the same observation, info and state, in one env and in another.",
    async complain(trial) {
      const env = await trial.make();
      for (const options of [{ seed: SEED }, { seed: SEED, vary: true }]) {
        const first = resetMoment(env, options);
        const again = resetMoment(env, options);
        const elsewhere = resetMoment(await trial.make(), options);
        const found = compare([first], [again]) ?? compare([first], [elsewhere]);
        if (found !== undefined) return `With reset(${JSON.stringify(options)}) twice, ${found}.`;
      }
      return undefined;
    },
  },
  {
    name: "reset-other-seed",
    holds: "Another seed gives another state of chance.",
    async complain(trial) {
      const env = await trial.make();
      const first = resetMoment(env, { seed: SEED });
      const other = resetMoment(env, { seed: OTHER_SEED });
      if (compare([first], [other]) !== undefined) return undefined;
      return `Reset gives the same state with the seeds ${SEED} and ${OTHER_SEED}: the seed is not used.`;
    },
  },
  {
    name: "reset-unseeded",
    holds: "A reset without a seed goes on with the generator, repeatably, and does not seed it anew.",
    async complain(trial) {
      const env = await trial.make();
      const three = () => [
        resetMoment(env, { seed: SEED }),
        resetMoment(env, undefined),
        resetMoment(env, {}),
      ];
      const first = three();
      const found = compare(first, three());
      if (found !== undefined) return `With reset({ seed: ${SEED} }), reset(), reset({}) twice, ${found}.`;
      const repeated = first.some((moment, i) => first.slice(0, i).some((before) => same(moment, before)));
      return repeated
        ? "A reset without a seed gives a state that was there before: it seeds anew."
        : undefined;
    },
  },
  {
    name: "reset-clears",
    holds: "After some steps, a reset with the seed starts the same episode anew.",
    async complain(trial) {
      const env = await trial.make();
      const actions = actionsOf(env, trial);
      const first = play(env, { seed: SEED }, actions);
      const found = compare(first, play(env, { seed: SEED }, actions));
      return found === undefined ? undefined : `When the same episode is played twice in one env, ${found}.`;
    },
  },
  {
    name: "step-before-reset",
    holds: "A step before the first reset throws env/not-reset.",
    async complain(trial) {
      const env = await trial.make();
      return throwsCode(
        () => go(env, actionsOf(env, trial, 1)),
        "env/not-reset",
        "A step before the first reset",
      );
    },
  },
];

function same(a: Moment, b: Moment): boolean {
  return differenceOf(a.state, b.state, "") === undefined;
}
