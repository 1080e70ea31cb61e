/** @file Reverse-mode gradients over agent/graph, as nodes of the same graph. */
export { trainedAttention } from "./attention.ts";
export { type GradientOptions, gradients } from "./gradient.ts";
export { type Differentiable, RULES } from "./rules/index.ts";
