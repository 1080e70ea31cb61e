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
  recipe: RlRecipe,
  { kl, values }: Scores,
): Lesson[] {
  const { algorithm, klCoefficient } = recipe;
  const { gamma } = recipe.episodes!;
  // The price of moving away is the decision's own.
  const rewardOf = (turn: TurnExperience): number =>
    turn.reward - klCoefficient * kl(turn).reduce((sum, nats) => sum + nats, 0);
  const rewardsOf = ({ turns }: EpisodeExperience): number[] => turns.map(rewardOf);
  if (algorithm === "ppo") return valuedLessons(groups.flat(), rewardsOf, values, recipe);
  const rewards = groups.map((group) => group.map(rewardsOf));
  const advantages = groupTurnAdvantages(rewards, gamma, BASELINES[algorithm]).flat();
  const shown = (WHITENS.has(algorithm) ? whiten(advantages) : advantages).flat();
  const turns = groups.flat().flatMap((episode) => episode.turns);
  return turns.map((turn, i) => lessonOf(turn, shown[i]!)).filter(hasTokens);
}

/**
 * Of an episode that was cut, and by the recipe goes on, the last decision is not learned: what was expected before it
 * stands for all that would have come.
 */
function valuedLessons(
  episodes: readonly EpisodeExperience[],
  rewardsOf: (episode: EpisodeExperience) => number[],
  values: Scores["values"],
  { episodes: play, gaeLambda }: RlRecipe,
): Lesson[] {
  const { gamma, timeLimit } = play!;
  const all = episodes.map((episode) => {
    const expected = episode.turns.map((turn) => values(turn)[0]!);
    const goesOn = episode.cut && timeLimit === "bootstrap";
    const learned = goesOn ? expected.length - 1 : expected.length;
    const [rewards, before] = [rewardsOf(episode).slice(0, learned), expected.slice(0, learned)];
    const advantages = generalisedAdvantages(rewards, before, { gamma, gaeLambda }, expected[learned]);
    return { turns: episode.turns.slice(0, learned), before, advantages };
  });
  const whitened = whiten(all.map(({ advantages }) => advantages));
  return all
    .flatMap(({ turns, before, advantages }, i) =>
      turns.map((turn, t): Lesson => {
        const valued = { before: before[t]!, return: before[t]! + advantages[t]! };
        const first = turn.tokens.map((_, token) => (token === 0 ? valued : undefined));
        return { ...lessonOf(turn, whitened[i]![t]!), values: first };
      }),
    )
    .filter(hasTokens);
}

/** Every token of a decision is worth the same. */
function lessonOf(experience: TurnExperience, advantage: number): Lesson {
  return { experience, advantages: experience.tokens.map(() => advantage) };
}

function hasTokens({ experience }: Lesson): boolean {
  return experience.tokens.length > 0;
}
