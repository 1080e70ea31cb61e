/**
 * @file The JSON files of an exported folder. Where a key is missing, transformers.js takes defaults of its own or
 * looks elsewhere than transformers, so everything that it reads is written out.
 */
import type { GenerationConfig, ModelConfig, TextConfig, VisionConfig } from "./folder/index.ts";
import type { PreprocessorConfig } from "./image/index.ts";

type Json = Readonly<Record<string, unknown>>;

/** Keys of the language model that the Hub's old, flat files have beside those of the whole. */
const FLAT_KEYS = [
  "attention_dropout",
  "bos_token_id",
  "eos_token_id",
  "hidden_act",
  "hidden_size",
  "initializer_range",
  "intermediate_size",
  "layer_types",
  "max_position_embeddings",
  "max_window_layers",
  "num_attention_heads",
  "num_hidden_layers",
  "num_key_value_heads",
  "pad_token_id",
  "rms_norm_eps",
  "rope_parameters",
  "rope_scaling",
  "rope_theta",
  "sliding_window",
  "use_cache",
  "use_sliding_window",
  "vocab_size",
];

/** Ways to say what is now written out, which must not contradict it. */
const OLD_TEXT_KEYS = ["rope_scaling", "rope_theta", "tie_word_embeddings"];
const OLD_VISION_KEYS = ["in_chans", "spatial_patch_size", "rope_theta"];

/**
 * `config.json` in the nested form.
 * @param source what the file said that `config` was read from.
 * @param separate names of the graphs whose weights lie in a file beside them.
 */
export function configFile(config: ModelConfig, source: Json, separate: readonly string[]): Json {
  const nested = source["text_config"] as Json | null | undefined;
  const text = nested ?? only(source, FLAT_KEYS);
  return {
    ...(nested ? source : without(source, FLAT_KEYS)),
    architectures: ["Qwen2_5_VLForConditionalGeneration"],
    model_type: "qwen2_5_vl",
    image_token_id: config.tokens.image,
    video_token_id: config.tokens.video,
    vision_start_token_id: config.tokens.visionStart,
    vision_end_token_id: config.tokens.visionEnd,
    tie_word_embeddings: config.text.tied,
    text_config: { ...without(text, OLD_TEXT_KEYS), ...textKeys(config.text) },
    vision_config: {
      ...without((source["vision_config"] ?? {}) as Json, OLD_VISION_KEYS),
      ...visionKeys(config.vision),
    },
    "transformers.js_config": {
      use_external_data_format: Object.fromEntries(separate.map((name) => [`${name}.onnx`, 1])),
    },
  };
}

function textKeys(text: TextConfig): Json {
  return {
    model_type: "qwen2_5_vl_text",
    hidden_act: "silu",
    hidden_size: text.hiddenSize,
    intermediate_size: text.intermediateSize,
    num_hidden_layers: text.layers,
    num_attention_heads: text.heads,
    num_key_value_heads: text.keyValueHeads,
    head_dim: text.headSize,
    vocab_size: text.vocabularySize,
    max_position_embeddings: text.contextLength,
    rms_norm_eps: text.normEpsilon,
    rope_parameters: {
      rope_type: "default",
      rope_theta: text.ropeTheta,
      mrope_section: text.ropeSections,
    },
    use_sliding_window: text.slidingWindow !== null,
    sliding_window: text.slidingWindow,
    layer_types: text.slidingLayers.map((sliding) => (sliding ? "sliding_attention" : "full_attention")),
  };
}

function visionKeys(vision: VisionConfig): Json {
  return {
    model_type: "qwen2_5_vl_vision",
    hidden_act: "silu",
    hidden_size: vision.hiddenSize,
    intermediate_size: vision.intermediateSize,
    depth: vision.depth,
    num_heads: vision.heads,
    in_channels: vision.channels,
    patch_size: vision.patchSize,
    temporal_patch_size: vision.temporalPatchSize,
    spatial_merge_size: vision.mergeSize,
    window_size: vision.windowSize,
    fullatt_block_indexes: vision.fullAttentionLayers,
    out_hidden_size: vision.outSize,
  };
}

/** `preprocessor_config.json`, flat, with the names of the classes that transformers.js finds its own by. */
export function preprocessorFile(config: PreprocessorConfig): Json {
  return {
    ...config,
    do_convert_rgb: true,
    size: { shortest_edge: config.min_pixels, longest_edge: config.max_pixels },
    image_processor_type: "Qwen2VLImageProcessor",
    processor_class: "Qwen2_5_VLProcessor",
  };
}

/** `generation_config.json` for a folder without one. */
export function generationFile({ endTokens, padToken }: GenerationConfig): Json {
  return { do_sample: false, eos_token_id: endTokens, pad_token_id: padToken };
}

function only(object: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
}

function without(object: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
