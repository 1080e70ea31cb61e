/**
 * @file `config.json` of a Qwen2.5-VL folder -> ModelConfig: nested as transformers 5 writes it, or flat as on the
 * Hub. Every size that the architecture needs is checked here and trusted from here on.
 */
import { join } from "node:path";
import { TouchlineError } from "../../../env/error.ts";
import { checkShape, readJson, shown, wrongValue } from "./json.ts";
import { kindSchema, rootSchema, textSchema, visionSchema, type Rope, type TextFile } from "./schema.ts";

export interface TextConfig {
  hiddenSize: number;
  intermediateSize: number;
  layers: number;
  heads: number;
  keyValueHeads: number;
  headSize: number;
  vocabularySize: number;
  normEpsilon: number;
  ropeTheta: number;
  /** Half-dimensions of a head turned by time, row and column. */
  ropeSections: readonly [number, number, number];
  /** Tokens. */
  contextLength: number;
  /** The head is the embedding. */
  tied: boolean;
  /** Tokens; null when no layer has a window. */
  slidingWindow: number | null;
  /** Whether each layer is limited to the sliding window. */
  slidingLayers: readonly boolean[];
}

export interface VisionConfig {
  hiddenSize: number;
  intermediateSize: number;
  depth: number;
  heads: number;
  channels: number;
  /** Pixels. */
  patchSize: number;
  /** Frames. */
  temporalPatchSize: number;
  /** Patches along each side of the square that becomes one token. */
  mergeSize: number;
  /** Pixels. */
  windowSize: number;
  /** Layers whose patches see the whole image; the others see their window. Only those below `depth`. */
  fullAttentionLayers: readonly number[];
  outSize: number;
}

export interface ModelConfig {
  text: TextConfig;
  vision: VisionConfig;
  tokens: { image: number; video: number; visionStart: number; visionEnd: number };
}

/**
 * Reads `config.json` of a model folder.
 * @throws TouchlineError `model/file`, `model/not-json`, `model/architecture` for another model than Qwen2.5-VL,
 * `model/config` for a value that is not right or that Touchline does not have.
 */
export function readConfig(directory: string): ModelConfig {
  const file = join(directory, "config.json");
  return parseConfig(readJson(file), file);
}

/** The same for what such a file holds; `file` is what errors call it. */
export function parseConfig(value: unknown, file = "config.json"): ModelConfig {
  const kind = checkShape(kindSchema, value, file).model_type;
  if (kind !== "qwen2_5_vl") {
    const found = kind === undefined ? "no model_type" : `model_type ${shown(kind)}`;
    const message = `${file} has ${found}; expected "qwen2_5_vl", the one architecture that Touchline runs.`;
    throw new TouchlineError("model/architecture", message);
  }
  const root = checkShape(rootSchema, value, file);
  if (root.quantization_config !== undefined && root.quantization_config !== null) {
    const expected = "no such key: give the folder with F32, F16 or BF16 weights";
    throw wrongValue(file, "quantization_config", root.quantization_config, expected);
  }
  // The old layout has the keys of the language model at the top.
  const nested = root.text_config ?? undefined;
  const text = readText(nested ?? value, file, nested === undefined ? [] : ["text_config"], root);
  const vision = readVision(root.vision_config ?? {}, file);
  if (vision.outSize !== text.hiddenSize) {
    const expected = `${text.hiddenSize}, the hidden_size of the language model`;
    throw wrongValue(file, "vision_config.out_hidden_size", vision.outSize, expected);
  }
  if (root.image_token_id >= text.vocabularySize) {
    const expected = `a token below vocab_size ${text.vocabularySize}`;
    throw wrongValue(file, "image_token_id", root.image_token_id, expected);
  }
  return {
    text,
    vision,
    tokens: {
      image: root.image_token_id,
      video: root.video_token_id,
      visionStart: root.vision_start_token_id,
      visionEnd: root.vision_end_token_id,
    },
  };
}

