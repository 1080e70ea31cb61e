/** @file Sampling against probabilities worked out by hand, and against the plain definition. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bell, integer, makeRandom, uniform } from "../../../env/random.ts";
import { sampleToken, type Sampling } from "./sample.ts";

const ALL: Sampling = { temperature: 1, topP: 1, topK: 0 };
const DRAWS = 40_000;

/** Logits of these probabilities; a common addend changes nothing. */
function logitsOf(probabilities: readonly number[], addend = 3): Float32Array {
  return Float32Array.from(probabilities, (one) => Math.log(one) + addend);
}

function countDraws(logits: Float32Array, sampling: Sampling, seed = 1, draws = DRAWS): number[] {
  const random = makeRandom(seed);
  const counts = Array<number>(logits.length).fill(0);
  for (let i = 0; i < draws; i++) counts[sampleToken(logits, sampling, random).token]!++;
  return counts;
}

/** Each within four standard deviations of its binomial. */
function expectFrequencies(counts: readonly number[], probabilities: readonly number[]): void {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  probabilities.forEach((probability, token) => {
    const deviation = Math.sqrt(draws * probability * (1 - probability));
    expect(Math.abs(counts[token]! - draws * probability), `token ${token}`).toBeLessThanOrEqual(
      4 * deviation,
    );
  });
}

describe("how often a token is drawn", () => {
  const P = [0.5, 0.02, 0.25, 0.15, 0.08];
  const squares = P.map((one) => one * one);
  const total = squares.reduce((sum, one) => sum + one, 0);
  it.each([
    ["its probability", P, ALL],
    [
      "that of the sharper softmax at temperature 0.5",
      squares.map((one) => one / total),
      { ...ALL, temperature: 0.5 },
    ],
    ["its share among the two of top-k", [2 / 3, 0, 1 / 3, 0, 0], { ...ALL, topK: 2 }],
    ["its share among the three of top-p", [5 / 9, 0, 2.5 / 9, 1.5 / 9, 0], { ...ALL, topP: 0.8 }],
  ])("is %s", (_what, probabilities, sampling) => {
    expectFrequencies(countDraws(logitsOf(P), sampling), probabilities);
  });

  it("spreads over many tokens that are all alike", () => {
    const counts = countDraws(new Float32Array(400), ALL, 2, 80_000);
    const chiSquare = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // 399 degrees of freedom: mean 399, deviation 28.2.
    expect(Math.abs(chiSquare - 399)).toBeLessThan(4 * 28.2);
  });
});

