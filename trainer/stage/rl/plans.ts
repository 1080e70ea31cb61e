/** @file What is tried in a rollout: a function of the recipe, the seed and the number of the rollout. */
import { integer, makeRandom, nextUint32, type Random, uniform } from "../../../env/random.ts";
import type { EpisodeExperience, EpisodePlan } from "../../experience/index.ts";
import { TRAINING_SEEDS_FROM } from "../../question/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { sokobanTask } from "../../sokoban/index.ts";
import { scenariosOf } from "../scenarios.ts";

type Played = NonNullable<RlRecipe["episodes"]>;

/** What the recipe has played, with its weights: those of a suite share its weight, and Sokoban stands by its name. */
export function weighedScenarios({ scenarios }: Played): (readonly [id: string, weight: number])[] {
  return Object.entries(scenarios).flatMap(([name, weight]) => {
    if (sokobanTask(name)) return [[name, weight] as const];
    const meant = scenariosOf([name]);
    return meant.map(({ id }) => [id, weight / meant.length] as const);
  });
}

/** The first episode of each group. */
export function firstPlans(played: Played, random: Random): EpisodePlan[] {
  const weighed = weighedScenarios(played);
  return Array.from({ length: Math.ceil(played.episodes / played.samples) }, () => ({
    scenario: drawn(weighed, random),
    seed: TRAINING_SEEDS_FROM + integer(random, 2 ** 31),
    vary: true,
    chance: nextUint32(random),
  }));
}

/** The others of its group: they begin as it did, or, as branches, in its midst after so many of its decisions. */
export function otherPlans(
  first: EpisodeExperience,
  turns: number,
  count: number,
  random: Random,
): EpisodePlan[] {
  const { scenario, seed } = first;
  const prefix = first.turns.slice(0, turns).map(({ action }) => action);
  return Array.from({ length: count }, () => ({
    scenario,
    seed,
    vary: true,
    chance: nextUint32(random),
    prefix,
  }));
}

/** The first of a group, from where the others left it. */
export function fromTurn(first: EpisodeExperience, turns: number): EpisodeExperience {
  return { ...first, prefix: turns, turns: first.turns.slice(turns) };
}

function drawn(weighed: readonly (readonly [string, number])[], random: Random): string {
  const whole = weighed.reduce((sum, [, weight]) => sum + weight, 0);
  let left = uniform(random) * whole;
  return (weighed.find(([, weight]) => (left -= weight) < 0) ?? weighed.at(-1)!)[0];
}

/** The chance of a rollout. */
export function rolloutRandom(seed: number, rollout: number): Random {
  return makeRandom(seed, 0x20000 + rollout);
}
