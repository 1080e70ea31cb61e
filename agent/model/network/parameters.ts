/** @file Where the network's weights come from: it asks by name and does not care who answers. */
import { add, gemm, rmsNorm } from "../../graph/ops/index.ts";
import type { GraphBuilder, Value } from "../../graph/index.ts";

/**
 * The float32 value of a parameter, by its name in the reference's state dict. `pick` takes what is wanted of it, such
 * as some rows: where weights are stored in 16 bits, only that is made float32.
 */
export interface Parameters {
  (name: string, pick?: (whole: Value) => Value): Value;
  /**
   * What is added to the product of `x` [rows, in] with the weight of a linear layer of this name: [rows, out];
   * undefined for nothing.
   */
  readonly adapt?: Adapt;
}

export type Adapt = (g: GraphBuilder, x: Value, layer: string) => Value | undefined;

/** Parameters with something added to products of linear layers. */
export function adapted(parameters: Parameters, adapt: Adapt): Parameters {
  const own: Parameters = (name, pick) => parameters(name, pick);
  return Object.assign(own, { adapt });
}

/** The parameters below a prefix. */
export function below(parameters: Parameters, prefix: string): Parameters {
  const { adapt } = parameters;
  const own: Parameters = (name, pick) => parameters(`${prefix}.${name}`, pick);
  return adapt ? adapted(own, (g, x, layer) => adapt(g, x, `${prefix}.${layer}`)) : own;
}

/** `x` [rows, in] times the weight [out, in], plus the bias if there is one. */
export function linear(
  g: GraphBuilder,
  x: Value,
  parameters: Parameters,
  name: string,
  { bias = false }: { bias?: boolean } = {},
): Value {
  const product = gemm(g, x, parameters(`${name}.weight`), {
    transB: true,
    bias: bias ? parameters(`${name}.bias`) : undefined,
  });
  const more = parameters.adapt?.(g, x, name);
  return more ? add(g, product, more) : product;
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
