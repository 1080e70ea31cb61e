/** @file What each token is worth, against numbers that were worked out by hand. */
import { describe, expect, test } from "vitest";
import type { AnswerExperience, EpisodeExperience, TurnExperience } from "../../experience/index.ts";
import { checkRecipe, type RlRecipe } from "../../recipes/index.ts";
import { answerLessons, episodeLessons, type Scores } from "./advantages.ts";

function recipeOf(changes: object): RlRecipe {
  const value = {
    model: "model",
    stage: "mgt",
    steps: 1,
    learningRate: 1e-3,
    questions: { mix: { arithmetic: 1 }, prompts: 1 },
    episodes: {
      scenarios: { academy_empty_goal: 1 },
      episodes: 2,
      samples: 2,
      rewards: { scoring: 1 },
      gamma: 0.5,
    },
    ...changes,
  };
  return checkRecipe(value, "recipe.json") as RlRecipe;
}

function sampled(tokens: number) {
  const ids = Array.from({ length: tokens }, (_, i) => i);
  const chat = { messages: [] };
  return {
    chat,
    text: "",
    tokens: ids,
    logProbabilities: ids.map(() => -1),
    ends: ids.map(() => 0),
    conclusionFrom: 0,
    policyStep: 0,
  };
}

function answer(reward: number | null, tokens: number): AnswerExperience {
  return { ...sampled(tokens), kind: "arithmetic", gold: "1", format: 1, accuracy: reward, reward };
}

function episode(...rewards: number[]): EpisodeExperience {
  const turns = rewards.map((reward): TurnExperience =>
    Object.assign(sampled(2), {
      terms: { scoring: reward },
      reward,
      action: "hold",
      unparsed: false,
      places: {},
    }),
  );
  return { scenario: "s", seed: 1, prefix: 0, turns, cut: false, success: false, score: [0, 0], steps: 1 };
}

const NOTHING: Scores = { kl: ({ tokens }) => tokens.map(() => 0), values: () => [0] };
/** Of decisions each of which is an episode. */
function judged(truthPenalty: number, ...turns: TurnExperience[]): number[][] {
  const recipe = recipeOf({ algorithm: "dr_grpo" });
  Object.assign(recipe.episodes!, { truthPenalty, truthCredit: "place", gamma: 0 });
  const group = turns.map((one) => Object.assign(episode(), { turns: [one] }));
  return advantagesOf(episodeLessons([group], recipe, NOTHING)).map((row) =>
    row.map((one) => Math.round(one * 1e6) / 1e6),
  );
}

const advantagesOf = (lessons: readonly { advantages: readonly number[] }[]): number[][] =>
  lessons.map(({ advantages }) => [...advantages]);

