/** @file What is alive at once in small graphs, counted by hand. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../agent/graph/index.ts";
import { add, exp, gemm, mul, reshape, transpose } from "../../agent/graph/ops/index.ts";
import { bytesOf, workingBytes } from "./memory.ts";

describe("bytes of a value", () => {
  it("follow the names of its lengths", () => {
    const value = { name: "x", type: "float32", shape: ["batch*2*length+rows", 3] } as const;
    expect(bytesOf(value, { batch: 2, length: 5, rows: 7 })).toBe(4 * 3 * 27);
  });
});

describe("working bytes", () => {
  const lengths = { n: 100 };
  const table: [what: string, rows: number, build: (g: GraphBuilder) => void][] = [
    ["nothing between input and output", 0, (g) => g.output("y", exp(g, g.input("x", "float32", ["n", 4])))],
    [
      "one value that is written over and over",
      1,
      (g) => {
        const x = g.input("x", "float32", ["n", 4]);
        g.output("y", exp(g, exp(g, exp(g, exp(g, x)))));
      },
    ],
    [
      "two that the last needs",
      2,
      (g) => {
        const x = g.input("x", "float32", ["n", 4]);
        const [a, b] = [transpose(g, x, [1, 0]), transpose(g, x, [1, 0])];
        g.output("y", transpose(g, add(g, a, b), [1, 0]));
      },
    ],
    [
      "another shape of the same memory",
      1,
      (g) => {
        const x = transpose(g, g.input("x", "float32", ["n", 4]), [1, 0]);
        g.output("y", exp(g, reshape(g, x, ["n", 4])));
      },
    ],
    [
      "one that is still read later",
      2,
      (g) => {
        const x = exp(g, g.input("x", "float32", ["n", 4]));
        g.output("y", mul(g, exp(g, x), x));
      },
    ],
    [
      "no products over their own inputs",
      2,
      (g) => {
        const w = g.input("w", "float32", [4, 4]);
        const x = exp(g, g.input("x", "float32", ["n", 4]));
        g.output("y", exp(g, gemm(g, x, w)));
      },
    ],
  ];
  it.each(table)("%s", (_, rows, build) => {
    const g = new GraphBuilder("small");
    build(g);
    expect(workingBytes(g.build(), lengths)).toBe(rows * 100 * 4 * 4);
  });
});
