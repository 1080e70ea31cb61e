/** @file From what was tried to what is learned of it, by the algorithm of the recipe. */
import {
  type Baseline,
  centred,
  gae,
  generalisedAdvantages,
  GROUP_ESTIMATORS,
  groupTurnAdvantages,
  leaveOneOut,
  standardised,
  whiten,
} from "../../advantage/index.ts";
import type {
  AnswerExperience,
  EpisodeExperience,
  Experience,
  TurnExperience,
} from "../../experience/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import type { Lesson } from "./lesson.ts";

/** Scores of tokens, by what is asked of them. */
export interface Scores {
  /** log p - log p_ref of each token; zeros without a reference. */
  kl: (experience: Experience) => readonly number[];
  /** `ppo`: what was expected before each token; of decisions before the first alone. */
  values: (experience: Experience) => readonly number[];
}

const BASELINES: Readonly<Record<Exclude<RlRecipe["algorithm"], "ppo">, Baseline>> = {
  reinforce_baseline: centred,
  rloo: leaveOneOut,
  grpo: standardised,
  dr_grpo: centred,
};
const WHITENS: ReadonlySet<RlRecipe["algorithm"]> = new Set(["ppo", "reinforce_baseline", "rloo"]);

/** Lessons of the groups of answers; those that could not be judged are left out, and so is one that is left alone. */
export function answerLessons(
  groups: readonly (readonly AnswerExperience[])[],
  { algorithm, klCoefficient, gaeLambda }: RlRecipe,
  { kl, values }: Scores,
): Lesson[] {
  const judged = groups
    .map((group) => group.filter(({ reward, tokens }) => reward !== null && tokens.length > 0))
    .filter(({ length }) => length > 1);
  if (judged.length === 0) return [];
  const sampleOf = (experience: AnswerExperience) => ({ reward: experience.reward!, kl: kl(experience) });
  if (algorithm === "ppo") {
    const all = judged.flat();
    const samples = all.map((experience) => ({ ...sampleOf(experience), values: values(experience) }));
    const { advantages, returns } = gae(samples, { klCoefficient, gaeLambda });
    return all.map((experience, i) => ({
      experience,
      advantages: advantages[i]!,
      values: samples[i]!.values.map((before, t) => ({ before, return: returns[i]![t]! })),
    }));
  }
  const samples = judged.map((group) => group.map(sampleOf));
  const advantages = GROUP_ESTIMATORS[algorithm](samples, { klCoefficient });
  return judged.flatMap((group, i) =>
    group.map((experience, j) => ({ experience, advantages: advantages[i]![j]! })),
  );
}

/** Lessons of the decisions of episodes; those of a group began alike. */
export function episodeLessons(
  groups: readonly (readonly EpisodeExperience[])[],
  { algorithm, gaeLambda, klCoefficient, episodes }: RlRecipe,
  { kl, values }: Scores,
): Lesson[] {
  const { gamma } = episodes!;
  // The price of moving away is the decision's own.
  const rewardOf = (turn: TurnExperience): number =>
    turn.reward - klCoefficient * kl(turn).reduce((sum, nats) => sum + nats, 0);
  const rewards = groups.map((group) => group.map(({ turns }) => turns.map(rewardOf)));
  const turns = groups.flatMap((group) => group.flatMap((episode) => episode.turns));
  const expected = algorithm === "ppo" ? turns.map((turn) => values(turn)[0]!) : [];
  let advantages: number[][];
  if (algorithm === "ppo") {
    let at = 0;
    advantages = rewards.flat().map((of) => {
      const before = expected.slice(at, (at += of.length));
      return generalisedAdvantages(of, before, { gamma, gaeLambda });
    });
  } else advantages = groupTurnAdvantages(rewards, gamma, BASELINES[algorithm]).flat();
  const plain = advantages.flat();
  const shown = WHITENS.has(algorithm) ? whiten(advantages).flat() : plain;
  return turns.flatMap((experience, i): Lesson[] => {
    if (experience.tokens.length === 0) return [];
    const lesson = { experience, advantages: experience.tokens.map(() => shown[i]!) };
    if (algorithm !== "ppo") return [lesson];
    const valued = { before: expected[i]!, return: expected[i]! + plain[i]! };
    return [{ ...lesson, values: experience.tokens.map((_, t) => (t === 0 ? valued : undefined)) }];
  });
}
