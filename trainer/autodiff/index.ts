/** @file Reverse-mode gradients over agent/graph, as nodes of the same graph. */
import type { Ways } from "../../agent/model/index.ts";
import { trainedAttention } from "./attention.ts";
import { trainedGate } from "./gate.ts";

export { type GradientOptions, gradients } from "./gradient.ts";
export { type Differentiable, RULES } from "./rules/index.ts";

/** Parts of layers with gradients of their own. */
export const TRAINING: Ways = { attend: trainedAttention, gate: trainedGate };
