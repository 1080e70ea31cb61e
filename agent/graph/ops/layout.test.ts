/** @file Operators that move elements, with lengths that are numbers, names, sums, products and nothing at all. */
import { describe, expect, it } from "vitest";
import { evaluate, evaluateAll, float, type Given, ints } from "../../../tests/model/evaluate.ts";
import { GraphBuilder, type Shape, sizeOf, type Value } from "../index.ts";
import { concat, expand, gather, range, reshape, scatterRows, slice, split, transpose } from "./layout.ts";

function counted(shape: readonly number[], named?: Shape): Given {
  return float(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => i),
    named,
  );
}

describe("reshape", () => {
  const table: [from: Shape, to: Shape, toDimensions: (a: number, b: number) => number[], a?: number[]][] = [
    [[2, 6], [3, 4], () => [3, 4]],
    [["a", 6], ["a", 2, 3], (a) => [a, 2, 3]],
    [["a", "b", 4], ["a*b", 4], (a, b) => [a * b, 4]],
    [["a", "b", 4], ["a", "b", 2, 2], (a, b) => [a, b, 2, 2]],
    [["a", "b", 4], [2, 2, "a", "b"], (a, b) => [2, 2, a, b]],
    [["a", "b", 4], ["a", 1, "b", 4, 1], (a, b) => [a, 1, b, 4, 1], [1, 3]],
    [["a", 2, "b"], ["a", "2*b"], (a, b) => [a, 2 * b], [1, 3]],
    [["a", 2, "b"], ["2*a", "b"], (a, b) => [2 * a, b]],
    [["a", 2, "b"], ["a*2*b"], (a, b) => [2 * a * b]],
    [["a", "b", 1], ["b", "a"], (a, b) => [b, a]],
  ];
  it.each(table)(
    "of %j to %j, also when lengths are 0",
    async (from, to, dimensions, lengths = [0, 1, 3]) => {
      for (const a of lengths) {
        for (const b of [0, 1, 3]) {
          const shape = from.map((length) => (typeof length === "number" ? length : length === "a" ? a : b));
          const given = [counted(shape, from), counted([a, b], ["a", "b"])];
          const found = await evaluate(given, (g, x) => reshape(g, x, to));
          expect({ ...found, type: "float32" }).toEqual({
            ...given[0],
            named: undefined,
            shape: dimensions(a, b),
          });
        }
      }
    },
  );

  it("back from sums and products of lengths", async () => {
    const given = [counted([2, 3], ["a", "b"]), counted([4, 3], ["c", "b"])];
    const found = await evaluate(given, (g, x, y) => {
      const joined = concat(g, [x, y], 0);
      expect(joined.shape).toEqual(["a+c", "b"]);
      return reshape(g, reshape(g, joined, ["b", "a+c"]), [1, "a+c", "b", 1]);
    });
    expect(found.shape).toEqual([1, 6, 3, 1]);
    expect(found.values).toEqual([...given[0]!.values, ...given[1]!.values]);
  });
});

describe("transpose", () => {
  it.each([
    [
      [2, 3],
      [1, 0],
    ],
    [
      [2, 3, 4],
      [2, 0, 1],
    ],
    [
      [2, 1, 3, 2],
      [0, 2, 1, 3],
    ],
    [
      [0, 3],
      [1, 0],
    ],
  ])("of %j by %j", async (shape, order) => {
    const found = await evaluate([counted(shape)], (g, x) => transpose(g, x, order));
    const out = order.map((axis) => shape[axis]!);
    const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
    const expected = Array.from({ length: sizeOf(out) }, (_, place) => {
      let [rest, at] = [place, 0];
      for (let axis = out.length - 1; axis >= 0; axis--) {
        at += (rest % out[axis]!) * strides[order[axis]!]!;
        rest = Math.floor(rest / out[axis]!);
      }
      return at;
    });
    expect(found).toEqual({ type: "float32", shape: out, values: expected });
  });
});

describe("concat", () => {
  it.each([
    [0, [4, 2], [0, 1, 2, 3, 0, 1, 2, 3]],
    [-1, [2, 4], [0, 1, 0, 1, 2, 3, 2, 3]],
    [1, [2, 4], [0, 1, 0, 1, 2, 3, 2, 3]],
  ])("on axis %i", async (axis, shape, values) => {
    const found = await evaluate([counted([2, 2]), counted([2, 2])], (g, x, y) => concat(g, [x, y], axis));
    expect(found).toEqual({ type: "float32", shape, values });
  });

  it("of a length of 0 is the other", async () => {
    const given = [counted([2, 0, 3], ["n", "past", 3]), counted([2, 2, 3], ["n", "now", 3])];
    const found = await evaluate(given, (g, x, y) => concat(g, [x, y], 1));
    expect(found).toEqual({ type: "float32", shape: [2, 2, 3], values: given[1]!.values });
  });

  it("of one is itself", () => {
    const g = new GraphBuilder("one");
    const x = g.input("x", "float32", ["n"]);
    expect(concat(g, [x], 0)).toBe(x);
  });
});

