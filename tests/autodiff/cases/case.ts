/** @file What a case of the table is: how an operator comes into a graph, and what it computes. */
import type { GraphBuilder, Value } from "../../../agent/graph/index.ts";
import type { Random } from "../../../env/random.ts";
import type { Given } from "../../model/evaluate.ts";
import type { Numbers } from "../array.ts";

export interface Drawn {
  /** float32: gradients are asked for each. */
  parameters: readonly Given[];
  /** Inputs without gradients, such as indices. */
  others?: readonly Given[];
  /** Parameters first, then the others. The result is float32. */
  build: (g: GraphBuilder, ...inputs: Value[]) => Value;
  /** The same in float64. */
  reference: (...inputs: Numbers[]) => Numbers;
}

/** `draw` counts from 0, so that a case can go through its options in order. */
export type OpCase = (random: Random, draw: number) => Drawn;

/** So many are drawn of each case. */
export const DRAWS = 8;
