/** @file Advantages: tables worked out by hand, and what must hold of any numbers. */
import { describe, expect, it, test } from "vitest";
import { type Group, type Sample } from "./index.ts";
import * as advantage from "./index.ts";

const near = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((one, i) => expect(one).toBeCloseTo(expected[i]!, 10));
};
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

/** Numbers in [-1, 1) that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const next = numbers(7);
const sampled = (reward: number, tokens: number): Sample => ({
  reward,
  kl: Array.from({ length: tokens }, () => next() / 10),
});
/** Groups of 4, 3 and 5 samples of 1 to 6 tokens, with rewards such as the rule gives. */
const GROUPS: Group[] = [4, 3, 5].map((size, g) =>
  Array.from({ length: size }, (_, i) => sampled([0, 0.5, 1.5, 1, 0][(g + i) % 5]!, 1 + ((g * 5 + i) % 6))),
);

describe("a group's rewards", () => {
  const table: [name: string, method: advantage.Baseline, rewards: number[], expected: number[]][] = [
    ["centred", advantage.centred, [1.5, 0.5, 0, 0], [1, 0, -0.5, -0.5]],
    ["left out", advantage.leaveOneOut, [1.5, 0.5, 0, 0], [4 / 3, 0, -2 / 3, -2 / 3]],
    // std of 0, 1, 2 by n - 1 is 1.
    ["standardised", advantage.standardised, [0, 1, 2], [-1 / (1 + 1e-9), 0, 1 / (1 + 1e-9)]],
    ["centred, all alike", advantage.centred, [1.5, 1.5], [0, 0]],
    ["left out, all alike", advantage.leaveOneOut, [1.5, 1.5], [0, 0]],
    ["standardised, all alike", advantage.standardised, [1.5, 1.5, 1.5], [0, 0, 0]],
  ];
  it.each(table)("%s", (_name, method, rewards, expected) => near(method(rewards), expected));

  it.each([
    ["centred", advantage.centred],
    ["left out", advantage.leaveOneOut],
    ["standardised", advantage.standardised],
  ])("%s add up to 0, whatever is added to all of them", (_name, method) => {
    const rewards = Array.from({ length: 9 }, next);
    expect(sum(method(rewards))).toBeCloseTo(0, 10);
    near(method(rewards.map((reward) => reward + 3)), method(rewards));
  });
});

describe("rewards of tokens", () => {
  const kl = [0.5, -1, 2];
  test("are the price of divergence, and for the last the reward, too", () =>
    near(advantage.tokenRewards({ reward: 1.5, kl }, { klCoefficient: 0.1 }), [-0.05, 0.1, 1.3]));
  test.each([
    [12, 10],
    [-12, -10],
  ])("clip a reward of %d to %d, but not the price", (reward, clipped) =>
    near(advantage.tokenRewards({ reward, kl: [50, 50] }, { klCoefficient: 1 }), [-50, clipped - 50]),
  );
});

test("returns are what is still to come", () => {
  near(advantage.discountedReturns([1, 0, 2]), [3, 2, 2]);
  near(advantage.discountedReturns([1, 0, 2], 0.5), [1.5, 1, 2]);
  near(advantage.discountedReturns([1, 0, 2], 0.5, 4), [2, 2, 4]);
});

describe("whitening", () => {
  test("gives the mean 0 and the deviation 1 over all tokens, long sequences counting more", () => {
    const white = advantage.whiten([[3, 5], [1], [7, -2, 0.5]]).flat();
    expect(sum(white) / 6).toBeCloseTo(0, 10);
    expect(sum(white.map((one) => one * one)) / 6).toBeCloseTo(1, 10);
    near(advantage.whiten([[1, 1, 1], [5]])[0]!, Array(3).fill(-1 / Math.sqrt(3)));
  });
  test("makes nothing of values that are all alike, or are none", () => {
    expect(advantage.whiten([[2, 2], [2]])).toEqual([[0, 0], [0]]);
    expect(advantage.whiten([])).toEqual([]);
  });
});

