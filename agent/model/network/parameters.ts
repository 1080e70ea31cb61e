/** @file Where the network's weights come from: it asks by name and does not care who answers. */
import { gemm, rmsNorm } from "../../graph/ops/index.ts";
import type { GraphBuilder, Value } from "../../graph/index.ts";

/**
 * The float32 value of a parameter, by its name in the reference's state dict. `pick` takes what is wanted of it, such
 * as some rows: where weights are stored in 16 bits, only that is made float32.
 */
export type Parameters = (name: string, pick?: (whole: Value) => Value) => Value;

/** The parameters below a prefix. */
export function below(parameters: Parameters, prefix: string): Parameters {
  return (name, pick) => parameters(`${prefix}.${name}`, pick);
}

/** `x` [rows, in] times the weight [out, in], plus the bias if there is one. */
export function linear(
  g: GraphBuilder,
  x: Value,
  parameters: Parameters,
  name: string,
  { bias = false }: { bias?: boolean } = {},
): Value {
  return gemm(g, x, parameters(`${name}.weight`), {
    transB: true,
    bias: bias ? parameters(`${name}.bias`) : undefined,
  });
}

export function norm(
  g: GraphBuilder,
  x: Value,
  parameters: Parameters,
  name: string,
  epsilon: number,
): Value {
  return rmsNorm(g, x, parameters(`${name}.weight`), epsilon);
}
