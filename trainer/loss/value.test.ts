/** @file The value's loss on cases that can be worked out by hand; tests/reference holds it against torch. */
import { describe, expect, it, test } from "vitest";
import { runLoss } from "../../tests/loss/run.ts";
import { combine, explainedVariance, policyLoss, valueLoss } from "./index.ts";

const HEAD = { shape: [1, 1], values: [1] };

function setup(values: number[], rows: Record<string, ArrayLike<number>>) {
  return {
    parameters: {
      hidden: { shape: [values.length, 1], values },
      head: HEAD,
      "value_head.weight": { shape: [1, 1], values: [2] },
      "value_head.bias": { shape: [1], values: [0.5] },
    },
    labels: values.map(() => 0),
    rows: { weights: values.map(() => 1 / values.length), ...rows },
  };
}

describe("one row of value 1", () => {
  const table: [name: string, old: number, wanted: number, loss: number, slope: number, clipped: number][] = [
    ["has not moved", 1, 3, 2, -2, 0],
    ["is right", 1, 1, 0, 0, 0],
    ["has moved a little towards it", 0.875, 3, 2, -2, 0],
    ["has moved far towards it: clipped", 0.5, 3, 2.645, 0, 1],
    ["has moved far away from it", 2, 3, 2, -2, 0],
    ["has moved far down towards it: clipped", 2, -1, 3.92, 0, 1],
  ];
  it.each(table)("%s", async (_name, old, wanted, loss, slope, clipped) => {
    const found = await runLoss(valueLoss(), setup([0.25], { old_values: [old], returns: [wanted] }));
    expect(found.loss).toBeCloseTo(loss, 5);
    expect(found.metrics["value_clip_fraction"]).toBe(clipped);
    expect(found.metrics["value"]).toBe(1);
    expect(found.gradients["value_head.bias"]![0]).toBeCloseTo(slope, 5);
    expect(found.gradients["value_head.weight"]![0]).toBeCloseTo(slope / 4, 5);
    expect(found.gradients["hidden"]![0]).toBeCloseTo(2 * slope, 5);
  });

  it("without a clip wants no old values", async () => {
    const found = await runLoss(valueLoss({ clip: Infinity }), setup([0.25], { returns: [3] }));
    expect(found.loss).toBe(2);
  });

  it("refuses a clip that lets nothing move", () => {
    const message = "clip is 0; expected a number above 0, or Infinity.";
    expect(() => valueLoss({ clip: 0 })).toThrow(expect.objectContaining({ code: "trainer/loss", message }));
  });
});

test("the explained variance is what its formula gives", async () => {
  const hidden = [0.25, 1, -2, 0.5];
  const returns = [1, 2, -2, 4];
  const values = hidden.map((x) => 2 * x + 0.5);
  for (const weights of [
    [0.25, 0.25, 0.25, 0.25],
    [1, 0, 2, 0.5],
  ]) {
    const { metrics } = await runLoss(valueLoss({ clip: Infinity }), setup(hidden, { returns, weights }));
    const variance = (numbers: number[]): number => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const mean = numbers.reduce((sum, x, i) => sum + weights[i]! * x, 0) / total;
      return numbers.reduce((sum, x, i) => sum + weights[i]! * (x - mean) ** 2, 0) / total;
    };
    const expected = 1 - variance(returns.map((x, i) => x - values[i]!)) / variance(returns);
    const { value, value_squared_error } = metrics as Record<"value" | "value_squared_error", number>;
    expect(explainedVariance({ value, value_squared_error }, returns, weights)).toBeCloseTo(expected, 5);
  }
  expect(explainedVariance({ value: 1, value_squared_error: 1 }, [2, 2], [0.5, 0.5])).toBeNaN();
});

describe("combine", () => {
  test("adds losses with their coefficients, and gradients with them", async () => {
    const rows = {
      old_values: [0.5, 1],
      returns: [3, 0],
      advantages: [0, 0],
      old_log_probabilities: [0, 0],
    };
    const alone = await runLoss(valueLoss(), setup([0.25, 1], rows));
    const combined = combine([
      [policyLoss(), 1],
      [valueLoss(), 0.5],
    ]);
    const both = await runLoss(combined, setup([0.25, 1], rows));
    expect(both.loss).toBeCloseTo(0.5 * alone.loss, 6);
    expect(both.gradients["value_head.bias"]![0]).toBeCloseTo(
      0.5 * alone.gradients["value_head.bias"]![0]!,
      6,
    );
    expect(both.metrics).toMatchObject({ ...alone.metrics, policy_loss: expect.any(Number) });
  });

  test("refuses nothing, and the same metric twice", async () => {
    expect(() => combine([])).toThrow(expect.objectContaining({ code: "trainer/loss" }));
    const twice = combine([
      [valueLoss({ clip: Infinity }), 1],
      [valueLoss({ clip: Infinity }), 1],
    ]);
    await expect(runLoss(twice, setup([1], { returns: [1] }))).rejects.toMatchObject({
      code: "trainer/loss",
      message: 'Two of the losses tell a metric "value_loss"; combine each once.',
    });
  });
});