describe("slice", () => {
  const table: [axis: number, start: number, end: number, shape: number[], values: number[]][] = [
    [0, 1, 3, [2, 3], [3, 4, 5, 6, 7, 8]],
    [1, 0, 2, [4, 2], [0, 1, 3, 4, 6, 7, 9, 10]],
    [-1, -1, 2 ** 31, [4, 1], [2, 5, 8, 11]],
    [1, -3, -1, [4, 2], [0, 1, 3, 4, 6, 7, 9, 10]],
    [0, 3, 99, [1, 3], [9, 10, 11]],
    [0, 2, 2, [0, 3], []],
    [0, 3, 1, [0, 3], []],
    [0, -9, 1, [1, 3], [0, 1, 2]],
  ];
  it.each(table)("on axis %i from %i to %i", async (axis, start, end, shape, values) => {
    const found = await evaluate([counted([4, 3])], (g, x) => {
      const part = slice(g, x, axis, start, end);
      expect(part.shape).toEqual(shape);
      return part;
    });
    expect(found).toEqual({ type: "float32", shape, values });
  });

  it("takes bounds that are known when the graph runs", async () => {
    const given = [counted([5], ["n"]), ints([1], [2])];
    const found = await evaluate(given, (g, x, border) => slice(g, x, 0, border, 2 ** 31, "rest"));
    expect(found.values).toEqual([2, 3, 4]);
  });

  it("takes the first or last of a named length", async () => {
    const found = await evaluateAll([counted([5], ["n"])], (g, x) => [
      slice(g, x, 0, 0, 2),
      slice(g, x, 0, -3, -1),
    ]);
    expect(found.map(({ values }) => values)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});

describe("split", () => {
  it("gives parts that follow one another", async () => {
    const parts = await evaluateAll([counted([2, 6])], (g, x) => split(g, x, -1, [1, 2, 3]));
    expect(parts.map(({ shape, values }) => [shape, values])).toEqual([
      [
        [2, 1],
        [0, 6],
      ],
      [
        [2, 2],
        [1, 2, 7, 8],
      ],
      [
        [2, 3],
        [3, 4, 5, 9, 10, 11],
      ],
    ]);
  });
});

describe("gather", () => {
  it("takes rows by indices of any shape", async () => {
    const given = [counted([3, 2], ["n", 2]), ints([2, 2], [2, 0, 0, 1], ["m", 2])];
    const found = await evaluate(given, (g, table, indices) => gather(g, table, indices));
    expect(found).toEqual({ type: "float32", shape: [2, 2, 2], values: [4, 5, 0, 1, 0, 1, 2, 3] });
  });
});

describe("expand", () => {
  it.each([
    [
      [1, 2],
      [3, 2],
    ],
    [[2], [3, 2]],
    [
      [1, 1],
      [0, 2],
    ],
  ])("of %j to %j", async (from, to) => {
    const found = await evaluate([counted(from), counted([to[0]!], ["n"])], (g, x) => expand(g, x, ["n", 2]));
    const row = from.at(-1) === 1 ? [0, 0] : [0, 1];
    expect(found).toEqual({ type: "float32", shape: to, values: Array(to[0]).fill(row).flat() });
  });
});

describe("range", () => {
  it.each([0, 1, 5])("counts up to a length of %i, as number and as name", async (length) => {
    const found = await evaluateAll([counted([length], ["n"])], (g) => [range(g, length), range(g, "n")]);
    const values = Array.from({ length }, (_, i) => i);
    for (const one of found) expect(one).toEqual({ type: "int64", shape: [length], values });
  });
});

describe("scatterRows", () => {
  it("writes rows and leaves the others", async () => {
    const given = [counted([4, 2]), ints([2], [3, 1]), float([2, 2], [-1, -2, -3, -4])];
    const found = await evaluate(given, (g, base, indices, updates) =>
      scatterRows(g, base, indices, updates),
    );
    expect(found).toEqual({ type: "float32", shape: [4, 2], values: [0, 1, -3, -4, 4, 5, -1, -2] });
  });
});

describe("what does not go together", () => {
  const table: [sentence: string, build: (g: GraphBuilder, x: Value) => unknown][] = [
    [
      "Reshape of [2, 3] to [4]: the numbers of elements differ.",
      (g) => reshape(g, g.constant("int64", Array(6).fill(0), [2, 3]), [4]),
    ],
    ["Transpose of [2, n] got the order [0]; expected each axis once.", (g, x) => transpose(g, x, [0])],
    ["Transpose of [2, n] got the order [1, 1]; expected each axis once.", (g, x) => transpose(g, x, [1, 1])],
    [
      "Concat on axis 0 of float32 [2, n], float32 [3]: all other axes must be equal.",
      (g, x) => concat(g, [x, g.constant("float32", [1, 2, 3])], 0),
    ],
    [
      "Concat on axis 0 of float32 [2, n], int64 [1]: all other axes must be equal.",
      (g, x) => concat(g, [x, g.constant("int64", [1])], 0),
    ],
    [
      "Concat on axis 0 of float32 [2, n], float32 [2, m]: all other axes must be equal.",
      (g, x) => concat(g, [x, g.input("z", "float32", [2, "m"])], 0),
    ],
    ["Slice of [2, n] on axis 1: its length cannot be told; give it.", (g, x) => slice(g, x, 1, 1, -1)],
    [
      "Slice of [2, n] on axis 0: its length cannot be told; give it.",
      (g, x) => slice(g, x, 0, g.constant("int64", [1]), 2),
    ],
    ["Split of [2, n] on axis 0 into 1 + 2: expected 2 in all.", (g, x) => split(g, x, 0, [1, 2])],
  ];
  it.each(table)("%s", (message, build) => {
    const g = new GraphBuilder("wrong");
    const x = g.input("x", "float32", [2, "n"]);
    expect(() => build(g, x)).toThrow(expect.objectContaining({ code: "graph/shape", message }));
  });
});
