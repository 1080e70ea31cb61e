import { expect, test } from "vitest";
import { ratesOf } from "./learning.ts";

test("the rate falls to its minimum at the step that is named, and stays there", () => {
  const schedule = { decay: "cosine", warmupSteps: 2, minimumRate: 1 } as const;
  const rates = (named: object, steps: number): number[] =>
    Array.from({ length: steps }, (_, i) =>
      ratesOf({ learningRate: 3, schedule: { ...schedule, ...named } }, steps)(i + 1),
    );
  expect(rates({ decaySteps: 6 }, 9)).toEqual([...rates({}, 6), 1, 1, 1]);
  expect(rates({}, 9)[5]).toBeGreaterThan(1);
});

test("the last step learns where nothing is said of the least rate, be it the only one", () => {
  const schedule = { decay: "cosine", minimumRate: 0 } as const;
  for (const steps of [1, 2, 50]) {
    const rateAt = ratesOf({ learningRate: 1, schedule }, steps);
    expect(rateAt(steps)).toBeGreaterThan(0);
    expect(rateAt(steps + 1)).toBe(0);
  }
});
