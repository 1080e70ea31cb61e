/** @file The policy's loss on cases that can be worked out by hand; tests/reference holds it against torch. */
import { describe, expect, it, test } from "vitest";
import { distance, type Found, runLoss } from "../../tests/loss/run.ts";
import { type Estimator, policyLoss, type PolicyLossOptions } from "./index.ts";

/** One token of two that are equally likely, so that its probability is a half, and its slope by its logit a quarter. */
function oneRow(
  options: Partial<PolicyLossOptions>,
  rows: { ratio: number; advantage: number; weight?: number; away?: number },
): Promise<Found> {
  const { ratio, advantage, weight = 1, away = 0 } = rows;
  return runLoss(policyLoss(options), {
    parameters: {
      hidden: { shape: [1, 2], values: [0, 0] },
      head: { shape: [2, 2], values: [1, 0, 0, 1] },
    },
    labels: [1],
    rows: {
      advantages: [advantage],
      old_log_probabilities: [Math.log(0.5) - Math.log(ratio)],
      reference_log_probabilities: [Math.log(0.5) - away],
      weights: [weight],
    },
  });
}

describe("one row", () => {
  // `slope`: of the loss by the logarithm of the probability.
  const table: [name: string, ratio: number, advantage: number, loss: number, slope: number][] = [
    ["has not moved, did well", 1, 2, -2, -2],
    ["has not moved, did badly", 1, -2, 2, 2],
    ["has moved up a little, did well", 1.1, 2, -2.2, -2.2],
    ["has moved up too far, did well: clipped", 1.5, 2, -2.4, 0],
    ["has moved up far, did badly: not clipped", 1.5, -2, 3, 3],
    ["has moved down too far, did badly: clipped", 0.5, -2, 1.6, 0],
    ["has moved down far, did well: not clipped", 0.5, 2, -1, -1],
    ["has moved up, no advantage", 1.5, 0, 0, 0],
    ["has moved down, no advantage", 0.5, 0, 0, 0],
  ];
  it.each(table)("%s", async (_name, ratio, advantage, loss, slope) => {
    const found = await oneRow({}, { ratio, advantage });
    expect(found.loss).toBeCloseTo(loss, 5);
    expect(found.metrics["ratio"]).toBeCloseTo(ratio, 5);
    expect(found.metrics["approx_kl"]).toBeCloseTo(ratio - 1 - Math.log(ratio), 5);
    expect(found.metrics["clip_fraction"]).toBe(slope === 0 && advantage !== 0 ? 1 : 0);
    // d log p / d logit is 1 - p of the token itself, and -p of the other.
    expect(found.gradients["logits"]![1]).toBeCloseTo(slope / 2, 5);
    expect(found.gradients["logits"]![0]).toBeCloseTo(-slope / 2, 5);
  });

  it.each([
    ["low", { clipLow: 0.6 }, 0.5, -2, 1],
    ["high", { clipHigh: 0.6 }, 1.5, 2, -3],
    ["high, by a little", { clipHigh: 0.28 }, 1.5, 2, -2.56],
    ["above for what did badly", { dualClip: 3 }, 5, -2, 6],
    ["above for what did badly, within", { dualClip: 3 }, 2.5, -2, 5],
    ["above, but not for what did well", { dualClip: 3, clipHigh: 9 }, 5, 2, -10],
  ] as const)("clips %s where it is told", async (_name, options, ratio, advantage, loss) => {
    expect((await oneRow(options, { ratio, advantage })).loss).toBeCloseTo(loss, 5);
  });

  it.each([
    [1e20, -2],
    [1e20, 2],
    [1e-30, -2],
    [1e-30, 2],
  ])("stays finite with a ratio of %f and an advantage of %f", async (ratio, advantage) => {
    const found = await oneRow({ kl: { coefficient: 1, estimator: "k3" } }, { ratio, advantage, away: -200 });
    const numbers = [found.loss, ...Object.values(found.metrics), ...Object.values(found.gradients).flat()];
    expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
  });
});

describe("the price of moving away from a reference", () => {
  const table: [estimator: Estimator, value: (d: number) => number, slope: (d: number) => number][] = [
    ["k1", (d) => d, () => 1],
    ["k2", (d) => (d * d) / 2, (d) => d],
    ["k3", (d) => Math.exp(-d) - 1 + d, (d) => 1 - Math.exp(-d)],
  ];
  test.each(table)("%s", async (estimator, value, slope) => {
    for (const away of [-2, -0.1, 0, 0.1, 2, 60]) {
      const kl = { coefficient: 0.5, estimator };
      const found = await oneRow({ kl }, { ratio: 1, advantage: 0, away });
      expect(found.metrics["kl"]! / Math.max(1, value(away))).toBeCloseTo(
        value(away) / Math.max(1, value(away)),
        5,
      );
      expect(found.loss).toBeCloseTo(0.5 * found.metrics["kl"]!, 5);
      expect(found.gradients["logits"]![1]).toBeCloseTo((0.5 * slope(away)) / 2, 4);
    }
  });
});

test("rows that weigh nothing count for nothing, whatever they hold", async () => {
  const hidden = [0.5, -1, 2, 0.25, 0, 1, -3, 0.5, 40, -40, 0, 5];
  const setup = (rows: number[]) => ({
    parameters: {
      hidden: { shape: [rows.length, 3], values: rows.flatMap((row) => hidden.slice(3 * row, 3 * row + 3)) },
      head: { shape: [3, 3], values: [1, 0.5, 0, -1, 2, 0.25, 0, 0, 1] },
    },
    labels: rows.map((row) => row % 3),
    rows: {
      advantages: rows.map((row) => [1, 1e20, -2, -1e20][row]!),
      old_log_probabilities: rows.map((row) => [-1, -1e4, -2, 0][row]!),
      reference_log_probabilities: rows.map((row) => [-1.5, 0, -1, -1e4][row]!),
      weights: rows.map((row) => [0.5, 0, 0.5, 0][row]!),
    },
  });
  const loss = policyLoss({ entropyCoefficient: 0.1, kl: { coefficient: 0.1, estimator: "k3" } });
  const [all, some] = [await runLoss(loss, setup([0, 1, 2, 3])), await runLoss(loss, setup([0, 2]))];
  expect(all.loss).toBeCloseTo(some.loss, 5);
  expect(distance(Object.values(all.metrics), Object.values(some.metrics))).toBeLessThan(1e-6);
  expect(distance(all.gradients["head"]!, some.gradients["head"]!)).toBeLessThan(1e-6);
  expect(all.gradients["hidden"]!.slice(3, 6).map(Math.abs)).toEqual([0, 0, 0]);
});

describe("settings that make no sense", () => {
  test.each([
    [{ clipLow: 0 }, "clipLow is 0; expected a number above 0 and up to 1."],
    [{ clipLow: 1.5 }, "clipLow is 1.5; expected a number above 0 and up to 1."],
    [{ clipHigh: -0.2 }, "clipHigh is -0.2; expected a number above 0, or Infinity."],
    [{ dualClip: 1 }, "dualClip is 1; expected a number above 1, or Infinity."],
    [{ temperature: 0 }, "temperature is 0; expected a number above 0, the temperature of the sampling."],
    [{ entropyCoefficient: NaN }, "entropyCoefficient is NaN; expected a finite number."],
    [
      { kl: { coefficient: -1, estimator: "k3" } },
      "kl.coefficient is -1; expected a number that is not negative.",
    ],
  ] as const)("%j", (options, message) => {
    expect(() => policyLoss(options)).toThrow(expect.objectContaining({ code: "trainer/loss", message }));
  });
});
