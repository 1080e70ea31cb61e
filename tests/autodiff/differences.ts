/** @file Gradients of the engine beside central differences of a reference in float64. */
import { expect } from "vitest";
import type { GraphBuilder } from "../../agent/graph/index.ts";
import { mul, reduceSum, reshape } from "../../agent/graph/ops/index.ts";
import { integer, type Random } from "../../env/random.ts";
import { gradients } from "../../trainer/autodiff/index.ts";
import { type Evaluated, evaluateAll, float } from "../model/evaluate.ts";
import { type Numbers, sum } from "./array.ts";
import type { Drawn } from "./cases/index.ts";
import { shuffled } from "./draw.ts";

const STEP = 1e-5;
/** Of larger tensors so many elements are tried. */
const SAMPLE = 40;

/**
 * Expects the value, and the gradients of the sum of its elements, each times a random weight, as the reference has
 * them. `inspect` sees the graph when it is whole; `evaluate` runs it.
 */
export async function expectGradients(
  random: Random,
  { parameters, others = [], build, reference }: Drawn,
  inspect?: (g: GraphBuilder) => void,
  evaluate: typeof evaluateAll = evaluateAll,
): Promise<void> {
  const inputs = [...parameters, ...others];
  const expected = reference(...inputs);
  // Few digits: 16 bits hold them.
  const weights = expected.values.map(() => integer(random, 129) / 64 - 1);
  const [value, ...found] = await evaluate([...inputs, float([weights.length], weights)], (g, ...given) => {
    const y = build(g, ...given.slice(0, -1));
    const weighed = mul(g, y, reshape(g, given.at(-1)!, y.shape));
    const loss = reduceSum(g, weighed, [...y.shape.keys()]);
    const all = gradients(g, loss, given.slice(0, parameters.length));
    inspect?.(g);
    return [y, ...all.map((gradient) => gradient!)];
  });
  expectNear(value!, expected.shape, expected.values, 1e-5, "the value");
  const loss = (given: readonly Numbers[]): number =>
    sum(reference(...given).values.map((one, i) => one * weights[i]!));
  parameters.forEach((parameter, i) => {
    const places = shuffled(random, [...parameter.values.keys()]).slice(0, SAMPLE);
    const slopes = places.map((place) => slope(loss, inputs, i, place));
    const { shape, values } = found[i]!;
    expect(shape).toEqual(parameter.shape);
    const tried = { shape: [places.length], values: places.map((place) => values[place]!) };
    expectNear(
      tried,
      tried.shape,
      slopes,
      1e-3,
      `the gradient of input ${i}, ${parameter.shape.join(" x ")}`,
    );
  });
}

function slope(
  loss: (inputs: readonly Numbers[]) => number,
  inputs: readonly Numbers[],
  which: number,
  place: number,
) {
  const moved = (step: number): Numbers[] => {
    const { shape, values } = inputs[which]!;
    return inputs.with(which, { shape, values: values.with(place, values[place]! + step) });
  };
  return (loss(moved(STEP)) - loss(moved(-STEP))) / (2 * STEP);
}

/** Within `share` of the largest value; of tensors that are all but 0, of a hundredth. */
function expectNear(
  { shape, values }: Pick<Evaluated, "shape" | "values">,
  expectedShape: readonly number[],
  expected: readonly number[],
  share: number,
  what: string,
): void {
  expect(shape, what).toEqual(expectedShape);
  const room = share * expected.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-2);
  values.forEach((one, i) => {
    // Not "at least": NaN must fail as well.
    if (!(Math.abs(one - expected[i]!) <= room)) {
      expect.fail(`${what}: ${one} at ${i}; expected ${expected[i]} within ${room}`);
    }
  });
  expect(values).toHaveLength(expected.length);
}
