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
import { formOf, lessonsOf, truthOf } from "./credit.ts";
import type { Lesson, Valued } from "./lesson.ts";

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
  const playOf = (turn: TurnExperience): number =>
    turn.reward -
    formOf(turn) -
    truthOf(turn) -
    klCoefficient * kl(turn).reduce((sum, nats) => sum + nats, 0);
  const rewardsOf = ({ turns }: EpisodeExperience): number[] => turns.map(playOf);
  if (algorithm === "ppo") return valuedLessons(groups.flat(), rewardsOf, values, recipe);
  const rewards = groups.map((group) => group.map(rewardsOf));
  const played = groupTurnAdvantages(rewards, gamma, BASELINES[algorithm]).flat();
  const episodes = groups.flat().map(({ turns }) => turns);
  return lessonsOf(episodes, played, {
    ...recipe.episodes!,
    whitened: WHITENS.has(algorithm) ? whiten : unchanged,
  });
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
    const valued = before.map((value, t): Valued => ({ before: value, return: value + advantages[t]! }));
    return { turns: episode.turns.slice(0, learned), advantages, valued };
  });
  const [turns, played] = [all.map((one) => one.turns), all.map((one) => one.advantages)];
  const valued = new Map(
    all.flatMap((one) => one.turns.map((turn, t) => [turn as Experience, one.valued[t]!])),
  );
  return lessonsOf(turns, played, { ...play!, whitened: whiten }).map((lesson) => {
    const { experience } = lesson;
    const first = experience.tokens.map((_, t) => (t === 0 ? valued.get(experience) : undefined));
    return Object.assign(lesson, { values: first });
  });
}

function unchanged<T>(one: T): T {
  return one;
}