describe("answers to questions", () => {
  const groups = [
    [answer(1, 1), answer(0, 3)],
    [answer(0, 2), answer(0.5, 1), answer(1, 1)],
  ];

  test("grpo: each against its group, in its group's deviations", () => {
    const found = advantagesOf(answerLessons(groups, recipeOf({ algorithm: "grpo" }), NOTHING));
    const half = Math.SQRT1_2;
    const wanted = [[half], [-half, -half, -half], [-1, -1], [0], [1]];
    expect(found.map((row) => row.length)).toEqual([1, 3, 2, 1, 1]);
    for (const [i, row] of wanted.entries())
      for (const [t, value] of row.entries()) expect(found[i]![t]).toBeCloseTo(value, 6);
  });

  test("dr_grpo: each against its group's mean, and nothing else", () => {
    const found = advantagesOf(answerLessons(groups, recipeOf({ algorithm: "dr_grpo" }), NOTHING));
    expect(found).toEqual([[0.5], [-0.5, -0.5, -0.5], [-0.5, -0.5], [0], [0.5]]);
  });

  test.each([
    ["reinforce_baseline", [0.5, -0.5, -0.5, 0, 0.5]],
    ["rloo", [1, -1, -0.75, 0, 0.75]],
  ])("%s: against the others of the group, whitened over all tokens", (algorithm, centred) => {
    const lengths = [1, 3, 2, 1, 1];
    const found = advantagesOf(answerLessons(groups, recipeOf({ algorithm }), NOTHING));
    const all = centred.flatMap((one, i) => Array.from({ length: lengths[i]! }, () => one));
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
    for (const [i, row] of found.entries()) {
      expect(row).toHaveLength(lengths[i]!);
      for (const value of row) expect(value).toBeCloseTo((centred[i]! - mean) / deviation, 6);
    }
  });

  test("ppo: rewards at the last token against what the value head expected, and what it is to learn", () => {
    const expected = new Map([
      [groups[0]![0]!, [0.5]],
      [groups[0]![1]!, [0.5, 0.25, 0.25]],
    ]);
    const scores: Scores = { ...NOTHING, values: (one) => expected.get(one as AnswerExperience)! };
    const recipe = recipeOf({ algorithm: "ppo", gaeLambda: 1 });
    const lessons = answerLessons([groups[0]!], recipe, scores);
    // Without discount and with lambda 1 the return is the reward at every token.
    expect(lessons.map(({ values }) => values)).toEqual([
      [{ before: 0.5, return: 1 }],
      [
        { before: 0.5, return: 0 },
        { before: 0.25, return: 0 },
        { before: 0.25, return: 0 },
      ],
    ]);
    const plain = [0.5, -0.5, -0.25, -0.25];
    const mean = -0.125;
    const deviation = Math.sqrt(plain.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 4);
    const found = advantagesOf(lessons).flat();
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo((plain[i]! - mean) / deviation, 6);
  });

  test("the price of moving away is taken from what comes after each token", () => {
    const scores: Scores = {
      ...NOTHING,
      kl: (one) => (one === groups[0]![1] ? [1, 2, 4] : one.tokens.map(() => 0)),
    };
    const recipe = recipeOf({ algorithm: "dr_grpo", klCoefficient: 0.1 });
    const [first, second] = advantagesOf(answerLessons([groups[0]!], recipe, scores));
    expect(first).toEqual([0.5]);
    for (const [t, paid] of [0.7, 0.6, 0.4].entries()) expect(second![t]).toBeCloseTo(-0.5 - paid, 9);
  });

  test("an answer that could not be judged is left out, and so is one that is left alone, or one without tokens", () => {
    const partly = [
      [answer(1, 1), answer(null, 2), answer(0, 1)],
      [answer(1, 1), answer(null, 1)],
      [answer(1, 1), answer(0, 0)],
    ];
    const lessons = answerLessons(partly, recipeOf({ algorithm: "dr_grpo" }), NOTHING);
    expect(lessons.map(({ experience }) => experience)).toEqual([partly[0]![0], partly[0]![2]]);
    expect(advantagesOf(lessons)).toEqual([[0.5], [-0.5]]);
    expect(answerLessons([partly[1]!], recipeOf({}), NOTHING)).toEqual([]);
  });
});

