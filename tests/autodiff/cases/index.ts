/** @file A case for every rule: the type allows no rule without one. */
import type { Differentiable } from "../../../trainer/autodiff/index.ts";
import type { OpCase } from "./case.ts";
import * as elementwise from "./elementwise.ts";
import * as layout from "./layout.ts";
import * as matrix from "./matrix.ts";
import * as reduce from "./reduce.ts";

export const CASES: Readonly<Record<Differentiable, OpCase>> = {
  ...elementwise,
  ...layout,
  ...matrix,
  ...reduce,
};
export { type Drawn, DRAWS, type OpCase } from "./case.ts";
