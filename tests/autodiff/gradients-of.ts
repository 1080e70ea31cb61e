/** @file The gradients of a small loss, as numbers. */
import type { GraphBuilder, Value } from "../../agent/graph/index.ts";
import { cast } from "../../agent/graph/ops/index.ts";
import { type GradientOptions, gradients } from "../../trainer/autodiff/index.ts";
import { type Evaluated, evaluateAll, type Given } from "../model/evaluate.ts";

/** With respect to each of `parameters`; `build` gets those first, then the others. Fails where there is none. */
export async function gradientsOf(
  parameters: readonly Given[],
  others: readonly Given[],
  build: (g: GraphBuilder, ...inputs: Value[]) => Value,
  { inspect, ...options }: GradientOptions & { inspect?: (g: GraphBuilder) => void } = {},
): Promise<Evaluated[]> {
  return evaluateAll([...parameters, ...others], (g, ...inputs) => {
    const loss = build(g, ...inputs);
    const found = gradients(g, loss, inputs.slice(0, parameters.length), options);
    inspect?.(g);
    return found.map((gradient) => cast(g, gradient!, "float32"));
  });
}

/** Operators that compute gradients, by how often they stand there. */
export function gradientOps(g: GraphBuilder): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op, name } of g.nodes) {
    if (name.startsWith("gradient/")) counts[op] = (counts[op] ?? 0) + 1;
  }
  return counts;
}
