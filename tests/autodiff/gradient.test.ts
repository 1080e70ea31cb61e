/** @file How gradients find their way through a graph: what is added up, what joined, what left out, what refused. */
import { describe, expect, it } from "vitest";
import { GraphBuilder, MICROSOFT, type Value } from "../../agent/graph/index.ts";
import * as ops from "../../agent/graph/ops/index.ts";
import { gradients } from "../../trainer/autodiff/index.ts";
import { type Evaluated, evaluateAll, float, type Given, ints } from "../model/evaluate.ts";
import { gradientOps, gradientsOf } from "./gradients-of.ts";

const { add, cast, gather, gemm, matmul, mul, reduceSum, slice, transpose } = ops;

const counted = (shape: readonly number[], named?: Given["named"]): Given =>
  float(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    named,
  );

function total(g: GraphBuilder, x: Value): Value {
  return reduceSum(g, x, [...x.shape.keys()]);
}

/** The sum of each element times 1, 2, 3, ... */
function ranked(g: GraphBuilder, x: Value): Value {
  const shape = x.shape as number[];
  return total(g, mul(g, x, g.constant("float32", counted(shape).values, shape)));
}

const rows = (g: GraphBuilder, table: Value, indices: Value, inverse?: Value): Value =>
  ranked(g, gather(g, table, indices, inverse));

/** Names of those of x and y that the loss depends on. */
function reached(build: (g: GraphBuilder, x: Value, y: Value) => Value): string[] {
  const g = new GraphBuilder("reached");
  const parameters = ["x", "y"].map((name) => g.input(name, "float32", [2]));
  const found = gradients(g, total(g, build(g, parameters[0]!, parameters[1]!)), parameters);
  return ["x", "y"].filter((_, i) => found[i]);
}

const wide = (g: GraphBuilder, x: Value): Value => cast(g, x, "float32");

const valuesOf = (found: readonly Evaluated[]): number[][] => found.map(({ values }) => values);

describe("a value that is used", () => {
  it("several times gets the sum", async () => {
    const found = await gradientsOf([counted([3])], [], (g, x) => total(g, add(g, mul(g, x, x), x)));
    expect(valuesOf(found)).toEqual([[3, 5, 7]]);
  });

  it("as both factors of a product gets both", async () => {
    const found = await gradientsOf([counted([2, 2])], [], (g, x) => total(g, matmul(g, x, x)));
    // Row sums of x stand for the first factor, column sums for the second.
    expect(valuesOf(found)).toEqual([[3 + 4, 7 + 4, 3 + 6, 7 + 6]]);
  });

  it("is itself asked for, between inputs and loss", () => {
    const g = new GraphBuilder("between");
    const x = g.input("x", "float32", [2]);
    const y = ops.exp(g, x);
    const [dx, dy, again, loss] = gradients(g, total(g, mul(g, y, y)), [x, y, y]);
    expect([dx, dy, again].every(Boolean)).toBe(true);
    expect(again).toBe(dy);
    expect(loss).toBeUndefined();
  });

  it("the loss itself has 1", async () => {
    const [found] = await evaluateAll([float([], [7])], (g, x) => [gradients(g, x, [x])[0]!]);
    expect(found!.values).toEqual([1]);
  });
});

