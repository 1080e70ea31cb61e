/** @file Random graphs of smooth operators, values used any number of times, against central differences. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import * as ops from "../../agent/graph/ops/index.ts";
import { makeRandom } from "../../env/random.ts";
import { at, elementwise, type Numbers, product, reduced, sum, tabulate } from "./array.ts";
import { expectGradients } from "./differences.ts";
import { drawNumbers, fixedAxis, ONE } from "./draw.ts";

const SIZE = 4;
const last = ({ shape }: { shape: readonly unknown[] }): number => shape.length - 1;
const isRow = ({ shape }: { shape: readonly unknown[] }): boolean => shape.at(-1) === SIZE;
const isMatrix = (x: { shape: readonly unknown[] }): boolean => isRow(x) && x.shape.length === 2;

/** `a` and `b` are any values so far, `matrix` is [4, 4]; where an operator cannot be, the value passes as it is. */
interface Step {
  build: (g: GraphBuilder, a: Value, b: Value, matrix: Value) => Value;
  reference: (a: Numbers, b: Numbers, matrix: Numbers) => Numbers;
}

const ofOne =
  (f: (a: number) => number): Step["reference"] =>
  (a) =>
    elementwise(f)(a);
const ofTwo =
  (f: (a: number, b: number) => number): Step["reference"] =>
  (a, b) =>
    elementwise(f)(a, b);

const STEPS: Readonly<Record<string, Step>> = {
  add: { build: ops.add, reference: ofTwo((a, b) => a + b) },
  sub: { build: ops.sub, reference: ofTwo((a, b) => a - b) },
  mul: { build: ops.mul, reference: ofTwo((a, b) => a * b) },
  ratio: {
    build: (g, a, b) => ops.div(g, a, ops.add(g, g.scalar(1), ops.mul(g, b, b))),
    reference: ofTwo((a, b) => a / (1 + b * b)),
  },
  root: {
    build: (g, a) => ops.sqrt(g, ops.add(g, ops.mul(g, a, a), g.scalar(1))),
    reference: ofOne((x) => Math.sqrt(x * x + 1)),
  },
  silu: { build: (g, a) => ops.silu(g, a), reference: ofOne((x) => x / (1 + Math.exp(-x))) },
  bump: {
    build: (g, a) => ops.exp(g, ops.neg(g, ops.mul(g, a, a))),
    reference: ofOne((x) => Math.exp(-x * x)),
  },
  softmax: {
    build: (g, a) => (isRow(a) ? ops.softmax(g, a) : a),
    reference: (a) => {
      if (!isRow(a)) return a;
      const masses = elementwise(Math.exp)(a);
      return elementwise((x, y) => x / y)(masses, reduced(masses, [last(a)], true, sum));
    },
  },
  norm: {
    build: (g, a, _, matrix) => (isRow(a) ? ops.rmsNorm(g, a, row(g, matrix), 0.1) : a),
    reference: (a, _, matrix) => {
      if (!isRow(a)) return a;
      const square = reduced(a, [last(a)], true, (all) => sum(all.map((x) => x * x)) / SIZE);
      const weight = { shape: [SIZE], values: matrix.values.slice(0, SIZE) };
      return elementwise((x, square, w) => (x / Math.sqrt(square + 0.1)) * w)(a, square, weight);
    },
  },
  mean: {
    build: (g, a) => (isRow(a) ? ops.reduceMean(g, a, [last(a)], true) : a),
    reference: (a) => (isRow(a) ? reduced(a, [last(a)], true, (all) => sum(all) / SIZE) : a),
  },
  turn: {
    build: (g, a) => {
      if (!isRow(a)) return a;
      const [front, back] = ops.split(g, a, last(a), [1, SIZE - 1]);
      return ops.concat(g, [back!, front!], last(a));
    },
    reference: (a) => {
      if (!isRow(a)) return a;
      return tabulate(a.shape, (index) => at(a, index.with(last(a), (index[last(a)]! + 1) % SIZE)));
    },
  },
  product: {
    build: (g, a, _, matrix) => (isMatrix(a) ? ops.matmul(g, a, matrix) : a),
    reference: (a, _, matrix) => (isMatrix(a) ? product(a, matrix) : a),
  },
  linear: {
    build: (g, a, _, matrix) =>
      isMatrix(a) ? ops.gemm(g, a, matrix, { transB: true, bias: row(g, matrix) }) : a,
    reference: (a, _, { shape, values }) => {
      if (!isMatrix(a)) return a;
      const turned = tabulate(shape, ([i, j]) => values[j! * SIZE + i!]!);
      return elementwise((x, y) => x + y)(product(a, turned), {
        shape: [SIZE],
        values: values.slice(0, SIZE),
      });
    },
  },
};

function row(g: GraphBuilder, matrix: Value): Value {
  return ops.reshape(g, ops.slice(g, matrix, 0, 0, 1), [SIZE]);
}

/** Which operator, and of which of the values so far. */
type Program = readonly (readonly [step: string, a: number, b: number])[];

/** The sum of the inputs and of every value that no step reads. */
function run<T>(
  program: Program,
  inputs: readonly T[],
  apply: (step: Step, a: T, b: T, matrix: T) => T,
  add: (a: T, b: T) => T,
): T {
  const [matrix, ...values] = inputs as [T, ...T[]];
  const first = values.length;
  const read = new Set<number>();
  for (const [name, a, b] of program) {
    const [left, right] = [a % values.length, b % values.length];
    read.add(left).add(right);
    values.push(apply(STEPS[name]!, values[left]!, values[right]!, matrix));
  }
  return values.filter((_, i) => i < first || !read.has(i)).reduce((a, b) => add(a, b));
}

const programs: fc.Arbitrary<Program> = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(STEPS)), fc.nat(20), fc.nat(20)),
  { minLength: 3, maxLength: 14 },
);

it("random graphs have the gradients that small steps show", async () => {
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(programs, fc.integer(), async (program, seed) => {
      const random = makeRandom(seed);
      const [rows, size] = [{ length: 3, dimension: "rows" }, fixedAxis(SIZE)];
      const parameters = [[size, size], [rows, size], [size], [rows, ONE], []].map((axes) =>
        drawNumbers(random, axes, -1.5, 1.5),
      );
      const plus = elementwise((a, b) => a + b);
      const reference = (...inputs: Numbers[]): Numbers =>
        run(program, inputs, ({ reference }, a, b, matrix) => reference(a, b, matrix), plus);
      // Products of products leave float32's digits behind.
      fc.pre(reference(...parameters).values.every((value) => Math.abs(value) < 50));
      sizes.add(program.length);
      await expectGradients(random, {
        parameters,
        build: (g, ...inputs) =>
          ops.add(
            g,
            run(
              program,
              inputs,
              ({ build }, a, b, matrix) => build(g, a, b, matrix),
              (a, b) => ops.add(g, a, b),
            ),
            // Every parameter has a gradient.
            ops.mul(g, ops.reduceSum(g, inputs[0]!, [0, 1]), g.scalar(0.5)),
          ),
        reference: (...inputs) =>
          plus(reference(...inputs), { shape: [], values: [sum(inputs[0]!.values) / 2] }),
      });
    }),
    { numRuns: 60, seed: 6 },
  );
  expect(sizes.size).toBeGreaterThan(8);
});
