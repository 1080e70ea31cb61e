/** @file Operators that work element by element, each against the same computation in TypeScript. */
import { describe, expect, it } from "vitest";
import { bools, evaluate, expectAbout, float, type Given, ints } from "../../../tests/model/evaluate.ts";
import { type DataType, GraphBuilder, sizeOf, type Value } from "../index.ts";
import * as ops from "./elementwise.ts";

type Binary = (a: number, b: number) => number;

const A = [-2.5, -1, 0, 0.25, 1.5, 3];
const B = [3, -1, 0.25, -2.5, 1.5, 0.5];
const PAIRS: [a: number[], b: number[], out: number[]][] = [
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3], [2, 3]],
  [
    [2, 1],
    [1, 3],
    [2, 3],
  ],
  [[], [2, 3], [2, 3]],
  [
    [3, 1, 2],
    [3, 1],
    [3, 3, 2],
  ],
  [[0, 3], [3], [0, 3]],
];

function some(values: readonly number[], shape: readonly number[]): number[] {
  return values.slice(0, sizeOf(shape));
}

/** Where an element of the result comes from. */
function sourceOf(place: number, out: readonly number[], shape: readonly number[]): number {
  let [rest, at, stride] = [place, 0, 1];
  for (let axis = out.length - 1; axis >= 0; axis--) {
    const length = shape[axis - out.length + shape.length] ?? 1;
    at += (rest % out[axis]!) * stride * (length === 1 ? 0 : 1);
    stride *= length;
    rest = Math.floor(rest / out[axis]!);
  }
  return at;
}

function broadcastBy(f: Binary, a: Given, b: Given, out: readonly number[]): number[] {
  return Array.from({ length: sizeOf(out) }, (_, i) =>
    f(a.values[sourceOf(i, out, a.shape)]!, b.values[sourceOf(i, out, b.shape)]!),
  );
}

describe("of two values", () => {
  const OF_FLOATS: [name: string, op: typeof ops.add, f: Binary][] = [
    ["add", ops.add, (a, b) => a + b],
    ["sub", ops.sub, (a, b) => a - b],
    ["mul", ops.mul, (a, b) => a * b],
    ["div", ops.div, (a, b) => a / b],
    ["minimum", ops.minimum, Math.min],
    ["maximum", ops.maximum, Math.max],
    ["equal", ops.equal, (a, b) => Number(a === b)],
    ["less", ops.less, (a, b) => Number(a < b)],
    ["lessOrEqual", ops.lessOrEqual, (a, b) => Number(a <= b)],
  ];
  it.each(OF_FLOATS)("%s, with all kinds of broadcasting", async (_name, op, f) => {
    for (const [left, right, out] of PAIRS) {
      const [a, b] = [float(left, some(A, left)), float(right, some(B, right))];
      const found = await evaluate([a, b], (g, x, y) => op(g, x, y));
      expectAbout(found, out, broadcastBy(f, a, b, out));
    }
  });

  const I = [-7, -6, -1, 0, 5, 7];
  const J = [3, -4, 2, 5, -3, 2 ** 40];
  const OF_INTEGERS: [name: string, op: typeof ops.add, f: Binary][] = [
    ["add", ops.add, (a, b) => a + b],
    ["mul", ops.mul, (a, b) => a * b],
    ["div", ops.div, (a, b) => Math.trunc(a / b) + 0],
    ["mod", ops.mod, (a, b) => a - b * Math.floor(a / b)],
    ["minimum", ops.minimum, Math.min],
    ["maximum", ops.maximum, Math.max],
    ["less", ops.less, (a, b) => Number(a < b)],
    ["lessOrEqual", ops.lessOrEqual, (a, b) => Number(a <= b)],
    ["equal", ops.equal, (a, b) => Number(a === b)],
  ];
  it.each(OF_INTEGERS)("%s of integers of both signs", async (_name, op, f) => {
    const [a, b] = [ints([6], I), ints([6], J)];
    const found = await evaluate([a, b], (g, x, y) => op(g, x, y));
    expect(found.values).toEqual(I.map((one, i) => f(one, J[i]!)));
  });

  it("and of truths", async () => {
    const found = await evaluate([bools([2, 1], [0, 1]), bools([2], [0, 1])], (g, a, b) => ops.and(g, a, b));
    expect(found).toEqual({ type: "bool", shape: [2, 2], values: [0, 0, 0, 1] });
  });
});