describe("slices", () => {
  type Cut = [axis: number, start: number, end: number];
  /** Each part weighed by its own 1, 2, 3, ...; the gradient has to have these at their places. */
  async function cut(given: Given, cuts: readonly Cut[]) {
    let made: Record<string, number> = {};
    const [found] = await gradientsOf(
      [given],
      [],
      (g, x) =>
        cuts
          .map(([axis, start, end]) => ranked(g, slice(g, x, axis, start, end)))
          .reduce((a, b) => add(g, a, b)),
      { inspect: (g) => (made = gradientOps(g)) },
    );
    return { found: found!, made };
  }

  it("that tile an axis are joined once, in any order", async () => {
    const { found, made } = await cut(counted([2, 5]), [
      [1, 3, 5],
      [1, 0, 1],
      [1, 1, 3],
    ]);
    expect(found.values).toEqual([1, 1, 2, 1, 2, 2, 3, 4, 3, 4]);
    expect(made).toMatchObject({ Concat: 1 });
    expect(made).not.toHaveProperty("Pad");
    expect(made).not.toHaveProperty("Add");
  });

  const table: [what: string, shape: number[], cuts: Cut[], expected: number[]][] = [
    ["one in the middle", [5], [[0, 1, 3]], [0, 1, 2, 0, 0]],
    ["with a gap between", [5], [[0, 0, 2], [0, 3, 5]], [1, 2, 0, 1, 2]],
    ["that overlap", [4], [[0, 0, 3], [0, 2, 4]], [1, 2, 4, 2]],
    ["taken twice, which tile", [4], [[0, 0, 2], [0, 2, 4], [0, 0, 2], [0, 2, 4]], [2, 4, 2, 4]],
    ["along different axes, that would tile one", [2, 2], [[0, 0, 1], [1, 1, 2]], [1, 3, 0, 2]],
    ["along different axes, that both tile", [2, 2], [[0, 0, 1], [0, 1, 2], [1, 0, 1], [1, 1, 2]], [2, 3, 3, 4]],
    ["the whole", [3], [[0, 0, 3]], [1, 2, 3]],
    ["from the end", [4], [[0, -3, -1]], [0, 1, 2, 0]],
    ["further than the end", [3], [[0, 1, 9]], [0, 1, 2]],
    ["of nothing", [3], [[0, 2, 1], [0, 0, 1]], [1, 0, 0]],
    ["of nothing, behind the end", [3], [[0, 7, 9], [0, 0, 3]], [1, 2, 3]],
  ]; // prettier-ignore
  it.each(table)("%s", async (_what, shape, cuts, expected) => {
    expect((await cut(counted(shape), cuts)).found).toEqual({ type: "float32", shape, values: expected });
  });

  it("and a use of the whole are added", async () => {
    const [found] = await gradientsOf([counted([3])], [], (g, x) =>
      add(g, ranked(g, slice(g, x, 0, 1, 2)), ranked(g, x)),
    );
    expect(found!.values).toEqual([1, 3, 3]);
  });

  it.each([2, 4])("of an axis whose length is a name, %i when the graph runs", async (length) => {
    const { found } = await cut(counted([length, 2], ["n", 2]), [
      [0, 0, 1],
      [0, 1, 2],
    ]);
    expect(found.values).toEqual([1, 2, 1, 2, ...Array<number>(2 * length - 4).fill(0)]);
  });
});

describe("rows of a table", () => {
  const TABLE = counted([4, 2]);
  const INDICES = ints([2, 2], [3, 1, 1, 1]);
  it("that are read several times get the sum", async () => {
    const found = await gradientsOf([TABLE], [INDICES], (g, table, which) => rows(g, table, which));
    expect(valuesOf(found)).toEqual([[0, 0, 3 + 5 + 7, 4 + 6 + 8, 0, 0, 1, 2]]);
  });

  it("are added to the gradient of the whole table, without a table of zeros", async () => {
    let made: Record<string, number> = {};
    const found = await gradientsOf(
      [TABLE],
      [INDICES, counted([1, 2])],
      (g, table, which, x) => add(g, rows(g, table, which), ranked(g, gemm(g, x, table, { transB: true }))),
      { inspect: (g) => (made = gradientOps(g)) },
    );
    expect(valuesOf(found)).toEqual([[1, 2, 2 + 15, 4 + 18, 3, 6, 4 + 1, 8 + 2]]);
    expect(made).toMatchObject({ ScatterElements: 1 });
    expect(made).not.toHaveProperty("Add");
  });

  it("read in two places are added one after the other", async () => {
    const found = await gradientsOf([TABLE], [INDICES, ints([1], [0])], (g, table, which, first) =>
      add(g, rows(g, table, which), rows(g, table, first)),
    );
    expect(valuesOf(found)).toEqual([[1, 2, 15, 18, 0, 0, 1, 2]]);
  });

  it("are fetched where the way back is known", async () => {
    let made: Record<string, number> = {};
    const found = await gradientsOf(
      [TABLE],
      [ints([3], [2, 0, 3]), ints([4], [1, -1, 0, 2])],
      (g, table, which, inverse) => rows(g, table, which, inverse),
      { inspect: (g) => (made = gradientOps(g)) },
    );
    expect(valuesOf(found)).toEqual([[3, 4, 0, 0, 1, 2, 5, 6]]);
    expect(made).not.toHaveProperty("ScatterElements");
  });

  it("of which none is read have zeros", async () => {
    const [none] = await gradientsOf([TABLE], [ints([0], [], ["none"])], (g, table, which) =>
      total(g, gather(g, table, which)),
    );
    expect(none!.values).toEqual(Array(8).fill(0));
    // Something is read, but its gradient is nowhere taken from.
    const [nowhere] = await gradientsOf(
      [TABLE],
      [ints([2], [1, 1]), ints([4], [-1, -1, -1, -1])],
      (g, table, which, inverse) => total(g, gather(g, table, which, inverse)),
    );
    expect(nowhere!.values).toEqual(Array(8).fill(0));
  });
});

