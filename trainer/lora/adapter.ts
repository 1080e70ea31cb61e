/**
 * @file Low-rank adapters (LoRA, arXiv 2106.09685): beside the frozen weight W [out, in] of a linear layer stand two
 * narrow matrices that are trained, and the layer computes x Wᵀ + scale (x Aᵀ) Bᵀ.
 */
import { type GraphBuilder, sizeOf, type Value } from "../../agent/graph/index.ts";
import { gemm, mul } from "../../agent/graph/ops/index.ts";
import { adapted, linearLayers, type ModelConfig, type Parameters } from "../../agent/model/index.ts";
import { makeRandom, uniform } from "../../env/random.ts";
import { isTarget, type LoraOptions, scaleOf } from "./options.ts";

/** What an adapter does to one linear layer. */
export interface AdaptedLayer {
  rank: number;
  scale: number;
  inSize: number;
  outSize: number;
}

export interface Adapter {
  /** By the layer's name, such as `model.language_model.layers.0.self_attn.q_proj`, in the model's order. */
  layers: ReadonlyMap<string, AdaptedLayer>;
  /** The matrices by the names of `matrixShapes`, rows first. */
  values: ReadonlyMap<string, Float32Array>;
}

/** A [rank, in] and B [out, rank], called as peft calls them within a model. */
export const narrowing = (layer: string): string => `${layer}.lora_A.weight`;
export const widening = (layer: string): string => `${layer}.lora_B.weight`;

/** The matrices of an adapter with their shapes. */
export function matrixShapes(layers: Adapter["layers"]): Map<string, readonly [number, number]> {
  return new Map(
    [...layers].flatMap(([layer, { rank, inSize, outSize }]) => [
      [narrowing(layer), [rank, inSize]] as const,
      [widening(layer), [outSize, rank]] as const,
    ]),
  );
}

/**
 * A new adapter that changes nothing yet: A is drawn as peft draws it (uniform within 1 / √in), B is zero. The same
 * seed gives the same adapter.
 * @throws TouchlineError `trainer/lora` for options that fit no layer.
 */
export function makeAdapter(config: ModelConfig, options: LoraOptions, seed: number): Adapter {
  const linear = linearLayers(config);
  const layers = new Map<string, AdaptedLayer>();
  const scale = scaleOf(options);
  const wanted = isTarget([...linear.keys()], options);
  for (const [layer, [outSize, inSize]] of linear) {
    if (wanted(layer)) layers.set(layer, { rank: options.rank, scale, inSize, outSize });
  }
  const random = makeRandom(seed);
  const values = new Map<string, Float32Array>();
  for (const [layer, { rank, inSize, outSize }] of layers) {
    const bound = Math.sqrt(1 / inSize);
    const draw = (): number => (2 * uniform(random) - 1) * bound;
    values.set(narrowing(layer), Float32Array.from({ length: rank * inSize }, draw));
    values.set(widening(layer), new Float32Array(outSize * rank));
  }
  return { layers, values };
}

/** Parameters whose linear layers are adapted; `matrix` gives the matrices of `matrixShapes`. */
export function withAdapter(
  parameters: Parameters,
  layers: Adapter["layers"],
  matrix: (name: string, shape: readonly number[]) => Value,
): Parameters {
  return adapted(parameters, (g, x, layer) => {
    const own = layers.get(layer);
    if (own === undefined) return undefined;
    const { rank, scale, inSize, outSize } = own;
    const narrow = gemm(g, x, matrix(narrowing(layer), [rank, inSize]), { transB: true });
    const scaled = mul(g, narrow, g.scalar(scale));
    return gemm(g, scaled, matrix(widening(layer), [outSize, rank]), { transB: true });
  });
}

/** Parameters of a graph with an adapter that stands still: its matrices are kept in the graph. */
export function withFixedAdapter(g: GraphBuilder, parameters: Parameters, adapter: Adapter): Parameters {
  return withAdapter(parameters, adapter.layers, (name, shape) =>
    g.once(`parameter ${name}`, () => {
      const values = adapter.values.get(name)!;
      return g.raw(
        "float32",
        new Uint8Array(values.buffer, values.byteOffset, 4 * sizeOf(shape)),
        shape,
        name,
      );
    }),
  );
}
