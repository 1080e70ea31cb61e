/** @file Cases of operators that work element by element. */
import { sizeOf } from "../../../agent/graph/index.ts";
import * as ops from "../../../agent/graph/ops/index.ts";
import { chance, integer } from "../../../env/random.ts";
import type { Given } from "../../model/evaluate.ts";
import { bools } from "../../model/evaluate.ts";
import { elementwise } from "../array.ts";
import { drawAxes, drawNumbers, given, lengthsOf, pick, thinned } from "../draw.ts";
import type { OpCase } from "./case.ts";

type Range = readonly [low: number, high: number];

/** Ranks 0 to 5. */
const rankOf = (draw: number): number => draw % 6;

function unary(build: typeof ops.neg, f: (x: number) => number, [low, high]: Range = [-2, 2]): OpCase {
  return (random, draw) => ({
    parameters: [drawNumbers(random, drawAxes(random, rankOf(draw)), low, high)],
    build,
    reference: elementwise(f),
  });
}

/** Stretched either way; `second`: where the numbers of the second lie. */
function binary(
  build: typeof ops.add,
  f: (a: number, b: number) => number,
  [low, high]: Range = [-2, 2],
): OpCase {
  return (random, draw) => {
    const axes = drawAxes(random, rankOf(draw));
    const a = drawNumbers(random, thinned(random, axes));
    return {
      parameters: [a, drawNumbers(random, thinned(random, axes), low, high)],
      build,
      reference: elementwise(f),
    };
  };
}

/** The two are multiples of a half, and a quarter beside: never so near that a small step changes which is taken. */
function extreme(build: typeof ops.add, f: (a: number, b: number) => number): OpCase {
  return (random, draw) => {
    const axes = drawAxes(random, rankOf(draw));
    const [a, b] = [0, 0.25].map((beside) => {
      const own = thinned(random, axes);
      const values = Array.from(
        { length: sizeOf(lengthsOf(own)) },
        () => integer(random, 8) / 2 - 2 + beside,
      );
      return given(own, values);
    }) as [Given, Given];
    return { parameters: [a, b], build, reference: elementwise(f) };
  };
}

export const Identity = unary(
  (g, x) => g.node("Identity", [x], [x])[0]!,
  (x) => x,
);
export const Neg = unary(ops.neg, (x) => -x);
export const Exp = unary(ops.exp, Math.exp);
export const Log = unary(ops.log, Math.log, [0.2, 3]);
export const Sqrt = unary(ops.sqrt, Math.sqrt, [0.2, 3]);
export const Reciprocal = unary(ops.reciprocal, (x) => 1 / x, [-3, -0.5]);
export const Sigmoid = unary(ops.sigmoid, (x) => 1 / (1 + Math.exp(-x)), [-5, 5]);
export const Gelu = unary(ops.gelu, (x) => x * normal(x), [-4, 4]);

export const Add = binary(ops.add, (a, b) => a + b);
export const Sub = binary(ops.sub, (a, b) => a - b);
export const Mul = binary(ops.mul, (a, b) => a * b);
export const Div = binary(ops.div, (a, b) => a / b, [0.5, 2]);
export const Min = extreme(ops.minimum, Math.min);
export const Max = extreme(ops.maximum, Math.max);

export const Where: OpCase = (random, draw) => {
  const axes = drawAxes(random, rankOf(draw));
  const own = thinned(random, axes);
  const shape = lengthsOf(own);
  const truths = bools(
    shape,
    Array.from({ length: sizeOf(shape) }, () => Number(chance(random, 0.5))),
  );
  const condition = { ...truths, named: own.map(({ dimension }) => dimension) };
  return {
    parameters: [drawNumbers(random, thinned(random, axes)), drawNumbers(random, thinned(random, axes))],
    others: [condition],
    build: (g, yes, no, condition) => ops.where(g, condition, yes, no),
    reference: (yes, no, condition) => elementwise((c, y, n) => (c ? y : n))(condition, yes, no),
  };
};

/** Of numbers that all the types hold. */
export const Cast: OpCase = (random, draw) => {
  const axes = drawAxes(random, rankOf(draw));
  const values = Array.from({ length: sizeOf(lengthsOf(axes)) }, () => integer(random, 32) / 8 - 2);
  const type = pick(random, ["bfloat16", "float16", "float64"] as const);
  return {
    parameters: [given(axes, values)],
    build: (g, x) => ops.cast(g, ops.cast(g, x, type), "float32"),
    reference: (x) => x,
  };
};

/** The normal distribution, by Simpson's rule over its density. */
function normal(x: number): number {
  const steps = 200;
  const width = x / steps;
  const density = (i: number): number => Math.exp(-((i * width) ** 2) / 2);
  let total = density(0) + density(steps);
  for (let i = 1; i < steps; i++) total += density(i) * (i % 2 === 1 ? 4 : 2);
  return 0.5 + (total * width) / 3 / Math.sqrt(2 * Math.PI);
}
