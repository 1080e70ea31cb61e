/** @file Products of matrices against three loops. */
import { describe, expect, it } from "vitest";
import { evaluate, expectAbout, float } from "../../../tests/model/evaluate.ts";
import { GraphBuilder, type Value } from "../index.ts";
import { gemm, matmul } from "./matrix.ts";

const A = [1, 2, 3, -4, 5, 0.5];
const B = [2, -1, 0, 3, 1, 1, -2, 4, 0.25, 7, 8, 9];

/** [rows, inner] times [inner, columns]. */
function product(
  a: readonly number[],
  b: readonly number[],
  [rows, inner, columns]: readonly [number, number, number],
): number[] {
  return Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    let sum = 0;
    for (let i = 0; i < inner; i++) sum += a[row * inner + i]! * b[i * columns + column]!;
    return sum;
  });
}

function turned(values: readonly number[], rows: number, columns: number): number[] {
  return values.map((_, place) => values[(place % rows) * columns + Math.floor(place / rows)]!);
}

describe("matmul", () => {
  it("of two matrices", async () => {
    const found = await evaluate([float([2, 3], A, ["n", 3]), float([3, 4], B)], (g, a, b) =>
      matmul(g, a, b),
    );
    expectAbout(found, [2, 4], product(A, B, [2, 3, 4]));
  });

  it("stretches all axes but the last two", async () => {
    const given = [float([2, 1, 1, 3], A), float([2, 3, 2], B)];
    const found = await evaluate(given, (g, a, b) => matmul(g, a, b));
    const rows = [A.slice(0, 3), A.slice(3)];
    const matrices = [B.slice(0, 6), B.slice(6)];
    const expected = rows.flatMap((row) => matrices.flatMap((matrix) => product(row, matrix, [1, 3, 2])));
    expectAbout(found, [2, 2, 1, 2], expected);
  });

  it("of nothing", async () => {
    const found = await evaluate([float([0, 3], [], ["n", 3]), float([3, 4], B)], (g, a, b) =>
      matmul(g, a, b),
    );
    expectAbout(found, [0, 4], []);
  });
});

describe("gemm", () => {
  const BIAS = [10, 20, 30, 40];
  const expected = product(A, B, [2, 3, 4]);
  for (const transA of [false, true]) {
    for (const transB of [false, true]) {
      it.each([false, true])(`transA ${transA}, transB ${transB}, bias %s`, async (isBiased) => {
        const a = transA ? float([3, 2], turned(A, 2, 3)) : float([2, 3], A);
        const b = transB ? float([4, 3], turned(B, 3, 4)) : float([3, 4], B);
        const found = await evaluate([a, b, float([4], BIAS)], (g, x, y, bias) =>
          gemm(g, x, y, { transA, transB, bias: isBiased ? bias : undefined }),
        );
        expectAbout(
          found,
          [2, 4],
          expected.map((value, i) => value + (isBiased ? BIAS[i % 4]! : 0)),
        );
      });
    }
  }
});

describe("what does not go together", () => {
  const end = "the shapes or types do not go together.";
  const table: [sentence: string, build: (g: GraphBuilder, x: Value, y: Value) => unknown][] = [
    [`MatMul of float32 [n, 3], float32 [4, 3]: ${end}`, (g, x, y) => matmul(g, x, y)],
    [`MatMul of float32 [n, 3], int64 [1]: ${end}`, (g, x) => matmul(g, x, g.constant("int64", [1]))],
    [`Gemm of float32 [n, 3], float32 [4, 3]: ${end}`, (g, x, y) => gemm(g, x, y)],
    [
      `Gemm of float32 [n, 3], float32 [4, 3], float32 [3]: ${end}`,
      (g, x, y) => gemm(g, x, y, { transB: true, bias: g.constant("float32", [1, 2, 3]) }),
    ],
    [
      `Gemm of float32 [n, 3], float32 [2, n, 3]: ${end}`,
      (g, x) => gemm(g, x, g.input("z", "float32", [2, "n", 3])),
    ],
  ];
  it.each(table)("%s", (message, build) => {
    const g = new GraphBuilder("wrong");
    const [x, y] = [g.input("x", "float32", ["n", 3]), g.input("y", "float32", [4, 3])];
    expect(() => build(g, x, y)).toThrow(expect.objectContaining({ code: "graph/shape", message }));
  });

  it("MatMul of batches that cannot be stretched", () => {
    const g = new GraphBuilder("wrong");
    const [x, y] = [g.input("x", "float32", [2, 3, 3]), g.input("y", "float32", [4, 3, 3])];
    const message = "MatMul of [2] and [4]: 2 and 4 do not go together.";
    expect(() => matmul(g, x, y)).toThrow(expect.objectContaining({ code: "graph/shape", message }));
  });
});
