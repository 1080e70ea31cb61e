/** @file The rules by the operator's name. tests/autodiff holds a second computation of each. */
import * as elementwise from "./elementwise.ts";
import * as layout from "./layout.ts";
import * as matrix from "./matrix.ts";
import * as reduce from "./reduce.ts";

export const RULES = { ...elementwise, ...layout, ...matrix, ...reduce };

export type Differentiable = keyof typeof RULES;
