/** @file The smallest Qwen2.5-VL: its config.json as transformers 5.24 writes it, and folders to break things in. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** What `save_pretrained` wrote for a model of one layer and one block, less the keys that say nothing here. */
export const TINY_CONFIG = {
  architectures: ["Qwen2_5_VLForConditionalGeneration"],
  dtype: "float32",
  image_token_id: 3,
  model_type: "qwen2_5_vl",
  text_config: {
    attention_dropout: 0,
    eos_token_id: 7,
    hidden_act: "silu",
    hidden_size: 32,
    intermediate_size: 48,
    layer_types: ["full_attention"],
    max_position_embeddings: 32768,
    max_window_layers: 80,
    model_type: "qwen2_5_vl_text",
    num_attention_heads: 4,
    num_hidden_layers: 1,
    num_key_value_heads: 2,
    pad_token_id: null,
    rms_norm_eps: 1e-5,
    rope_parameters: { mrope_section: [1, 1, 2], rope_theta: 10000, rope_type: "default" },
    sliding_window: null,
    use_sliding_window: false,
    vocab_size: 64,
  },
  tie_word_embeddings: false,
  transformers_version: "5.24.0",
  video_token_id: 4,
  vision_config: {
    depth: 1,
    fullatt_block_indexes: [7, 15, 23, 31],
    hidden_act: "silu",
    hidden_size: 16,
    in_channels: 3,
    intermediate_size: 24,
    model_type: "qwen2_5_vl_vision",
    num_heads: 2,
    out_hidden_size: 32,
    patch_size: 4,
    rope_parameters: { rope_theta: 10000, rope_type: "axial" },
    spatial_merge_size: 2,
    temporal_patch_size: 2,
    window_size: 16,
  },
  vision_end_token_id: 6,
  vision_start_token_id: 5,
};

/** The config with the values at dotted paths replaced; undefined takes one out. */
export function tinyConfig(changes: Readonly<Record<string, unknown>> = {}): object {
  const config = structuredClone(TINY_CONFIG);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let node: Record<string, unknown> = config;
    for (const key of keys) node = node[key] as Record<string, unknown>;
    node[last] = value;
  }
  return JSON.parse(JSON.stringify(config)) as object;
}

/** A new folder with these files, gone when the test ends. Objects are written as JSON. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array | object>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "touchline-folder-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const isPlain = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(join(directory, name), isPlain ? content : JSON.stringify(content));
  }
  return directory;
}

/** A safetensors file around a header and as many bytes of data as are given. */
export function safetensorsOf(header: string | Uint8Array | object, data: Uint8Array | number = 0): Buffer {
  const isPlain = typeof header === "string" || header instanceof Uint8Array;
  const text = Buffer.from(isPlain ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, typeof data === "number" ? Buffer.alloc(data) : data]);
}
