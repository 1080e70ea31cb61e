/** @file Cases of products of matrices. */
import { gemm, matmul, transpose } from "../../../agent/graph/ops/index.ts";
import { elementwise, product, transposed } from "../array.ts";
import { drawAxes, drawAxis, drawNumbers, ONE, thinned } from "../draw.ts";
import type { OpCase } from "./case.ts";

/** Stretched in what is before the last two axes; every other draw, the second is turned first. */
export const MatMul: OpCase = (random, draw) => {
  const batch = drawAxes(random, draw % 4);
  const [rows, inner, columns] = ["rows", "inner", "columns"].map((name) => drawAxis(random, name));
  const turns = draw % 2 === 1;
  const a = drawNumbers(random, [...thinned(random, batch), rows!, inner!]);
  const b = drawNumbers(random, [
    ...thinned(random, batch),
    ...(turns ? [columns!, inner!] : [inner!, columns!]),
  ]);
  const rank = b.shape.length;
  const order = [...Array(rank - 2).keys(), rank - 1, rank - 2];
  return {
    parameters: [a, b],
    build: (g, a, b) => matmul(g, a, turns ? transpose(g, b, order) : b),
    reference: (a, b) => product(a, turns ? transposed(b, order) : b),
  };
};

/** All ways to turn the two, each with two of the shapes that a bias may have. */
export const Gemm: OpCase = (random, draw) => {
  const [rows, inner, columns] = ["rows", "inner", "columns"].map((name) => drawAxis(random, name));
  const [transA, transB] = [(draw & 1) !== 0, (draw & 2) !== 0];
  const bias = [undefined, [columns!], [ONE, columns!], [rows!, columns!]][(draw + (draw >> 2)) % 4];
  const turned = [1, 0];
  return {
    parameters: [
      drawNumbers(random, transA ? [inner!, rows!] : [rows!, inner!]),
      drawNumbers(random, transB ? [columns!, inner!] : [inner!, columns!]),
      ...(bias ? [drawNumbers(random, bias)] : []),
    ],
    build: (g, a, b, bias) => gemm(g, a, b, { transA, transB, bias }),
    reference: (a, b, bias) => {
      const found = product(transA ? transposed(a, turned) : a, transB ? transposed(b, turned) : b);
      return bias ? elementwise((x, y) => x + y)(found, bias) : found;
    },
  };
};
