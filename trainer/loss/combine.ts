/** @file Several losses as one. */
import { TouchlineError } from "../../env/error.ts";
import type { Value } from "../../agent/graph/index.ts";
import { add, mul } from "../../agent/graph/ops/index.ts";
import type { Loss } from "../learner/index.ts";

/**
 * The sum of some losses, each times its coefficient; the metrics of all. Policy and value:
 * `combine([[policyLoss(), 1], [valueLoss(), 0.5]])`.
 * @throws TouchlineError `trainer/loss` when there are none, and, when built, for a metric that two of them tell.
 */
export function combine(parts: readonly (readonly [loss: Loss, coefficient: number])[]): Loss {
  if (parts.length === 0)
    throw new TouchlineError("trainer/loss", "No losses to combine; expected one or more.");
  return (context) => {
    const { g } = context;
    const metrics: Record<string, Value> = {};
    const terms = parts.map(([loss, coefficient]) => {
      const built = loss(context);
      for (const [name, value] of Object.entries(built.metrics ?? {})) {
        if (name in metrics) {
          throw new TouchlineError(
            "trainer/loss",
            `Two of the losses tell a metric "${name}"; combine each once.`,
          );
        }
        metrics[name] = value;
      }
      return coefficient === 1 ? built.loss : mul(g, built.loss, g.scalar(coefficient));
    });
    return { loss: terms.reduce((sum, term) => add(g, sum, term)), metrics };
  };
}