describe("which tokens top-k and top-p leave", () => {
  // At temperature 2 these become 0.8 : 0.4 : 0.4 : 0.2, that is 0.444, 0.222, 0.222, 0.111.
  const SQUARES = [0.64, 0.16, 0.16, 0.04];
  const P = [0.1, 0.5, 0.15, 0.25];
  const table: [probabilities: number[], sampling: Partial<Sampling>, kept: number[]][] = [
    [P, {}, [0, 1, 2, 3]],
    [P, { topP: 0.49 }, [1]],
    [P, { topP: 0.51 }, [1, 3]],
    [P, { topP: 0.74 }, [1, 3]],
    [P, { topP: 0.76 }, [1, 2, 3]],
    [P, { topP: 0.91 }, [0, 1, 2, 3]],
    [P, { topP: 1e-9 }, [1]],
    [P, { topK: 1 }, [1]],
    [P, { topK: 3 }, [1, 2, 3]],
    [P, { topK: 9 }, [0, 1, 2, 3]],
    // Of the three that top-k leaves, the likeliest has 0.5 / 0.9 = 0.556.
    [P, { topK: 3, topP: 0.55 }, [1]],
    [P, { topK: 3, topP: 0.56 }, [1, 3]],
    [P, { topK: 2, topP: 0.67 }, [1, 3]],
    [SQUARES, { topP: 0.5 }, [0]],
    [SQUARES, { topP: 0.5, temperature: 2 }, [0, 1]],
    [SQUARES, { topP: 0.7, temperature: 2 }, [0, 1, 2]],
    // Of equals the first come first.
    [[0.25, 0.25, 0.25, 0.25], { topK: 2 }, [0, 1]],
    [[0.25, 0.25, 0.25, 0.25], { topP: 0.7 }, [0, 1, 2]],
  ];
  it.each(table)("of %j with %j: %j", (probabilities, sampling, kept) => {
    const counts = countDraws(logitsOf(probabilities), { ...ALL, ...sampling }, 3, 2000);
    expect(counts.flatMap((count, token) => (count > 0 ? [token] : []))).toEqual(kept);
  });

  it("are those of the plain definition for any logits", () => {
    const logits = fc.array(fc.float({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 60 });
    const sampling = fc.record({
      temperature: fc.double({ min: 0.2, max: 3, noNaN: true }),
      topP: fc.double({ min: 0.05, max: 1, noNaN: true }),
      topK: fc.integer({ min: 0, max: 70 }),
    });
    fc.assert(
      fc.property(logits, sampling, fc.integer(), (values, how, seed) => {
        const kept = plainNucleus(values, how);
        const random = makeRandom(seed);
        for (let i = 0; i < 40; i++) {
          expect(kept).toContain(sampleToken(Float32Array.from(values), how, random).token);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("temperature 1 without top-k and top-p", () => {
  it("takes the token at which the sum of all probabilities, in their order, passes the drawn number", () => {
    const random = makeRandom(9);
    for (let i = 0; i < 3000; i++) {
      // From flat ones to such as leave a single token.
      const spread = 40 * uniform(random) ** 2;
      const logits = Float32Array.from({ length: 1 + integer(random, 300) }, () => spread * bell(random));
      const copy = Uint32Array.from(random);
      const peak = Math.max(...logits);
      const masses = Array.from(logits, (logit) => Math.exp(logit - peak));
      let rest = uniform(copy) * masses.reduce((sum, mass) => sum + mass, 0);
      const expected = masses.findIndex((mass) => (rest -= mass) < 0);
      expect(sampleToken(logits, ALL, random).token).toBe(expected);
    }
  });
});

describe("temperature 0", () => {
  it.each([
    [[0.1, 0.7, 0.2], 1],
    [[0.4, 0.2, 0.4], 0],
  ])("takes the likeliest of %j: %i, and draws no number", (probabilities, best) => {
    const random = makeRandom(5);
    const before = [...random];
    expect(sampleToken(logitsOf(probabilities), { ...ALL, temperature: 0 }, random).token).toBe(best);
    expect([...random]).toEqual(before);
  });
});

describe("what is told beside a token", () => {
  const P = [0.1, 0.5, 0.15, 0.25];

  it("is its log-probability at temperature 1 among all tokens, however it was drawn", () => {
    const random = makeRandom(6);
    for (const sampling of [ALL, { temperature: 3, topP: 0.9, topK: 3 }, { ...ALL, temperature: 0 }]) {
      const { token, logProbability } = sampleToken(logitsOf(P), sampling, random);
      expect(logProbability).toBeCloseTo(Math.log(P[token]!), 6);
    }
  });

  it.each([
    [0, []],
    [1, [1]],
    [3, [1, 3, 2]],
    [9, [1, 3, 2, 0]],
  ])("are the %i likeliest tokens, best first", (count, tokens) => {
    const { top } = sampleToken(logitsOf(P), ALL, makeRandom(7), count);
    expect(top.map(({ token }) => token)).toEqual(tokens);
    top.forEach(({ token, logProbability }) => expect(logProbability).toBeCloseTo(Math.log(P[token]!), 6));
  });

  it("holds for logits whose exponentials are beyond numbers", () => {
    const { top } = sampleToken(logitsOf(P, 1000), ALL, makeRandom(8), 4);
    top.forEach(({ token, logProbability }) => expect(logProbability).toBeCloseTo(Math.log(P[token]!), 3));
  });
});

/** With a hair more than top-p, so that roundings do not matter. */
function plainNucleus(values: readonly number[], { temperature, topP, topK }: Sampling): number[] {
  const order = values
    .map((value, token) => ({ token, mass: Math.exp(value / temperature) }))
    .sort((a, b) => b.mass - a.mass || a.token - b.token)
    .slice(0, topK || undefined);
  const total = order.reduce((sum, { mass }) => sum + mass, 0);
  let before = 0;
  return order
    .filter(({ mass }) => {
      const isKept = before < (topP + 1e-9) * total;
      before += mass;
      return isKept;
    })
    .map(({ token }) => token);
}