describe("groups", () => {
  const pair: Group[] = [
    [
      { reward: 1, kl: [0, 0] },
      { reward: 0, kl: [0, 0] },
    ],
  ];
  test.each([
    ["reinforce_baseline", 1],
    // Whitening takes RLOO's factor n / (n - 1) away again where all groups have one size.
    ["rloo", 1],
    ["grpo", 0.5 / (Math.SQRT1_2 + 1e-9)],
    ["dr_grpo", 0.5],
  ] as const)("%s of one that did well and one that did not", (name, expected) => {
    const [good, bad] = advantage.GROUP_ESTIMATORS[name](pair)[0]!;
    near(good!, [expected, expected]);
    near(bad!, [-expected, -expected]);
  });

  test.each(["grpo", "dr_grpo"] as const)(
    "%s: the price of divergence is summed from each token on",
    (name) => {
      const kl = [1, 2, 3];
      const groups = [[1, 1].map((reward) => ({ reward, kl }))];
      near(advantage.GROUP_ESTIMATORS[name](groups, { klCoefficient: 0.1 })[0]![0]!, [-0.6, -0.5, -0.3]);
    },
  );

  test.each(["reinforce_baseline", "rloo"] as const)("%s is white over the tokens of all groups", (name) => {
    const tokens = advantage.GROUP_ESTIMATORS[name](GROUPS, { klCoefficient: 0.5 }).flat(2);
    expect(tokens).toHaveLength(sum(GROUPS.flat().map(({ kl }) => kl.length)));
    expect(sum(tokens) / tokens.length).toBeCloseTo(0, 10);
    expect(sum(tokens.map((one) => one * one)) / tokens.length).toBeCloseTo(1, 10);
  });

  test("reinforce_baseline is dr_grpo, whitened", () => {
    const plain = advantage.drGrpo(GROUPS, { klCoefficient: 0.5 });
    const white = advantage.whiten(plain.flat());
    expect(advantage.reinforceBaseline(GROUPS, { klCoefficient: 0.5 }).flat()).toEqual(white);
  });

  test("the baseline is a group's own: a prompt that is easy is no merit", () => {
    const easier = GROUPS.map((group, g) =>
      group.map((sample) => ({ ...sample, reward: sample.reward + g })),
    );
    advantage
      .drGrpo(easier)
      .forEach((group, g) => group.forEach((tokens, i) => near(tokens, advantage.drGrpo(GROUPS)[g]![i]!)));
  });

  test.each<[what: string, groups: Group[], message: RegExp]>([
    ["one sample", [[{ reward: 1, kl: [0] }]], /Group 0 has 1 sample; expected two or more/],
    ["no token", [[sampled(1, 1), { reward: 1, kl: [] }]], /has 0 tokens and the reward 1/],
    ["no reward", [[sampled(1, 1), { reward: NaN, kl: [0] }]], /the reward NaN; expected finite numbers/],
    ["no divergence", [[sampled(1, 1), { reward: 1, kl: [Infinity] }]], /expected finite numbers/],
  ])("refuses %s", (_what, groups, message) => {
    for (const method of Object.values(advantage.GROUP_ESTIMATORS))
      expect(() => method(groups)).toThrow(message);
  });
});

describe("gae", () => {
  const rewards = [0, 1, 0.5];
  const values = [0.5, 0.25, 1];
  const table: [what: string, options: object, after: number, expected: number[]][] = [
    // Deltas: -0.25, 1.75, -0.5.
    ["lambda 0: the surprise of each step", { gaeLambda: 0 }, 0, [-0.25, 1.75, -0.5]],
    ["lambda 0.5", { gaeLambda: 0.5 }, 0, [0.5, 1.5, -0.5]],
    // Deltas: -0.375, 1.25, -0.5.
    ["gamma and lambda 0.5", { gamma: 0.5, gaeLambda: 0.5 }, 0, [-0.09375, 1.125, -0.5]],
    ["cut short", { gamma: 0.5, gaeLambda: 0 }, 3, [-0.375, 1.25, 1]],
  ];
  it.each(table)("%s", (_what, options, after, expected) =>
    near(advantage.generalisedAdvantages(rewards, values, options, after), expected),
  );

  it.each([1, 0.7])("with lambda 1 and gamma %f is the return minus the value", (gamma) => {
    const rewards = Array.from({ length: 8 }, next);
    const values = Array.from({ length: 8 }, next);
    const returns = advantage.discountedReturns(rewards, gamma, 2);
    near(
      advantage.generalisedAdvantages(rewards, values, { gamma }, 2),
      returns.map((one, t) => one - values[t]!),
    );
  });

  it("whitens the advantages and not the returns", () => {
    const samples = GROUPS.flat().map(({ reward, kl }) => ({ reward, kl, values: kl.map(next) }));
    const { advantages, returns } = advantage.gae(samples, { klCoefficient: 0.5 });
    const tokens = advantages.flat();
    expect(sum(tokens) / tokens.length).toBeCloseTo(0, 10);
    expect(sum(tokens.map((one) => one * one)) / tokens.length).toBeCloseTo(1, 10);
    samples.forEach((sample, i) =>
      near(returns[i]!, advantage.discountedReturns(advantage.tokenRewards(sample, { klCoefficient: 0.5 }))),
    );
  });

  it("wants a value for each token", () => {
    expect(() => advantage.gae([{ reward: 1, kl: [0, 0], values: [0] }])).toThrow(/2 rewards and 1 values/);
  });
});

describe("turns", () => {
  it("discounts by the decision and whitens over all of them", () => {
    // Returns: 0.25, 0.5, 1 and 0.
    const [scored, failed] = advantage.turnAdvantages([[0, 0, 1], [0]], 0.5);
    const deviation = Math.sqrt((0.1875 ** 2 + 0.0625 ** 2 + 0.5625 ** 2 + 0.4375 ** 2) / 4);
    near(scored!, [-0.1875 / deviation, 0.0625 / deviation, 0.5625 / deviation]);
    near(failed!, [-0.4375 / deviation]);
  });
  it("gives each token what its decision earned", () =>
    expect(advantage.overTokens([2, -1], [3, 1])).toEqual([[2, 2, 2], [-1]]));
});

describe("branches of one snapshot", () => {
  const branches = [[0, 1], [0.5], [0, 0, 1]];
  it("hold a decision against its alternatives", () => {
    near(advantage.branchAdvantages(branches, 0.5), [1 / 12, 1 / 12, -1 / 6]);
    near(advantage.branchAdvantages(branches, 0.5, advantage.leaveOneOut), [1 / 8, 1 / 8, -1 / 4]);
  });
  it.each([[[]], [[[1]]], [[[1], []]]])("refuses %j", (branches: number[][]) => {
    expect(() => advantage.branchAdvantages(branches, 1)).toThrow(/expected two or more/);
  });
});