describe("no gradient has", () => {
  const table: [what: string, build: (g: GraphBuilder, x: Value, y: Value) => Value, expected: string[]][] = [
    ["a parameter that is not used", (_, x) => x, ["x"]],
    [
      "one that does not reach the loss",
      (g, x, y) => {
        ops.exp(g, y);
        return x;
      },
      ["x"],
    ],
    ["an index", (g, x, y) => gather(g, x, cast(g, y, "int64")), ["x"]],
    [
      "an integer made a number again",
      (g, x, y) => mul(g, x, cast(g, cast(g, y, "int64"), "float32")),
      ["x"],
    ],
    ["a condition", (g, x, y) => ops.where(g, ops.less(g, x, y), y, g.scalar(1)), ["y"]],
    ["what is stopped", (g, x, y) => mul(g, x, g.stop(ops.exp(g, y))), ["x"]],
    [
      "anything behind an operator without a rule that is stopped",
      (g, x, y) => add(g, x, g.stop(ops.sin(g, y))),
      ["x"],
    ],
  ];
  it.each(table)("%s", (_what, build, expected) => {
    expect(reached(build)).toEqual(expected);
  });

  it("a value through one of its uses alone, when that is stopped", async () => {
    const found = await gradientsOf([counted([2])], [], (g, x) => total(g, mul(g, x, g.stop(ops.exp(g, x)))));
    expect(valuesOf(found)).toEqual([[Math.fround(Math.E), expect.closeTo(Math.exp(2), 5)]]);
  });
});

describe("axes of length 0 when the graph runs", () => {
  it("give gradients of zeros to what they meet", async () => {
    const found = await gradientsOf(
      [counted([0, 3], ["n", 3]), counted([3, 2]), counted([2])],
      [],
      (g, x, w, bias) => {
        const rows = ops.rmsNorm(g, gemm(g, x, w, { bias }), bias, 1e-6);
        return total(g, mul(g, ops.softmax(g, rows), matmul(g, x, w)));
      },
    );
    expect(found.map(({ shape }) => shape)).toEqual([[0, 3], [3, 2], [2]]);
    expect(valuesOf(found)).toEqual([[], Array(6).fill(0), [0, 0]]);
  });
});

