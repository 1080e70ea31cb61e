/** @file The parts of a layer that can be worked out in more ways than one: training has its own. */
import type { GraphBuilder, Value } from "../../graph/index.ts";
import { mul, silu } from "../../graph/ops/index.ts";
import { attend, type Attend } from "./attention.ts";

export interface Ways {
  attend: Attend;
  /** silu(x) * up, both of one shape. */
  gate: (g: GraphBuilder, x: Value, up: Value) => Value;
}

export const INFERENCE: Ways = {
  attend,
  gate: (g, x, up) => mul(g, silu(g, x), up),
};
