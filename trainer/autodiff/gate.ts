/** @file The gate of SwiGLU for training: only its inputs are kept for the way back, the rest is worked out again there. */
import type { Ways } from "../../agent/model/index.ts";
import { add, mul, sigmoid, sub } from "../../agent/graph/ops/index.ts";
import { late } from "./late.ts";

/** silu(x) * up. With s = sigmoid(x) and y = x s, silu's derivative is s + y - y s. */
export const trainedGate: Ways["gate"] = (g, x, up) => {
  const output = mul(g, mul(g, x, sigmoid(g, x)), up);
  g.composites.set(output.name, {
    inputs: [x, up],
    gradients: (d, again) => {
      const own = late(g, again(x), d);
      const s = g.once(`sigmoid ${own.name}`, () => sigmoid(g, own));
      const y = g.once(`silu ${own.name}`, () => mul(g, own, s));
      return [() => mul(g, mul(g, d, again(up)), sub(g, add(g, s, y), mul(g, y, s))), () => mul(g, d, y)];
    },
  });
  return output;
};
