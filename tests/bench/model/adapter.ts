/**
 * @file One step of LoRA on a model, in a process of its own that `npm run bench:lora` watches: arguments are the
 * folder, how the frozen weights are kept (bf16 as they are stored, fp32, float16 or int4), tokens, and whether layers
 * are worked out again.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, Session, sizeOf } from "../../../agent/graph/index.ts";
import {
  type Narrow,
  narrowWeights,
  openWeights,
  readConfig,
  storedWeights,
} from "../../../agent/model/index.ts";
import { makeBatch } from "../../../trainer/learner/batch.ts";
import { stepGraph } from "../../../trainer/learner/graph.ts";
import { makeAdapter } from "../../../trainer/lora/index.ts";
import { crossEntropy } from "../../../trainer/loss/index.ts";
import { ADAMW_DEFAULTS } from "../../../trainer/optimiser/index.ts";
import { tell } from "./stage.ts";

const [directory, kept, tokens, recompute] = process.argv.slice(2);

const start = performance.now();
const config = readConfig(directory!);
const weights = openWeights(directory!);
const scratch = mkdtempSync(join(tmpdir(), "touchline-narrow-"));
const narrow = kept === "float16" || kept === "int4" ? (kept satisfies Narrow) : undefined;
const base = narrow
  ? { directory: scratch, frozen: narrowWeights(config, weights, narrow, join(scratch, "weights.bin")) }
  : { directory: directory!, frozen: storedWeights(weights) };
const adapter = makeAdapter(config, { rank: 8, alpha: 16 }, 1);
const { graph, trainable } = stepGraph(
  {
    config,
    loss: ({ g, logits, labels, perRow }) => ({ loss: crossEntropy(g, logits(), labels, perRow("weights")) }),
    trained: new Set(),
    adapted: adapter.layers,
    ...base,
    headPieceSize: 8192,
    recompute: recompute === "true",
    optimiser: ADAMW_DEFAULTS,
  },
  false,
);
tell("built", start);
const session = await Session.open(graph, {
  directory: base.directory,
  threads: 2,
  foldConstants: kept === "fp32",
  lengthsVary: true,
});
tell("opened", start);
const ids = Array.from({ length: Number(tokens) }, (_, i) => (i * 7) % 1000);
const learned = ids.slice(-64).map((_, i) => ids.length - 64 + i);
const batch = makeBatch(config, [{ ids, learned, pixelValues: new Float32Array(0), grids: [] }]);
const zeros = (shape: readonly number[]) => float32(new Float32Array(sizeOf(shape)), shape);
const feeds = {
  ...batch.feeds,
  weights: float32(new Float32Array(batch.rows).fill(1 / batch.rows), [batch.rows]),
  ...Object.fromEntries(
    trainable.flatMap(({ name, shape }) => [
      [name, float32(adapter.values.get(name)!, shape)],
      [`mean.${name}`, zeros(shape)],
      [`square.${name}`, zeros(shape)],
    ]),
  ),
  learningRate: float32(Float32Array.of(1e-3), []),
  correction1: float32(Float32Array.of(10), []),
  correction2: float32(Float32Array.of(20), []),
};
for (const stage of ["first step", "second step"]) {
  const before = performance.now();
  await session.run(feeds);
  tell(stage, before);
}
await session.close();
rmSync(scratch, { recursive: true });
