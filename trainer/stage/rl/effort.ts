/** @file How long a run will take, about: products of matrices that it takes, at the speed that this machine does one. */
import { availableParallelism } from "node:os";
import { type Device, float32, GraphBuilder, Session } from "../../../agent/graph/index.ts";
import { matmul, reduceSum } from "../../../agent/graph/ops/index.ts";
import { linearLayers, type ModelConfig } from "../../../agent/model/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";

/** What a rollout consists of. */
export interface Effort {
  /** Answers and decisions. */
  samples: number;
  promptTokens: number;
  /** Squares of pictures in a prompt. */
  patches: number;
  /** Rollouts that are still to be done. */
  steps: number;
}

/** Answers are seldom as long as they may be: the paper's grew to 800 tokens of 8,192. */
export const LIKELY_TOKENS = 1000;
/** What else there is to do, as a factor: measured on a model of 50 million parameters. */
const OVERHEAD = 1.25;

/** Multiplications and additions of a token on its way through the layers, of a patch, of a row of logits, of a pair of tokens. */
function operations(config: ModelConfig) {
  const sizes = [...linearLayers(config)];
  const sum = (vision: boolean): number =>
    sizes
      .filter(([name]) => name.startsWith("model.visual.") === vision)
      .reduce((total, [, [out, inner]]) => total + 2 * out * inner, 0);
  const { vocabularySize, hiddenSize, heads, headSize, layers } = config.text;
  return {
    token: sum(false),
    patch: sum(true),
    row: 2 * vocabularySize * hiddenSize,
    pair: 4 * heads * headSize * layers,
  };
}

/** Seconds of all rollouts and what is learned from them. */
export async function estimateSeconds(
  recipe: RlRecipe,
  config: ModelConfig,
  { samples, promptTokens, patches, steps }: Effort,
  { actors, threads }: { actors: number; threads: number },
): Promise<number> {
  const { token, patch, row, pair } = operations(config);
  const { maxTokens, decodeBatchSize, device, algorithm, klCoefficient, lora, recompute, epochs } = recipe;
  const answer = Math.min(maxTokens, LIKELY_TOKENS);
  const length = promptTokens + answer;
  const read = patch * patches + token * promptTokens + (pair * promptTokens ** 2) / 2;
  const written = answer * (token + row + pair * (promptTokens + answer / 2));
  const forward = patch * patches + token * length + row * answer + (pair * length ** 2) / 2;
  // The way back takes a product for what comes before a layer, and another for its weights where they learn.
  const ways = epochs * (1 + (lora ? 1 : 2) + (recompute ? 1 : 0));
  const passes = ways + Number(klCoefficient > 0) + Number(algorithm === "ppo");
  const { hiddenSize, intermediateSize } = config.text;
  const inner = Math.min(hiddenSize, LARGEST);
  const outer = Math.min(intermediateSize, LARGEST);
  const rate = (rows: number, own: number) => measure({ rows, inner, outer, threads: own, device });
  const together = Math.min(actors, availableParallelism());
  const [reading, writing, learning] = [
    (await rate(MANY_ROWS, 1)) * together,
    (await rate(decodeBatchSize, 1)) * together,
    await rate(MANY_ROWS, threads),
  ];
  const perSample = read / reading + written / writing + (passes * forward) / learning;
  return OVERHEAD * steps * samples * perSample;
}

const MANY_ROWS = 128;
/** Larger matrices are no faster. */
const LARGEST = 2048;
const SECONDS = 0.15;

/** Operations a second of a product of matrices. */
async function measure({
  rows,
  inner,
  outer,
  threads,
  device,
}: {
  rows: number;
  inner: number;
  outer: number;
  threads: number;
  device: Device;
}): Promise<number> {
  const g = new GraphBuilder("speed");
  const weights = new Float32Array(inner * outer).fill(0.01);
  const weight = g.raw("float32", new Uint8Array(weights.buffer), [inner, outer]);
  const product = matmul(g, g.input("rows", "float32", [rows, inner]), weight);
  g.output("sum", reduceSum(g, product, [0, 1]));
  const session = await Session.open(g.build(), { device, threads });
  try {
    const feeds = { rows: float32(new Float32Array(rows * inner).fill(0.5), [rows, inner]) };
    await session.run(feeds);
    const began = performance.now();
    let runs = 0;
    while (performance.now() - began < 1000 * SECONDS) {
      await session.run(feeds);
      runs++;
    }
    return (runs * 2 * rows * inner * outer) / ((performance.now() - began) / 1000);
  } finally {
    await session.close();
  }
}
