/**
 * @file The three graphs of an `onnx/` folder, as transformers.js and other programs expect them: the cache goes in
 * and comes out whole, and names are theirs. The vision encoder is the one of `inference.ts`.
 */
import { type Graph, GraphBuilder, times, type Value } from "../../graph/index.ts";
import { concat, gather, neg, reshape, slice } from "../../graph/ops/index.ts";
import type { ModelConfig } from "../folder/index.ts";
import type { KeyValue } from "./attention.ts";
import type { Weigh } from "./inference.ts";
import { textBiases } from "./mask.ts";
import { EMBEDDING, languageHead, languageModel } from "./text.ts";

// transformers.js takes every other name for a length that is 0 at first.
const BATCH = "batch_size";
const LENGTH = "sequence_length";
const PAST = "past_sequence_length";
const TOTAL = "total_sequence_length";
const KEPT = "num_logits";
const END = 2 ** 31;

/** `input_ids` int64 [batch, length] to `inputs_embeds` [batch, length, hiddenSize]. */
export function embeddingGraph(_: ModelConfig, weigh: Weigh): Graph {
  const g = new GraphBuilder("embed_tokens");
  const ids = g.input("input_ids", "int64", [BATCH, LENGTH]);
  g.output(
    "inputs_embeds",
    weigh(g)(EMBEDDING, (table) => gather(g, table, ids)),
  );
  return g.build();
}

/**
 * `inputs_embeds` [batch, length, hiddenSize], `attention_mask` int64 [batch, past + length], `position_ids` int64
 * [3, batch, length], `past_key_values.L.key` and `.value` [batch, keyValueHeads, past, headSize] and
 * `num_logits_to_keep` int64 (0: all) to `logits` [batch, kept, vocabularySize] and `present.L.key` and `.value`.
 */
export function mergedDecoderGraph({ text }: ModelConfig, weigh: Weigh): Graph {
  const g = new GraphBuilder("decoder_model_merged");
  const parameters = weigh(g);
  const { hiddenSize, keyValueHeads, headSize } = text;
  const embeddings = g.input("inputs_embeds", "float32", [BATCH, LENGTH, hiddenSize]);
  const mask = g.input("attention_mask", "int64", [BATCH, TOTAL]);
  const positions = g.input("position_ids", "int64", [3, BATCH, LENGTH]);
  const keep = g.input("num_logits_to_keep", "int64", []);
  const shape = [BATCH, keyValueHeads, PAST, headSize];
  const layers = Array.from({ length: text.layers }, (_, layer): KeyValue => ({
    key: g.input(`past_key_values.${layer}.key`, "float32", shape),
    value: g.input(`past_key_values.${layer}.value`, "float32", shape),
  }));
  const border = g.length(PAST);
  const before = slice(g, mask, 1, 0, border, PAST);
  const now = slice(g, mask, 1, border, END, LENGTH);
  const rows = times(BATCH, LENGTH);
  const { hidden, present: fresh } = languageModel(
    g,
    text,
    parameters,
    reshape(g, embeddings, [rows, hiddenSize]),
    { batch: BATCH, length: LENGTH, positions },
    textBiases(g, text, now, [before]),
    [layers],
  );
  const last = lastOf(g, reshape(g, hidden, [BATCH, LENGTH, hiddenSize]), keep);
  const logits = languageHead(g, text, parameters, reshape(g, last, [times(BATCH, KEPT), hiddenSize]));
  g.output("logits", reshape(g, logits, [BATCH, KEPT, text.vocabularySize]));
  fresh.forEach(({ key, value }, layer) => {
    g.output(`present.${layer}.key`, concat(g, [layers[layer]!.key, key], 2, TOTAL));
    g.output(`present.${layer}.value`, concat(g, [layers[layer]!.value, value], 2, TOTAL));
  });
  return g.build();
}

/** The last tokens of each row; -0 from the end is the beginning, which makes 0 mean all. */
function lastOf(g: GraphBuilder, hidden: Value, keep: Value): Value {
  const start = neg(g, reshape(g, keep, [1]));
  const last = slice(g, hidden, 1, start, END, KEPT);
  g.define(KEPT, g.lengthOf(last, 1));
  return last;
}
