/** @file Models for benches of training, by the parameters of their language model. */
import { SMALL, type Sizes } from "../model/checkpoint.ts";

const rope = (...sections: number[]): object => ({
  rope_type: "default",
  rope_theta: 1e6,
  mrope_section: sections,
});

export const SIZES: Readonly<Record<string, Sizes>> = {
  "1M": {
    dtype: "F32",
    text: {
      ...SMALL.text,
      hidden_size: 128,
      intermediate_size: 352,
      num_hidden_layers: 5,
      rope_parameters: rope(4, 6, 6),
    },
    vision: { ...SMALL.vision, hidden_size: 64, depth: 2, fullatt_block_indexes: [1], out_hidden_size: 128 },
  },
  "5M": SMALL,
  "50M": {
    dtype: "F32",
    text: {
      ...SMALL.text,
      hidden_size: 512,
      intermediate_size: 1408,
      num_hidden_layers: 16,
      num_attention_heads: 8,
      vocab_size: 8192,
    },
    vision: { ...SMALL.vision, out_hidden_size: 512 },
  },
  "500M": {
    dtype: "F32",
    text: {
      ...SMALL.text,
      hidden_size: 1536,
      intermediate_size: 4224,
      num_hidden_layers: 18,
      num_attention_heads: 24,
      num_key_value_heads: 4,
      vocab_size: 16_384,
    },
    vision: { ...SMALL.vision, out_hidden_size: 1536 },
  },
  "20M": {
    dtype: "F32",
    text: {
      ...SMALL.text,
      hidden_size: 384,
      intermediate_size: 1024,
      num_hidden_layers: 12,
      num_attention_heads: 6,
      vocab_size: 2048,
    },
    vision: { ...SMALL.vision, out_hidden_size: 384 },
  },
};
