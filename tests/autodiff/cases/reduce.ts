/** @file Cases of operators over whole axes. */
import { MICROSOFT } from "../../../agent/graph/index.ts";
import * as ops from "../../../agent/graph/ops/index.ts";
import { between, chance, integer } from "../../../env/random.ts";
import { type Given, ints } from "../../model/evaluate.ts";
import { at, elementwise, reduced, sum, tabulate } from "../array.ts";
import { drawAxes, drawAxis, drawDistinct, drawNumbers, fixedAxis, given, shuffled } from "../draw.ts";
import type { OpCase } from "./case.ts";

/** Over one axis or several of ranks 1 to 5, counted from either end, kept or not. */
function over(
  build: typeof ops.reduceSum,
  f: (values: readonly number[]) => number,
  draws: typeof drawNumbers = drawNumbers,
): OpCase {
  return (random, draw) => {
    const rank = 1 + (draw % 5);
    const some = shuffled(random, [...Array(rank).keys()]).slice(integer(random, rank));
    const axes = some.map((axis) => (chance(random, 0.5) ? axis : axis - rank));
    const keep = chance(random, 0.5);
    return {
      parameters: [draws(random, drawAxes(random, rank))],
      build: (g, x) => build(g, x, axes, keep),
      reference: (x) => reduced(x, some, keep, f),
    };
  };
}

export const ReduceSum = over(ops.reduceSum, sum);
export const ReduceMean = over(ops.reduceMean, (values) => sum(values) / values.length);
export const ReduceMax = over(ops.reduceMax, (values) => Math.max(...values), drawDistinct);

export const Softmax: OpCase = (random, draw) => ({
  parameters: [drawNumbers(random, drawAxes(random, 1 + (draw % 5)), -4, 4)],
  build: (g, x) => ops.softmax(g, x),
  reference: (x) => {
    const masses = elementwise(Math.exp)(x);
    const mass = reduced(masses, [x.shape.length - 1], true, sum);
    return elementwise((a, b) => a / b)(masses, mass);
  },
});

export const SimplifiedLayerNormalization: OpCase = (random, draw) => {
  const size = fixedAxis(2 + integer(random, 4));
  const epsilon = draw % 2 === 0 ? 1e-6 : 0.3;
  return {
    parameters: [drawNumbers(random, [...drawAxes(random, draw % 5), size]), drawNumbers(random, [size])],
    build: (g, x, weight) => ops.rmsNorm(g, x, weight, epsilon),
    reference: (x, weight) => {
      const square = reduced(
        x,
        [x.shape.length - 1],
        true,
        (row) => sum(row.map((one) => one * one)) / row.length,
      );
      return elementwise((x, square, w) => (x / Math.sqrt(square + epsilon)) * w)(x, square, weight);
    },
  };
};

/** Heads side by side; each pair is a dimension and the one half a head further. */
export const RotaryEmbedding: OpCase = (random) => {
  const [batch, length] = [drawAxis(random, "batch"), drawAxis(random, "length")];
  const [heads, pairs, places] = [1 + integer(random, 3), 2 * (1 + integer(random, 2)), 5];
  const table = [fixedAxis(places), fixedAxis(pairs)];
  const angles = Array.from({ length: places * pairs }, () => between(random, -3, 3));
  const rows = Array.from({ length: batch.length * length.length }, () => integer(random, places));
  const others: Given[] = [
    ints([batch.length, length.length], rows, [batch.dimension, length.dimension]),
    given(table, angles.map(Math.cos)),
    given(table, angles.map(Math.sin)),
  ];
  return {
    parameters: [drawNumbers(random, [batch, length, fixedAxis(heads * pairs * 2)])],
    others,
    build: (g, ...[x, ...rest]) =>
      g.node("RotaryEmbedding", [x!, ...rest], [{ type: "float32", shape: x!.shape }], {}, MICROSOFT)[0]!,
    reference: (x, rows, cosine, sine) =>
      tabulate(x.shape, (index) => {
        const inHead = index[2]! % (2 * pairs);
        const second = inHead >= pairs;
        const partner = index.with(2, index[2]! + (second ? -pairs : pairs));
        const place = [at(rows, index.slice(0, 2)), inHead % pairs];
        return at(x, index) * at(cosine, place) + (second ? 1 : -1) * at(x, partner) * at(sine, place);
      }),
  };
};
