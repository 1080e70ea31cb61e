/**
 * @file The keys of a Qwen2.5-VL `config.json` that Touchline reads, as zod schemas in the spelling of the file.
 * A key that is missing means what it means to transformers 5 (configuration_qwen2_5_vl.py).
 *
 * An `error` here is the phrase after "expected" in the sentence that the reader gets.
 */
import { z } from "zod";

const integer = (least: number, most: number) => {
  const error = `an integer from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};
const size = integer(1, 2 ** 31 - 1);
/** Far above every model that there is, and low enough to list them. */
const layers = integer(1, 10_000);
const token = integer(0, 2 ** 31 - 1);
const positive = z.number({ error: "a number above 0" }).positive({ error: "a number above 0" });
const flag = z.boolean({ error: "true or false" });
const text = z.string({ error: "a text" });
const section = z.record(z.string(), z.unknown(), { error: "an object" });

/** What can be asked of the config of any architecture. */
export const kindSchema = z.object({ model_type: z.unknown().optional() }, { error: "an object" });

export const rootSchema = z.object(
  {
    text_config: section.nullish(),
    vision_config: section.nullish(),
    quantization_config: z.unknown().optional(),
    tie_word_embeddings: flag.nullish(),
    image_token_id: token.default(151_655),
    video_token_id: token.default(151_656),
    vision_start_token_id: token.default(151_652),
    vision_end_token_id: token.default(151_653),
  },
  { error: "an object" },
);

/** Old files say `type`, new ones `rope_type`. */
const rope = z.object(
  {
    rope_type: text.nullish(),
    type: text.nullish(),
    rope_theta: positive.nullish(),
    mrope_section: z
      .tuple([integer(0, 2 ** 16), integer(0, 2 ** 16), integer(0, 2 ** 16)], {
        error: "a list of 3 integers, for time, row and column",
      })
      .default([16, 24, 24]),
  },
  { error: "an object" },
);
export type Rope = z.infer<typeof rope>;

const layerType = z.enum(["full_attention", "sliding_attention"], {
  error: '"full_attention" or "sliding_attention"',
});

export const textSchema = z.object({
  hidden_size: size.default(8192),
  intermediate_size: size.default(29_568),
  num_hidden_layers: layers.default(80),
  num_attention_heads: size.default(64),
  num_key_value_heads: size.nullable().default(8),
  head_dim: size.nullish(),
  vocab_size: size.default(152_064),
  hidden_act: text.default("silu"),
  max_position_embeddings: size.default(32_768),
  rms_norm_eps: positive.default(1e-5),
  use_sliding_window: flag.nullable().default(false),
  sliding_window: size.nullable().default(4096),
  max_window_layers: token.nullable().default(80),
  layer_types: z.array(layerType, { error: "a list of layer types" }).nullish(),
  rope_parameters: rope.nullish(),
  rope_scaling: rope.nullish(),
  rope_theta: positive.nullish(),
  tie_word_embeddings: flag.nullish(),
});
export type TextFile = z.infer<typeof textSchema>;

export const visionSchema = z.object({
  hidden_size: size.default(3584),
  intermediate_size: size.default(3420),
  depth: layers.default(32),
  num_heads: size.default(16),
  hidden_act: text.default("silu"),
  in_channels: size.nullish(),
  in_chans: size.nullish(),
  patch_size: size.nullish(),
  spatial_patch_size: size.nullish(),
  temporal_patch_size: size.default(2),
  spatial_merge_size: size.default(2),
  window_size: size.default(112),
  out_hidden_size: size.default(3584),
  fullatt_block_indexes: z.array(token, { error: "a list of layers" }).default([7, 15, 23, 31]),
  rope_parameters: z.object({ rope_theta: positive.nullish() }, { error: "an object" }).nullish(),
  rope_theta: positive.nullish(),
});
export type VisionFile = z.infer<typeof visionSchema>;