describe("values of 16 bits", () => {
  it.each(["bfloat16", "float16"] as const)(
    "%s have gradients of that type, added in float32",
    async (type) => {
      const uses: ((g: GraphBuilder, table: Value) => Value)[] = [
        (g, table) => ranked(g, wide(g, table)),
        (g, table) => ranked(g, wide(g, table)),
        (g, table) => ranked(g, wide(g, slice(g, table, 0, 1, 2))),
        (g, table) => ranked(g, wide(g, gather(g, table, g.constant("int64", [2, 2])))),
        (g, table) => ranked(g, wide(g, transpose(g, table, [1, 0]))),
      ];
      const [found] = await evaluateAll([counted([3, 2])], (g, x) => {
        const table = cast(g, x, type);
        const loss = uses.map((use) => use(g, table)).reduce((a, b) => add(g, a, b));
        const [gradient] = gradients(g, loss, [table]);
        expect(gradient).toMatchObject({ type, shape: [3, 2] });
        return [wide(g, gradient!)];
      });
      expect(found!.values).toEqual([2 + 1, 4 + 4, 6 + 1 + 2, 8 + 2 + 5, 10 + 4 + 3, 12 + 6 + 6]);
    },
  );
});

describe("what has no rule is refused", () => {
  const one = { type: "float32", shape: [2] } as const;
  const table: [what: string, message: RegExp, build: (g: GraphBuilder, x: Value) => Value][] = [
    [
      "an operator",
      /^The operator Sin of "scope\/Sin\.\d+" has no gradient rule: build the loss without it, or write its rule in trainer\/autodiff\/rules\.$/,
      (g, x) => g.within("scope", () => ops.sin(g, x)),
    ],
    [
      "a slice whose bounds only the graph knows",
      /^The Slice "Slice\.\d+" has bounds that are not numbers/,
      (g, x) => slice(g, x, 0, 0, g.lengthOf(x, 0), 2),
    ],
    [
      "a slice from the end of an axis whose length only the graph knows",
      /^The Slice "Slice\.\d+" has bounds that are not numbers/,
      (g, x) => slice(g, gather(g, x, g.input("i", "int64", ["n"])), 0, -2, -1),
    ],
    [
      "a sum over axes that only the graph knows",
      /^The ReduceSum "ReduceSum\.\d+" has axes that are no numbers/,
      (g, x) =>
        g.node("ReduceSum", [x, g.input("axes", "int64", [1])], [{ type: "float32", shape: [1] }])[0]!,
    ],
    [
      "an input that its rule leaves out",
      /^The operator RotaryEmbedding of ".*" has no gradient rule for input 2:/,
      (g, x) => {
        const table = ops.reshape(g, x, [2, 1]);
        const inputs = [g.input("q", "float32", [1, 2, 2]), g.input("rows", "int64", [1, 2]), table, table];
        return g.node("RotaryEmbedding", inputs, [{ type: "float32", shape: [1, 2, 2] }], {}, MICROSOFT)[0]!;
      },
    ],
    [
      "a second output",
      /^The operator Split of "Split\.\d+\.0" has no gradient rule for a further output:/,
      (g, x) =>
        g.node(
          "Split",
          [x],
          [
            { ...one, shape: [1] },
            { ...one, shape: [1] },
          ],
        )[1]!,
    ],
  ];
  it.each(table)("%s", (_what, message, build) => {
    const g = new GraphBuilder("refused");
    const x = g.input("x", "float32", [2]);
    const loss = total(g, build(g, x));
    expect(() => gradients(g, loss, [x])).toThrow(
      expect.objectContaining({ code: "trainer/rule", message: expect.stringMatching(message) as string }),
    );
  });

  it("but not where no parameter stands behind it", () => {
    const g = new GraphBuilder("fine");
    const [x, y] = [g.input("x", "float32", [2]), g.input("y", "float32", [2])];
    expect(gradients(g, total(g, mul(g, ops.sin(g, x), y)), [y])).toHaveLength(1);
  });

  it.each([
    ["float32 [2]", (_: GraphBuilder, x: Value) => x],
    ["float16 []", (g: GraphBuilder, x: Value) => cast(g, total(g, x), "float16")],
  ])("a loss that is %s", (what, build) => {
    const g = new GraphBuilder("loss");
    const x = g.input("x", "float32", [2]);
    const loss = build(g, x);
    const message = `The loss "${loss.name}" is ${what}; expected one number, float32 []: sum or average it.`;
    expect(() => gradients(g, loss, [x])).toThrow(expect.objectContaining({ code: "trainer/loss", message }));
  });
});
