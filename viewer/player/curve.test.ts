/** @file Curves are thinned, joined, read and named as they should be. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extend, inOrder, nearestPlace, placeAt, smooth, thin, ticks, titleOf } from "./curve.ts";

const anyCurve = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 })
  .map((values) => ({
    name: "charts/reward",
    steps: values.map((_, i) => 3 * i + 1),
    values,
  }));

describe("a thinned curve", () => {
  test("has no more points than asked for, all of them its own, with its lowest, its highest and its last", () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 4, max: 50 }), (curve, most) => {
        const { steps, values } = thin(curve, most);
        expect(steps.length).toBeLessThanOrEqual(most);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        steps.forEach((step, i) => expect(curve.values[(step - 1) / 3]).toBe(values[i]));
        expect(steps.at(-1)).toBe(curve.steps.at(-1));
        expect(Math.max(...values)).toBe(Math.max(...curve.values));
        expect(Math.min(...values)).toBe(Math.min(...curve.values));
      }),
    );
  });
});

describe("a growing curve", () => {
  const curve = { name: "a", steps: [1, 2], values: [5, 6] };

  test("has the new points at its end, and a new name is a new curve", () => {
    const other = { name: "b", steps: [3], values: [1] };
    expect(extend([curve], [{ name: "a", steps: [3], values: [7] }, other], 10)).toEqual([
      { name: "a", steps: [1, 2, 3], values: [5, 6, 7] },
      other,
    ]);
  });

  test("that was thinned many times keeps as much of its beginning as of its end", () => {
    let [curve, step] = [{ name: "a", steps: [] as number[], values: [] as number[] }, 0];
    while (step < 20_000) {
      curve.steps.push(++step);
      curve.values.push(Math.sin(step));
      if (curve.steps.length > 400) {
        const { steps, values } = thin(curve, 200);
        curve = { name: "a", steps: [...steps], values: [...values] };
      }
    }
    const { steps } = thin(curve, 100);
    const early = steps.filter((at) => at <= 10_000).length;
    expect(Math.abs(early - steps.length / 2)).toBeLessThan(steps.length / 8);
  });

  test("never grows beyond its bound", () => {
    let curves: readonly { name: string; steps: readonly number[]; values: readonly number[] }[] = [curve];
    for (let step = 3; step < 500; step++) {
      curves = extend(curves, [{ name: "a", steps: [step], values: [step % 5] }], 40);
      expect(curves[0]!.steps.length).toBeLessThanOrEqual(40);
      expect(curves[0]!.steps.at(-1)).toBe(step);
    }
  });
});

test.each([
  [0, -1, 0],
  [10, 0, 0],
  [14, 0, 0],
  [16, 0, 1],
  [20, 1, 1],
  [99, 2, 2],
])("at step %i lies the point %i, and %i is the nearest", (step, before, nearest) => {
  const curve = { name: "a", steps: [10, 20, 30], values: [1, 2, 3] };
  expect(placeAt(curve, step)).toBe(before);
  expect(nearestPlace(curve, step)).toBe(nearest);
});

test("a smooth line keeps what is level and halves what jumps, by steps and not by points", () => {
  expect(smooth({ name: "a", steps: [1, 2, 3, 4], values: [3, 3, 3, 3] }, 2)).toEqual([3, 3, 3, 3]);
  expect(smooth({ name: "a", steps: [1, 2, 3, 4, 5], values: [0, 6, 0, 6, 0] }, 1)).toEqual([3, 2, 4, 2, 3]);
  expect(smooth({ name: "a", steps: [1, 2, 30], values: [0, 6, 9] }, 5)).toEqual([3, 3, 9]);
});

test.each([
  ["charts/reward", "Reward", "Reward"],
  ["rewards/accuracy", "Reward for being right", "Reward"],
  ["rewards/goal_distance", "Reward for goal distance", "Reward"],
  ["success/academy_corner", "Success in academy corner", "Success"],
  ["charts/response_length", "Response length, tokens", "Answers"],
  ["losses/clip_fraction", "Share of clipped tokens", "Answers"],
  ["losses/something_new", "Something new", "Learning"],
  ["eval/loss", "Loss on data that is not learned", "Learning"],
  ["eval/success/academy_corner", "Success in academy corner, held out", "Success"],
  ["accuracy/lane", "Right answers: lane", "Answers"],
  ["charts/truncated", "Answers cut off", "Answers"],
  ["charts/kl", "Distance from the first policy, KL", "Answers"],
  ["charts/lessons_per_second", "Lessons per second", "Pace"],
  ["time/rollout", "Trying, seconds", "Pace"],
  ["charts/SPS", "Steps a second", "Pace"],
  ["of_my_own", "Of my own", "More"],
  ["constructor", "Constructor", "More"],
])("%s is called %j and stands under %s", (name, title, group) => {
  expect(titleOf(name)).toEqual({ title, group });
});

test("the reward comes first, what is not known last", () => {
  const curves = ["x10", "losses/kl", "x9", "charts/reward"].map((name) => ({
    name,
    steps: [],
    values: [],
  }));
  expect(inOrder(curves).map(({ name }) => name)).toEqual(["charts/reward", "losses/kl", "x9", "x10"]);
});

test.each([
  [0, 1, [0, 0.5, 1]],
  [-0.12, 0.95, [0, 0.5]],
  [180, 320, [200, 250, 300]],
  [5, 5, [5]],
])("from %d to %d there are lines at %j", (low, high, marks) => {
  expect(ticks(low, high, 3).map((mark) => Number(mark.toPrecision(6)))).toEqual(marks);
});