describe("decisions of episodes", () => {
  test("stand against what their group earned from the same decision on, those without company against nothing", () => {
    // Returns with gamma 0.5: [0.5, 1], [0, 0], [1, 0, 0].
    const group = [episode(0, 1), episode(0, 0), episode(1, 0, 0)];
    const found = advantagesOf(episodeLessons([group], recipeOf({ algorithm: "dr_grpo" }), NOTHING));
    const wanted = [0, 2 / 3, -0.5, -1 / 3, 0.5, -1 / 3, 0];
    expect(found).toHaveLength(wanted.length);
    for (const [i, [first, second, ...more]] of found.entries()) {
      expect(first).toBeCloseTo(wanted[i]!, 9);
      // Every token of a decision is worth the same.
      expect(second).toBe(first);
      expect(more).toEqual([]);
    }
  });

  test("ppo: against what was expected before the decision, which alone is learned", () => {
    const one = episode(0, 1);
    const values = new Map([
      [one.turns[0], 0.2],
      [one.turns[1], 0.6],
    ]);
    const scores: Scores = { ...NOTHING, values: (turn) => [values.get(turn as TurnExperience)!] };
    const recipe = recipeOf({ algorithm: "ppo", gaeLambda: 0.5 });
    const lessons = episodeLessons([[one]], recipe, scores);
    // Deltas: 0 + 0.5 * 0.6 - 0.2 = 0.1, and 1 - 0.6 = 0.4; the first also has 0.25 * 0.4.
    const plain = [0.2, 0.4];
    for (const [i, { values: learned }] of lessons.entries()) {
      expect(learned).toHaveLength(2);
      expect(learned![0]!.before).toBe([0.2, 0.6][i]);
      expect(learned![0]!.return).toBeCloseTo([0.2, 0.6][i]! + plain[i]!, 9);
      expect(learned![1]).toBeUndefined();
    }
    // Of two numbers whitened the one is -1 and the other 1.
    expect(lessons[0]!.advantages[0]).toBeCloseTo(-1, 6);
    expect(lessons[1]!.advantages[1]).toBeCloseTo(1, 6);
  });

  test("ppo: what was expected before the last decision stands for what would have come of an episode that was cut", () => {
    const cut = { ...episode(0, 0, 8), cut: true };
    const before = [0.2, 0.6, 0.4];
    const scores: Scores = {
      ...NOTHING,
      values: (turn) => [before[cut.turns.indexOf(turn as TurnExperience)]!],
    };
    const lessons = episodeLessons([[cut]], recipeOf({ algorithm: "ppo", gaeLambda: 1 }), scores);
    expect(lessons.map(({ experience }) => experience)).toEqual(cut.turns.slice(0, 2));
    expect(lessons[1]!.values![0]!.return).toBeCloseTo(0.5 * 0.4, 9);
    expect(lessons[0]!.values![0]!.return).toBeCloseTo(0.25 * 0.4, 9);
    const ended = recipeOf({ algorithm: "ppo", gaeLambda: 1 });
    ended.episodes!.timeLimit = "end";
    const all = episodeLessons([[cut]], ended, scores);
    expect(all.map(({ values }) => values![0]!.return)).toEqual(
      [2, 4, 8].map((sum) => expect.closeTo(sum, 9)),
    );
  });

  test("the price of moving away is the decision's own", () => {
    const group = [episode(1), episode(1)];
    const scores: Scores = { ...NOTHING, kl: (one) => (one === group[0]!.turns[0] ? [1, 3] : [0, 0]) };
    const recipe = recipeOf({ algorithm: "dr_grpo", klCoefficient: 0.1 });
    const found = advantagesOf(episodeLessons([group], recipe, scores));
    expect(found[0]![0]).toBeCloseTo(-0.2, 9);
    expect(found[1]![0]).toBeCloseTo(0.2, 9);
  });

  test("words are judged where they are said, those of the thought with the thought, and not in what comes of the play", () => {
    // Not in form and wrong; in form and right: the play itself is worth nothing.
    const turn = (format: number, truth: number): TurnExperience => ({
      ...episode(format + truth).turns[0]!,
      terms: { scoring: 0, format, truth },
      conclusionFrom: 1,
    });
    const one = { ...episode(), turns: [turn(0, 0), turn(-1, -0.5)] };
    const found = advantagesOf(episodeLessons([[one]], recipeOf({ algorithm: "dr_grpo" }), NOTHING));
    expect(found).toEqual([
      [0.75, 0.5],
      [-0.75, -0.5],
    ]);
    const ppo = episodeLessons([[one]], recipeOf({ algorithm: "ppo" }), NOTHING);
    expect(ppo.map(({ values }) => values![0]!.return)).toEqual([0, 0]);
  });

  describe("each place by itself", () => {
    const THOUGHT = ["Me 3", " 0, ball", " 9 9.", " Shoot", "</think>"];
    /** Not named: the keeper. */
    const turn = (me: boolean, ball: boolean, scoring: number): TurnExperience => ({
      ...episode(scoring).turns[0]!,
      text: THOUGHT.join(""),
      tokens: THOUGHT.map((_, i) => i),
      logProbabilities: THOUGHT.map(() => -1),
      ends: THOUGHT.map((_, i) => THOUGHT.slice(0, i + 1).join("").length),
      conclusionFrom: 4,
      places: { me, ball, keeper: false },
    });
    test("numbers are judged by the place that they tell, and all else by the play", () => {
      expect(judged(0.4, turn(true, false, 1), turn(true, true, 0))).toEqual([
        [0, 0, -0.2, 0.5, 0.5],
        [0, 0, 0.2, -0.5, -0.5],
      ]);
    });

    test("what a thought leaves out is told to the rest of it", () => {
      const silent = { ...turn(true, true, 0), text: "", ends: THOUGHT.map(() => 0) };
      expect(judged(0.3, turn(true, true, 0), silent)).toEqual([
        [0, 0, 0, 0.1, 0],
        [-0.1, -0.1, -0.1, -0.1, 0],
      ]);
    });
  });
});
