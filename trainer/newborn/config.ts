/** @file The JSON files of a new model, but for its tokenizer's, in the form that transformers 5 writes. */
import type { NewbornPlan } from "./plan.ts";
import type { NewTokenizer } from "./tokenizer.ts";

/** Rows of the embedding beyond the tokens are never asked for; sizes like these are fast everywhere. */
const VOCABULARY_STEP = 64;
const THETA = 10_000;
/** Side of the largest square picture that is not made smaller, in tokens. */
const MOST_TOKENS_ALONG = 16;

/** What `config.json` holds. */
export function configFile({ text, vision, contextTokens }: NewbornPlan, tokenizer: NewTokenizer): object {
  return {
    architectures: ["Qwen2_5_VLForConditionalGeneration"],
    dtype: "float32",
    image_token_id: tokenizer.idOf("<|image_pad|>"),
    model_type: "qwen2_5_vl",
    text_config: {
      attention_dropout: 0,
      bos_token_id: null,
      eos_token_id: tokenizer.idOf("<|im_end|>"),
      hidden_act: "silu",
      hidden_size: text.hiddenSize,
      initializer_range: 0.02,
      intermediate_size: text.intermediateSize,
      layer_types: Array<string>(text.layers).fill("full_attention"),
      max_position_embeddings: contextTokens,
      max_window_layers: text.layers,
      model_type: "qwen2_5_vl_text",
      num_attention_heads: text.heads,
      num_hidden_layers: text.layers,
      num_key_value_heads: text.keyValueHeads,
      pad_token_id: tokenizer.idOf("<|endoftext|>"),
      rms_norm_eps: 1e-6,
      rope_parameters: {
        mrope_section: ropeSections(text.hiddenSize / text.heads),
        rope_theta: THETA,
        rope_type: "default",
      },
      sliding_window: null,
      use_cache: true,
      use_sliding_window: false,
      vocab_size: Math.ceil(tokenizer.size / VOCABULARY_STEP) * VOCABULARY_STEP,
    },
    tie_word_embeddings: true,
    video_token_id: tokenizer.idOf("<|video_pad|>"),
    vision_config: {
      depth: vision.depth,
      fullatt_block_indexes: vision.fullAttentionBlocks ?? fullAttentionBlocks(vision.depth),
      hidden_act: "silu",
      hidden_size: vision.hiddenSize,
      in_channels: 3,
      initializer_range: 0.02,
      intermediate_size: vision.intermediateSize,
      model_type: "qwen2_5_vl_vision",
      num_heads: vision.heads,
      out_hidden_size: text.hiddenSize,
      patch_size: vision.patchSize,
      rope_parameters: { rope_theta: THETA, rope_type: "axial" },
      spatial_merge_size: vision.mergeSize,
      temporal_patch_size: vision.temporalPatchSize,
      tokens_per_second: 4,
      window_size: vision.windowSize,
    },
    vision_end_token_id: tokenizer.idOf("<|vision_end|>"),
    vision_start_token_id: tokenizer.idOf("<|vision_start|>"),
  };
}

/** What `generation_config.json` holds. */
export function generationFile(tokenizer: NewTokenizer): object {
  const [end, pad] = [tokenizer.idOf("<|im_end|>"), tokenizer.idOf("<|endoftext|>")];
  return { do_sample: false, eos_token_id: [end, pad], pad_token_id: pad };
}

/** What `preprocessor_config.json` holds: the bounds of pictures in pixels, Qwen's mean and deviation. */
export function preprocessorFile({ vision }: NewbornPlan): object {
  const token = (vision.patchSize * vision.mergeSize) ** 2;
  return {
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_processor_type: "Qwen2VLImageProcessor",
    image_std: [0.26862954, 0.26130258, 0.27577711],
    max_pixels: MOST_TOKENS_ALONG ** 2 * token,
    merge_size: vision.mergeSize,
    min_pixels: token,
    patch_size: vision.patchSize,
    processor_class: "Qwen2_5_VLProcessor",
    temporal_patch_size: vision.temporalPatchSize,
  };
}

/** Of half a head's numbers a quarter for time, as in the models of the Hub, and the rest for row and column. */
function ropeSections(headSize: number): [time: number, row: number, column: number] {
  const half = Math.floor(headSize / 2);
  const space = Math.floor((half * 3) / 8);
  return [half - 2 * space, space, space];
}

function fullAttentionBlocks(depth: number): number[] {
  const [middle, last] = [Math.floor((depth - 1) / 2), depth - 1];
  return middle === last ? [last] : [middle, last];
}