describe("of one value", () => {
  const X = [-3, -1, -0.5, 0, 0.5, 2];
  const table: [name: string, op: typeof ops.neg, f: (x: number) => number, values?: number[]][] = [
    ["neg", ops.neg, (x) => -x],
    ["exp", ops.exp, Math.exp],
    ["log", ops.log, Math.log, [0.01, 0.5, 1, 2, 7, 1e6]],
    ["sqrt", ops.sqrt, Math.sqrt, [0, 0.01, 1, 2, 7, 1e6]],
    ["reciprocal", ops.reciprocal, (x) => 1 / x, [-2, -0.1, 0.01, 1, 4, 1e6]],
    ["sigmoid", ops.sigmoid, sigmoid],
    ["sin", ops.sin, Math.sin],
    ["cos", ops.cos, Math.cos],
    ["silu", ops.silu, (x) => x * sigmoid(x)],
    ["gelu", ops.gelu, (x) => (x / 2) * (1 + erf(x / Math.SQRT2))],
  ];
  it.each(table)("%s", async (_name, op, f, values = X) => {
    const found = await evaluate([float([3, 2], values)], (g, x) => op(g, x));
    expectAbout(
      found,
      [3, 2],
      values.map((value) => f(Math.fround(value))),
    );
  });

  it("not", async () => {
    const found = await evaluate([bools([2], [0, 1])], (g, x) => ops.not(g, x));
    expect(found).toEqual({ type: "bool", shape: [2], values: [1, 0] });
  });
});

describe("where", () => {
  it("takes from one or the other, all of them stretched", async () => {
    const given = [bools([2, 1], [1, 0]), float([3], [1, 2, 3]), float([1, 1], [9])];
    const found = await evaluate(given, (g, condition, yes, no) => ops.where(g, condition, yes, no));
    expectAbout(found, [2, 3], [1, 2, 3, 9, 9, 9]);
  });
});

describe("cast", () => {
  const table: [from: Given, to: DataType, values: number[]][] = [
    [float([4], [-1.7, 0, 0.4, 2.9]), "int64", [-1, 0, 0, 2]],
    [float([3], [-1, 0, 0.5]), "bool", [1, 0, 1]],
    [ints([3], [-(2 ** 31), 0, 2 ** 31 - 1]), "int32", [-(2 ** 31), 0, 2 ** 31 - 1]],
    [ints([2], [-3, 2 ** 24]), "float32", [-3, 2 ** 24]],
    [bools([2], [0, 1]), "int64", [0, 1]],
    [float([2], [0.1, 7]), "float64", [Math.fround(0.1), 7]],
  ];
  it.each(table)("of %j to %s", async (from, to, values) => {
    const found = await evaluate([from], (g, x) => ops.cast(g, x, to));
    expect(found).toEqual({ type: to, shape: from.shape, values });
  });

  it.each([
    ["float16", [1, 0.0999755859375, 65504]],
    ["bfloat16", [1, 0.10009765625, 65536]],
  ] as const)("to %s and back keeps as many digits as that has", async (type, values) => {
    const found = await evaluate([float([3], [1, 0.1, 65504])], (g, x) =>
      ops.cast(g, ops.cast(g, x, type), "float32"),
    );
    expect(found.values).toEqual(values);
  });

  it("to the same type is the value itself", () => {
    const g = new GraphBuilder("same");
    const x = g.input("x", "int64", [1]);
    expect(ops.cast(g, x, "int64")).toBe(x);
  });
});

describe("what does not go together", () => {
  const table: [code: string, sentence: string, build: (g: GraphBuilder, x: Value, y: Value) => Value][] = [
    ["graph/shape", "Add of [2, n] and [3, n]: 2 and 3 do not go together.", (g, x, y) => ops.add(g, x, y)],
    [
      "graph/shape",
      "Mul of [2, n] and [2, m]: n and m do not go together.",
      (g, x) => ops.mul(g, x, g.input("z", "float32", [2, "m"])),
    ],
    [
      "graph/type",
      "Less got values of types that do not go together: float32 [2, n], int64 [1].",
      (g, x) => ops.less(g, x, g.constant("int64", [1])),
    ],
    [
      "graph/type",
      "Where got values of types that do not go together: float32 [2, n], float32 [2, n], float32 [3, n].",
      (g, x, y) => ops.where(g, x, x, y),
    ],
    [
      "graph/shape",
      "Where of [2, n] and [3, n]: 2 and 3 do not go together.",
      (g, x, y) => ops.where(g, ops.less(g, x, x), x, y),
    ],
  ];
  it.each(table)("%s: %s", (code, message, build) => {
    const g = new GraphBuilder("wrong");
    const [x, y] = [g.input("x", "float32", [2, "n"]), g.input("y", "float32", [3, "n"])];
    expect(() => build(g, x, y)).toThrow(expect.objectContaining({ code, message }));
  });
});

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** By Simpson's rule. */
function erf(x: number): number {
  const steps = 200;
  const width = x / steps;
  const f = (i: number): number => Math.exp(-((i * width) ** 2));
  let sum = f(0) + f(steps);
  for (let i = 1; i < steps; i++) sum += f(i) * (i % 2 === 1 ? 4 : 2);
  return ((2 / Math.sqrt(Math.PI)) * sum * width) / 3;
}