function readText(
  value: unknown,
  file: string,
  parents: readonly string[],
  root: { tie_word_embeddings?: boolean | null | undefined },
): TextConfig {
  const text = checkShape(textSchema, value, file, parents);
  const refuse = refusal(file, parents);
  const heads = text.num_attention_heads;
  const keyValueHeads = text.num_key_value_heads ?? heads;
  const headSize = text.hidden_size / heads;
  if (text.hidden_act !== "silu") refuse("hidden_act", text.hidden_act, '"silu"');
  if (text.hidden_size % heads !== 0) {
    refuse("hidden_size", text.hidden_size, `a multiple of num_attention_heads ${heads}`);
  }
  if (headSize % 2 !== 0) {
    refuse("hidden_size", text.hidden_size, `an even number for each of the ${heads} attention heads`);
  }
  if (text.head_dim !== undefined && text.head_dim !== null && text.head_dim !== headSize) {
    refuse("head_dim", text.head_dim, `hidden_size / num_attention_heads, ${headSize}`);
  }
  if (heads % keyValueHeads !== 0) {
    refuse("num_key_value_heads", keyValueHeads, `a divisor of num_attention_heads ${heads}`);
  }
  const { ropeTheta, ropeSections } = readRope(text, headSize, refuse);
  return {
    hiddenSize: text.hidden_size,
    intermediateSize: text.intermediate_size,
    layers: text.num_hidden_layers,
    heads,
    keyValueHeads,
    headSize,
    vocabularySize: text.vocab_size,
    normEpsilon: text.rms_norm_eps,
    ropeTheta,
    ropeSections,
    contextLength: text.max_position_embeddings,
    // The reference ties when either place says so: before version 5 the key stood with the language model.
    tied: root.tie_word_embeddings === true || text.tie_word_embeddings === true,
    ...readSliding(text, refuse),
  };
}

function readRope(
  text: TextFile,
  headSize: number,
  refuse: Refuse,
): Pick<TextConfig, "ropeTheta" | "ropeSections"> {
  // In the reference the old key wins where both stand, and takes nothing from the new one.
  const key = text.rope_scaling ? "rope_scaling" : "rope_parameters";
  const rope: Rope = text.rope_scaling ?? text.rope_parameters ?? { mrope_section: [16, 24, 24] };
  const type = rope.rope_type ?? rope.type ?? "default";
  if (type !== "default" && type !== "mrope") {
    refuse(`${key}.${rope.rope_type ? "rope_type" : "type"}`, type, '"default" or "mrope"');
  }
  const sections = rope.mrope_section;
  if (sections[0] + sections[1] + sections[2] !== headSize / 2) {
    refuse(
      `${key}.mrope_section`,
      sections,
      `integers with the sum ${headSize / 2}, half the size of a head`,
    );
  }
  return { ropeTheta: rope.rope_theta ?? text.rope_theta ?? 1_000_000, ropeSections: sections };
}

function readSliding(text: TextFile, refuse: Refuse): Pick<TextConfig, "slidingWindow" | "slidingLayers"> {
  const window = text.use_sliding_window === true ? text.sliding_window : null;
  const types = text.layer_types;
  if (types && types.length !== text.num_hidden_layers) {
    refuse("layer_types", types, `one for each of the ${text.num_hidden_layers} layers`);
  }
  const first = text.max_window_layers ?? text.num_hidden_layers;
  const slidingLayers = Array.from({ length: text.num_hidden_layers }, (_, layer) =>
    types ? types[layer] === "sliding_attention" : window !== null && layer >= first,
  );
  if (window === null && slidingLayers.includes(true)) {
    refuse(
      "layer_types",
      types,
      '"full_attention" alone while use_sliding_window and sliding_window give no window',
    );
  }
  return { slidingWindow: slidingLayers.includes(true) ? window : null, slidingLayers };
}

function readVision(value: unknown, file: string): VisionConfig {
  const parents = ["vision_config"];
  const vision = checkShape(visionSchema, value, file, parents);
  const refuse = refusal(file, parents);
  const patchSize = vision.patch_size ?? vision.spatial_patch_size ?? 14;
  const tokenSide = patchSize * vision.spatial_merge_size;
  const theta = vision.rope_parameters?.rope_theta ?? vision.rope_theta ?? 10_000;
  if (vision.hidden_act !== "silu") refuse("hidden_act", vision.hidden_act, '"silu"');
  if (vision.hidden_size % (4 * vision.num_heads) !== 0) {
    // Each head turns by row and by column, two numbers at a time.
    refuse("hidden_size", vision.hidden_size, `a multiple of 4 * num_heads, ${4 * vision.num_heads}`);
  }
  if (vision.window_size % tokenSide !== 0) {
    const expected = `a multiple of patch_size * spatial_merge_size, ${tokenSide} pixels`;
    refuse("window_size", vision.window_size, expected);
  }
  if (theta !== 10_000) refuse("rope_parameters.rope_theta", theta, "10000");
  return {
    hiddenSize: vision.hidden_size,
    intermediateSize: vision.intermediate_size,
    depth: vision.depth,
    heads: vision.num_heads,
    channels: vision.in_channels ?? vision.in_chans ?? 3,
    patchSize,
    temporalPatchSize: vision.temporal_patch_size,
    mergeSize: vision.spatial_merge_size,
    windowSize: vision.window_size,
    fullAttentionLayers: vision.fullatt_block_indexes.filter((layer) => layer < vision.depth),
    outSize: vision.out_hidden_size,
  };
}

type Refuse = (key: string, found: unknown, expected: string) => never;

function refusal(file: string, parents: readonly string[]): Refuse {
  return (key, found, expected) => {
    throw wrongValue(file, [...parents, key].join("."), found, expected);
  };
}
