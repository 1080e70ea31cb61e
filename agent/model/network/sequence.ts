/** @file Whole sequences in one graph, pictures included and without a cache: what is trained. */
import type { GraphBuilder, Value } from "../../graph/index.ts";
import { gather } from "../../graph/ops/index.ts";
import type { ModelConfig } from "../folder/index.ts";
import { embed } from "./inference.ts";
import { textBiases } from "./mask.ts";
import type { Parameters } from "./parameters.ts";
import { languageModel } from "./text.ts";
import { visionTransformer } from "./vision.ts";
import type { Ways } from "./ways.ts";

/**
 * Chosen tokens after the last layer and its norm: [rows, hiddenSize]. Adds these inputs: `input_ids`, `mask` int64 [batch, length];
 * `position_ids` int64 [3, batch, length]; `logit_rows` int64 [rows], places in batch * length; and for sequences with
 * pictures `pixel_values` [patches, channels * temporalPatchSize * patchSize²], `image_grid_thw` int64 [images, 3],
 * `feature_index` int64 [batch, length], -1 for tokens that are none of a picture, and `feature_rows` int64 [features],
 * the place in batch * length of each feature.
 */
export function sequenceRows(
  g: GraphBuilder,
  config: ModelConfig,
  parameters: Parameters,
  { pictures, ways }: { pictures: boolean; ways?: Ways },
): Value {
  const { text, vision } = config;
  const tokens = ["batch", "length"] as const;
  const ids = g.input("input_ids", "int64", tokens);
  const mask = g.input("mask", "int64", tokens);
  const positions = g.input("position_ids", "int64", [3, ...tokens]);
  const rows = g.input("logit_rows", "int64", ["rows"]);
  const embedded = embed(g, parameters, ids, pictures ? features() : undefined);
  const biases = textBiases(g, text, mask);
  const around = { batch: "batch", length: "length", positions };
  const { hidden } = languageModel(g, text, parameters, embedded, around, biases, [], ways);
  return gather(g, hidden, rows);

  function features() {
    const values = vision.channels * vision.temporalPatchSize * vision.patchSize ** 2;
    const pixels = g.input("pixel_values", "float32", ["patches", values]);
    const grids = g.input("image_grid_thw", "int64", ["images", 3]);
    const index = g.input("feature_index", "int64", tokens);
    const places = g.input("feature_rows", "int64", ["features"]);
    return {
      features: visionTransformer(g, vision, parameters, pixels, grids, ways),
      index,
      rows: places,
    };
  }
}
