/** @file Random Qwen2.5-VL folders for benches: written by our own code, read by ours and by transformers. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRandom, type Random, uniform } from "../../../env/random.ts";
import {
  parameterShapes,
  readConfig,
  WEIGHTS_FILE,
  writeSafetensors,
} from "../../../agent/model/folder/index.ts";

const FIXTURE = new URL("../../reference/fixtures/tied/model/", import.meta.url);
const COPIED = ["tokenizer.json", "tokenizer_config.json", "generation_config.json"];
/** The fixture's are for pictures of a few blocks. */
const PREPROCESSOR = "preprocessor_config.json";
const PICTURE_SIZE = { shortest_edge: 3136, longest_edge: 12_845_056 };

/** Sizes in the spelling of config.json. */
export interface Sizes {
  text: Readonly<Record<string, number | object>>;
  vision: Readonly<Record<string, number | object>>;
  dtype: "F32" | "BF16";
}

/** 5.6 million parameters. */
export const SMALL: Sizes = {
  dtype: "F32",
  text: {
    hidden_size: 256,
    num_hidden_layers: 6,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    intermediate_size: 704,
    vocab_size: 1024,
    rope_parameters: { rope_type: "default", rope_theta: 1e6, mrope_section: [8, 12, 12] },
  },
  vision: {
    hidden_size: 128,
    depth: 4,
    num_heads: 4,
    intermediate_size: 256,
    out_hidden_size: 256,
    window_size: 112,
    fullatt_block_indexes: [1, 3],
  },
};

/** 500 million parameters, as the larger of the family split them between text, words and vision. */
export const LARGE: Sizes = {
  dtype: "BF16",
  text: {
    hidden_size: 1024,
    num_hidden_layers: 20,
    num_attention_heads: 16,
    num_key_value_heads: 2,
    intermediate_size: 4096,
    vocab_size: 120_000,
    rope_parameters: { rope_type: "default", rope_theta: 1e6, mrope_section: [8, 12, 12] },
  },
  vision: {
    hidden_size: 768,
    depth: 10,
    num_heads: 12,
    intermediate_size: 2048,
    out_hidden_size: 1024,
    window_size: 112,
    fullatt_block_indexes: [4, 9],
  },
};

/** Writes the folder; tensor by tensor, so that a large one needs no room in memory. */
export function writeCheckpoint(directory: string, { text, vision, dtype }: Sizes): void {
  mkdirSync(directory, { recursive: true });
  for (const name of COPIED) copyFileSync(new URL(name, FIXTURE), join(directory, name));
  const write = (name: string, value: object): void =>
    writeFileSync(join(directory, name), JSON.stringify(value, null, 2));
  write(PREPROCESSOR, { ...fixtureJson(PREPROCESSOR), size: PICTURE_SIZE });
  const fixture = fixtureJson("config.json");
  const long = { max_position_embeddings: 4096, layer_types: undefined };
  const config = {
    ...fixture,
    text_config: { ...fixture.text_config, ...long, ...text },
    vision_config: { ...fixture.vision_config, ...vision },
  };
  write("config.json", config);
  const shapes = [...parameterShapes(readConfig(directory))];
  const random = makeRandom(1);
  const tensors = shapes.map(([name, shape]) => ({
    name,
    dtype,
    shape,
    data: () =>
      values(
        name,
        shape.reduce((product, length) => product * length),
        random,
      ),
  }));
  writeSafetensors(join(directory, WEIGHTS_FILE), tensors);
}

function fixtureJson(name: string) {
  return JSON.parse(readFileSync(new URL(name, FIXTURE), "utf8"));
}

/** Seeded normals, of the scale that keeps activations near 1; gains near 1. */
function values(name: string, count: number, random: Random): Float32Array {
  const isGain = /norm|ln_q/.test(name) && name.endsWith("weight");
  const table = normals(Math.min(count, 1 << 16), random);
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = (isGain ? 1 : 0) + 0.04 * table[i % table.length]!;
  return data;
}

/** Box and Muller. */
function normals(count: number, random: Random): Float32Array {
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random)),
  );
}
