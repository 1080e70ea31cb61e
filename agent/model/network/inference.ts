/** @file The graphs that a model runs on: pictures to features, and tokens to logits beside a cache. */
import { type Graph, GraphBuilder, type Shape, times, type Value } from "../../graph/index.ts";
import {
  add,
  concat,
  exp,
  gather,
  less,
  log,
  maximum,
  reduceMax,
  reduceSum,
  reshape,
  sub,
  where,
} from "../../graph/ops/index.ts";
import type { ModelConfig } from "../folder/index.ts";
import type { KeyValue } from "./attention.ts";
import { textBiases } from "./mask.ts";
import type { Parameters } from "./parameters.ts";
import { EMBEDDING, languageHead, languageModel } from "./text.ts";
import { visionTransformer } from "./vision.ts";

/** How a graph gets its weights. */
export type Weigh = (g: GraphBuilder) => Parameters;

/**
 * `pixel_values` [patches, channels * temporalPatchSize * patchSize²] and `image_grid_thw` int64 [images, 3] to
 * `image_features` [features, hiddenSize].
 */
export function visionGraph({ vision }: ModelConfig, weigh: Weigh): Graph {
  const g = new GraphBuilder("vision_encoder");
  const values = vision.channels * vision.temporalPatchSize * vision.patchSize ** 2;
  const pixels = g.input("pixel_values", "float32", ["num_patches", values]);
  const grids = g.input("image_grid_thw", "int64", ["num_images", 3]);
  g.output("image_features", visionTransformer(g, vision, weigh(g), pixels, grids));
  return g.build();
}

export const keyName = (layer: number): string => `cache.${layer}.key`;
export const valueName = (layer: number): string => `cache.${layer}.value`;
export const prefixKeyName = (layer: number): string => `prefix.${layer}.key`;
export const prefixValueName = (layer: number): string => `prefix.${layer}.value`;
export const newKeyName = (layer: number): string => `new.${layer}.key`;
export const newValueName = (layer: number): string => `new.${layer}.value`;

/**
 * Tokens to logits, beside a cache that the caller keeps: the graph reads it where it lies and gives only the keys
 * and values of the new tokens, so that a step copies no more than it adds. `joined`: it gives those of the cache and
 * the new tokens together, for devices where the cache never leaves. `prefixed`: what rows begin with alike comes
 * before their caches, once for all of them.
 *
 * Inputs: `input_ids` int64 [batch, length]; `image_features` [features, hiddenSize] and `feature_index` int64
 * [batch, length], -1 for tokens that are none of a picture; `position_ids` int64 [3, batch, length]; `mask` int64
 * [batch, length] and `cache_mask` int64 [batch, columns]; `logit_rows` int64 [rows], places in batch * length;
 * `cache.L.key` and `cache.L.value` [batch, keyValueHeads, columns, headSize]; when prefixed, also `prefix_mask` int64
 * [batch, prefix], and `prefix.L.key` and `prefix.L.value` [1, keyValueHeads, prefix, headSize].
 * Outputs: `logits` [rows, vocabularySize]; `log_sums` [rows], the logarithm of the sum of exp(logit); `new.L.key` and `new.L.value` [batch, keyValueHeads, length, headSize].
 */
export function decoderGraph(
  { text }: ModelConfig,
  weigh: Weigh,
  { joined = false, prefixed = false, headPieceSize = text.vocabularySize } = {},
): Graph {
  const g = new GraphBuilder("decoder");
  const parameters = weigh(g);
  const tokens = ["batch", "length"] as const;
  const ids = g.input("input_ids", "int64", tokens);
  const features = g.input("image_features", "float32", ["features", text.hiddenSize]);
  const index = g.input("feature_index", "int64", tokens);
  const positions = g.input("position_ids", "int64", [3, ...tokens]);
  const mask = g.input("mask", "int64", tokens);
  const cacheMask = g.input("cache_mask", "int64", ["batch", "columns"]);
  const rows = g.input("logit_rows", "int64", ["rows"]);
  const layers = segment(keyName, valueName, ["batch", text.keyValueHeads, "columns", text.headSize]);
  const prefix = prefixed && {
    mask: g.input("prefix_mask", "int64", ["batch", "prefix"]),
    layers: segment(prefixKeyName, prefixValueName, [1, text.keyValueHeads, "prefix", text.headSize]),
  };
  const embedded = embed(g, parameters, ids, { features, index });
  const biases = textBiases(g, text, mask, prefix ? [prefix.mask, cacheMask] : [cacheMask]);
  const around = { batch: "batch", length: "length", positions };
  const result = languageModel(
    g,
    text,
    parameters,
    embedded,
    around,
    biases,
    prefix ? [prefix.layers, layers] : [layers],
  );
  const logits = languageHead(g, text, parameters, gather(g, result.hidden, rows), headPieceSize);
  g.output("logits", logits);
  g.output("log_sums", logSum(g, logits));
  result.present.forEach(({ key, value }, layer) => {
    const before = layers[layer]!;
    g.output(newKeyName(layer), joined ? concat(g, [before.key, key], 2) : key);
    g.output(newValueName(layer), joined ? concat(g, [before.value, value], 2) : value);
  });
  return g.build();

  function segment(key: typeof keyName, value: typeof valueName, shape: Shape): KeyValue[] {
    return Array.from({ length: text.layers }, (_, layer) => ({
      key: g.input(key(layer), "float32", shape),
      value: g.input(value(layer), "float32", shape),
    }));
  }
}

/** Features of pictures, and where they stand among tokens. There must be at least one, also where no token is one. */
interface Seen {
  /** [features, hiddenSize] */
  features: Value;
  /** int64 [batch, length]: the feature of each token, -1 for none. */
  index: Value;
  /** int64 [features]: the token of each feature; gradients find their way back by it. */
  rows?: Value;
}

/** Rows of tokens [batch * length, hiddenSize], with features of pictures in their places. */
export function embed(g: GraphBuilder, parameters: Parameters, ids: Value, seen?: Seen): Value {
  const count = times(ids.shape[0]!, ids.shape[1]!);
  const words = parameters(EMBEDDING, (table) => gather(g, table, reshape(g, ids, [count])));
  if (seen === undefined) return words;
  const places = reshape(g, seen.index, [count, 1]);
  const none = g.constant("int64", [0]);
  const rows = reshape(g, maximum(g, places, none), [count]);
  return where(g, less(g, places, none), words, gather(g, seen.features, rows, seen.rows));
}

function logSum(g: GraphBuilder, logits: Value): Value {
  const peak = reduceMax(g, logits, [1], true);
  const mass = reduceSum(g, exp(g, sub(g, logits, peak)), [1], true);
  return reshape(g, add(g, peak, log(g, mass)), [logits.shape[0]!]);
}
