/** @file The language model: from embedded tokens to logits. Rows are tokens: [batch * length, hiddenSize]. */
import { type Dimension, type GraphBuilder, times, type Value } from "../../graph/index.ts";
import { add, concat, gemm, mul, reshape, slice, transpose } from "../../graph/ops/index.ts";
import { HEAD, type TextConfig } from "../folder/index.ts";
import { attentionScale, type KeyValue } from "./attention.ts";
import type { Biases } from "./mask.ts";
import { below, linear, norm, type Parameters } from "./parameters.ts";
import { makeRotary, rotate, type Rotary, sectionFrequencies } from "./rotary.ts";
import { INFERENCE, type Ways } from "./ways.ts";

export interface Tokens {
  batch: Dimension;
  length: Dimension;
  /** int64 [3, batch, length]: time, row, column. */
  positions: Value;
}

const LANGUAGE = "model.language_model";

/**
 * All layers and the last norm. `past`: segments of what came before, each layer by layer; `biases` are of all of it and
 * of these tokens. `present`: keys and values of these tokens, layer by layer.
 */
export function languageModel(
  g: GraphBuilder,
  config: TextConfig,
  parameters: Parameters,
  embeddings: Value,
  tokens: Tokens,
  biases: Biases,
  past: readonly (readonly KeyValue[])[] = [],
  ways: Ways = INFERENCE,
): { hidden: Value; present: KeyValue[] } {
  const own = below(parameters, LANGUAGE);
  const rotary = textRotary(g, config, tokens);
  const present: KeyValue[] = [];
  let hidden = embeddings;
  for (let layer = 0; layer < config.layers; layer++) {
    hidden = g.within(`layers.${layer}`, () => {
      const layerParameters = below(own, `layers.${layer}`);
      const kind = config.slidingLayers[layer] && biases.sliding ? "sliding" : "full";
      const before = past.map((layers) => layers[layer]!);
      const normed = norm(g, hidden, layerParameters, "input_layernorm", config.normEpsilon);
      const { output, now } = selfAttention(
        g,
        config,
        layerParameters,
        normed,
        tokens,
        rotary,
        biases[kind],
        before,
        ways,
      );
      present.push(now);
      const attended = add(g, hidden, output);
      const again = norm(g, attended, layerParameters, "post_attention_layernorm", config.normEpsilon);
      return add(g, attended, swiGlu(g, again, below(layerParameters, "mlp"), ways));
    });
  }
  return { hidden: norm(g, hidden, own, "norm", config.normEpsilon), present };
}

/** Logits of rows [rows, hiddenSize]: [rows, vocabularySize]; the head is used in pieces of so many tokens. */
export function languageHead(
  g: GraphBuilder,
  config: TextConfig,
  parameters: Parameters,
  rows: Value,
  pieceSize: number = config.vocabularySize,
): Value {
  const name = config.tied ? EMBEDDING : HEAD;
  if (pieceSize >= config.vocabularySize) return gemm(g, rows, parameters(name), { transB: true });
  const pieces: Value[] = [];
  for (let start = 0; start < config.vocabularySize; start += pieceSize) {
    const end = Math.min(start + pieceSize, config.vocabularySize);
    const piece = parameters(name, (head) => slice(g, head, 0, start, end));
    pieces.push(gemm(g, rows, piece, { transB: true }));
  }
  return concat(g, pieces, 1);
}

export const EMBEDDING = `${LANGUAGE}.embed_tokens.weight`;

function selfAttention(
  g: GraphBuilder,
  config: TextConfig,
  parameters: Parameters,
  rows: Value,
  { batch, length }: Tokens,
  rotary: Rotary,
  bias: Value | undefined,
  past: readonly KeyValue[],
  ways: Ways,
): { output: Value; now: KeyValue } {
  const { heads, keyValueHeads, headSize } = config;
  const own = below(parameters, "self_attn");
  const project = (name: string, count: number): Value =>
    reshape(g, linear(g, rows, own, name, { bias: true }), [batch, length, count * headSize]);
  const perHead = (x: Value): Value =>
    transpose(g, reshape(g, x, [batch, length, keyValueHeads, headSize]), [0, 2, 1, 3]);
  const turned = mul(g, rotate(g, project("q_proj", heads), rotary), g.scalar(attentionScale(headSize)));
  const grouped = reshape(g, turned, [batch, length, keyValueHeads, heads / keyValueHeads, headSize]);
  const query = transpose(g, grouped, [0, 2, 3, 1, 4]);
  const now: KeyValue = {
    key: perHead(rotate(g, project("k_proj", keyValueHeads), rotary)),
    value: perHead(project("v_proj", keyValueHeads)),
  };
  const mixed = transpose(g, ways.attend(g, query, [...past, now], bias), [0, 3, 1, 2, 4]);
  return { output: linear(g, reshape(g, mixed, [rows.shape[0]!, heads * headSize]), own, "o_proj"), now };
}

/** SwiGLU (arXiv 2002.05202). */
export function swiGlu(
  g: GraphBuilder,
  x: Value,
  parameters: Parameters,
  ways: Ways,
  options?: { bias: boolean },
): Value {
  const project = (name: string): Value => linear(g, x, parameters, name, options);
  const gated = ways.gate(g, project("gate_proj"), project("up_proj"));
  return linear(g, gated, parameters, "down_proj", options);
}

function textRotary(g: GraphBuilder, config: TextConfig, { batch, length, positions }: Tokens): Rotary {
  const rows = reshape(g, transpose(g, positions, [1, 2, 0]), [times(batch, length), 3]);
  const frequencies = sectionFrequencies(config.ropeTheta, config.headSize, config.ropeSections);
  return makeRotary(g, rows, frequencies, [batch, length]);
}
