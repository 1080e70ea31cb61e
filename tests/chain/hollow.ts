/** @file A folder like Qwen/Qwen2.5-VL-3B-Instruct in all but its numbers: a file of its size, with nothing in it. */
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { sizeOf } from "../../agent/graph/index.ts";
import { parameterShapes, readConfig, WEIGHTS_FILE } from "../../agent/model/index.ts";
import { fixtureFolder } from "../reference/fixture.ts";

/** As the Hub's config.json has them; the ids are those of the fixtures' tokenizer. */
const CONFIG = {
  model_type: "qwen2_5_vl",
  bos_token_id: 473,
  eos_token_id: 475,
  hidden_act: "silu",
  hidden_size: 2048,
  intermediate_size: 11008,
  max_position_embeddings: 128000,
  max_window_layers: 70,
  num_attention_heads: 16,
  num_hidden_layers: 36,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_scaling: { mrope_section: [16, 24, 24], type: "mrope" },
  rope_theta: 1e6,
  sliding_window: 32768,
  tie_word_embeddings: true,
  use_sliding_window: false,
  vocab_size: 151936,
  image_token_id: 478,
  video_token_id: 479,
  vision_start_token_id: 476,
  vision_end_token_id: 477,
  vision_config: {
    depth: 32,
    fullatt_block_indexes: [7, 15, 23, 31],
    hidden_act: "silu",
    hidden_size: 1280,
    in_chans: 3,
    intermediate_size: 3420,
    num_heads: 16,
    out_hidden_size: 2048,
    patch_size: 14,
    spatial_merge_size: 2,
    spatial_patch_size: 14,
    temporal_patch_size: 2,
    tokens_per_second: 2,
    window_size: 112,
  },
};

const FILES = [
  "generation_config.json",
  "preprocessor_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
];

/** Writes it; the file of the weights takes no room where files may have holes. */
export function makeHollow(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const name of FILES) copyFileSync(join(fixtureFolder("tied"), "model", name), join(directory, name));
  writeFileSync(join(directory, "config.json"), JSON.stringify(CONFIG));
  let at = 0;
  const entries = [...parameterShapes(readConfig(directory))].map(([name, shape]) => {
    const from = at;
    at += 2 * sizeOf(shape);
    return [name, { dtype: "BF16", shape, data_offsets: [from, at] }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const path = join(directory, WEIGHTS_FILE);
  const file = openSync(path, "w");
  writeSync(file, length);
  writeSync(file, header);
  closeSync(file);
  truncateSync(path, length.length + header.length + at);
}
