/** @file Random weights that a small model can begin to learn with. */
import { bell, makeRandom, type Random } from "../../env/random.ts";
import { type ModelConfig, type NewTensor, parameterShapes } from "../../agent/model/index.ts";

/** As the reference has it. */
const EMBEDDING_DEVIATION = 0.02;
/** Of a sum over all inputs, each of deviation 1. */
const SUM_DEVIATION = 0.7;

/** Every parameter of the model, in the order of the reference; the same seed gives the same values. */
export function randomWeights(config: ModelConfig, seed: number): NewTensor[] {
  const random = makeRandom(seed);
  return Array.from(parameterShapes(config), ([name, shape]) => ({
    name,
    dtype: "F32",
    shape,
    data: firstValues(random, name, shape, config),
  }));
}

function firstValues(
  random: Random,
  name: string,
  shape: readonly number[],
  { text, vision }: ModelConfig,
): Float32Array {
  const [rows, ...others] = shape as [number, ...number[]];
  const fanIn = others.reduce((product, size) => product * size, 1);
  const values = new Float32Array(rows * fanIn);
  if (name.endsWith(".bias")) return values;
  if (others.length === 0) return values.fill(1);
  const deviation = name.endsWith("embed_tokens.weight")
    ? EMBEDDING_DEVIATION
    : SUM_DEVIATION / Math.sqrt(fanIn * parts(name, text.layers, vision.depth));
  for (let i = 0; i < values.length; i++) values[i] = deviation * bell(random);
  return values;
}

/**
 * How many products are added up in the end where this layer's goes: two of every layer where it is added to what came
 * before, so that the sum stays as it is in models of any depth.
 */
function parts(name: string, layers: number, depth: number): number {
  const addsUp = ["o_proj", "down_proj", "attn.proj"].some((layer) => name.endsWith(`.${layer}.weight`));
  if (!addsUp) return 1;
  return 2 * (name.startsWith("model.visual.") ? depth : layers);
}
