import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderOf, tinyConfig } from "../../../tests/model/tiny-folder.ts";
import { errorOf } from "../../../tests/scenarios/refusal.ts";
import { parseConfig, readConfig } from "./index.ts";

/** `config.json` of Qwen2.5-VL-3B-Instruct as the Hub has it. */
const HUB_3B = {
  architectures: ["Qwen2_5_VLForConditionalGeneration"],
  attention_dropout: 0,
  bos_token_id: 151643,
  eos_token_id: 151645,
  vision_start_token_id: 151652,
  vision_end_token_id: 151653,
  vision_token_id: 151654,
  image_token_id: 151655,
  video_token_id: 151656,
  hidden_act: "silu",
  hidden_size: 2048,
  initializer_range: 0.02,
  intermediate_size: 11008,
  max_position_embeddings: 128000,
  max_window_layers: 70,
  model_type: "qwen2_5_vl",
  num_attention_heads: 16,
  num_hidden_layers: 36,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_theta: 1000000,
  sliding_window: 32768,
  tie_word_embeddings: true,
  torch_dtype: "bfloat16",
  use_cache: true,
  use_sliding_window: false,
  vision_config: {
    depth: 32,
    hidden_act: "silu",
    hidden_size: 1280,
    intermediate_size: 3420,
    num_heads: 16,
    in_chans: 3,
    out_hidden_size: 2048,
    patch_size: 14,
    spatial_merge_size: 2,
    spatial_patch_size: 14,
    window_size: 112,
    fullatt_block_indexes: [7, 15, 23, 31],
    tokens_per_second: 2,
    temporal_patch_size: 2,
  },
  rope_scaling: { type: "mrope", mrope_section: [16, 24, 24] },
  vocab_size: 151936,
};

test("the nested layout that transformers 5 writes", () => {
  expect(readConfig(folderOf({ "config.json": tinyConfig() }))).toEqual({
    text: {
      hiddenSize: 32,
      intermediateSize: 48,
      layers: 1,
      heads: 4,
      keyValueHeads: 2,
      headSize: 8,
      vocabularySize: 64,
      normEpsilon: 1e-5,
      ropeTheta: 10000,
      ropeSections: [1, 1, 2],
      contextLength: 32768,
      tied: false,
      slidingWindow: null,
      slidingLayers: [false],
    },
    vision: {
      hiddenSize: 16,
      intermediateSize: 24,
      depth: 1,
      heads: 2,
      channels: 3,
      patchSize: 4,
      temporalPatchSize: 2,
      mergeSize: 2,
      windowSize: 16,
      fullAttentionLayers: [],
      outSize: 32,
    },
    tokens: { image: 3, video: 4, visionStart: 5, visionEnd: 6 },
  });
});

test("the flat layout of the Hub", () => {
  expect(readConfig(folderOf({ "config.json": HUB_3B }))).toEqual({
    text: {
      hiddenSize: 2048,
      intermediateSize: 11008,
      layers: 36,
      heads: 16,
      keyValueHeads: 2,
      headSize: 128,
      vocabularySize: 151936,
      normEpsilon: 1e-6,
      ropeTheta: 1000000,
      ropeSections: [16, 24, 24],
      contextLength: 128000,
      tied: true,
      slidingWindow: null,
      slidingLayers: Array.from({ length: 36 }, () => false),
    },
    vision: {
      hiddenSize: 1280,
      intermediateSize: 3420,
      depth: 32,
      heads: 16,
      channels: 3,
      patchSize: 14,
      temporalPatchSize: 2,
      mergeSize: 2,
      windowSize: 112,
      fullAttentionLayers: [7, 15, 23, 31],
      outSize: 2048,
    },
    tokens: { image: 151655, video: 151656, visionStart: 151652, visionEnd: 151653 },
  });
});

test("what a file leaves out is what the reference makes of it", () => {
  const { text, vision, tokens } = parseConfig({
    model_type: "qwen2_5_vl",
    vision_config: { out_hidden_size: 8192 },
  });
  expect({ ...text, slidingLayers: text.slidingLayers.length }).toEqual({
    hiddenSize: 8192,
    intermediateSize: 29568,
    layers: 80,
    heads: 64,
    keyValueHeads: 8,
    headSize: 128,
    vocabularySize: 152064,
    normEpsilon: 1e-5,
    ropeTheta: 1000000,
    ropeSections: [16, 24, 24],
    contextLength: 32768,
    tied: false,
    slidingWindow: null,
    slidingLayers: 80,
  });
  expect(vision).toEqual({
    hiddenSize: 3584,
    intermediateSize: 3420,
    depth: 32,
    heads: 16,
    channels: 3,
    patchSize: 14,
    temporalPatchSize: 2,
    mergeSize: 2,
    windowSize: 112,
    fullAttentionLayers: [7, 15, 23, 31],
    outSize: 8192,
  });
  expect(tokens).toEqual({ image: 151655, video: 151656, visionStart: 151652, visionEnd: 151653 });
});

// Each row was held against Qwen2_5_VLConfig of transformers 5.24.
test.each([
  [{ tie_word_embeddings: true }, { tied: true }],
  [{ "text_config.tie_word_embeddings": true }, { tied: true }],
  [{ tie_word_embeddings: true, "text_config.tie_word_embeddings": false }, { tied: true }],
  [{ tie_word_embeddings: undefined }, { tied: false }],
  [{ "text_config.num_key_value_heads": null }, { keyValueHeads: 4 }],
  [
    { hidden_size: 128, num_attention_heads: 1 },
    { hiddenSize: 32, heads: 4 },
  ],
  [{ "text_config.head_dim": 8 }, { headSize: 8 }],
  [{ "text_config.rope_parameters": { mrope_section: [1, 1, 2] } }, { ropeTheta: 1e6 }],
  [
    {
      "text_config.rope_parameters": { type: "mrope", mrope_section: [2, 1, 1] },
      "text_config.rope_theta": 7,
    },
    { ropeTheta: 7, ropeSections: [2, 1, 1] },
  ],
  [
    { "text_config.rope_scaling": { type: "mrope", mrope_section: [2, 1, 1] } },
    { ropeTheta: 1e6, ropeSections: [2, 1, 1] },
  ],
  [
    {
      "text_config.rope_scaling": { rope_type: "default", type: "default", mrope_section: [0, 2, 2] },
      "text_config.rope_theta": 5,
    },
    { ropeTheta: 5, ropeSections: [0, 2, 2] },
  ],
])("%j gives %j", (changes, expected) => {
  expect(parseConfig(tinyConfig(changes)).text).toMatchObject(expected);
});

const SLIDING = {
  "text_config.use_sliding_window": true,
  "text_config.sliding_window": 4,
  "text_config.num_hidden_layers": 3,
};
test.each([
  [
    "layers from max_window_layers on",
    { ...SLIDING, "text_config.layer_types": null, "text_config.max_window_layers": 1 },
    4,
    [false, true, true],
  ],
  [
    "layer_types before max_window_layers",
    { ...SLIDING, "text_config.layer_types": ["sliding_attention", "full_attention", "sliding_attention"] },
    4,
    [true, false, true],
  ],
  [
    "no layer when the window is off",
    {
      ...SLIDING,
      "text_config.use_sliding_window": false,
      "text_config.layer_types": undefined,
      "text_config.max_window_layers": 0,
    },
    null,
    [false, false, false],
  ],
  [
    "no layer reaches max_window_layers",
    { ...SLIDING, "text_config.layer_types": undefined },
    null,
    [false, false, false],
  ],
])("sliding window: %s", (_, changes, slidingWindow, slidingLayers) => {
  expect(parseConfig(tinyConfig(changes)).text).toMatchObject({ slidingWindow, slidingLayers });
});

test.each([
  [{ "vision_config.in_channels": undefined, "vision_config.in_chans": 1 }, { channels: 1 }],
  [{ "vision_config.in_channels": 3, "vision_config.in_chans": 1 }, { channels: 3 }],
  [{ "vision_config.patch_size": undefined, "vision_config.spatial_patch_size": 8 }, { patchSize: 8 }],
  [{ "vision_config.depth": 9 }, { fullAttentionLayers: [7] }],
])("vision: %j gives %j", (changes, expected) => {
  expect(parseConfig(tinyConfig(changes)).vision).toMatchObject(expected);
});

describe("one wrong value", () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { "text_config.hidden_size": "32" },
      'text_config.hidden_size is "32"; expected an integer from 1 to 2147483647.',
    ],
    [{ "text_config.hidden_size": 0 }, "text_config.hidden_size is 0; expected an integer from 1"],
    [
      { "text_config.hidden_size": 30 },
      "text_config.hidden_size is 30; expected a multiple of num_attention_heads 4.",
    ],
    [
      { "text_config.hidden_size": 36 },
      "text_config.hidden_size is 36; expected an even number for each of the 4 attention heads.",
    ],
    [
      { "text_config.head_dim": 16 },
      "text_config.head_dim is 16; expected hidden_size / num_attention_heads, 8.",
    ],
    [
      { "text_config.num_key_value_heads": 3 },
      "text_config.num_key_value_heads is 3; expected a divisor of num_attention_heads 4.",
    ],
    [
      { "text_config.num_hidden_layers": 1e9 },
      "text_config.num_hidden_layers is 1000000000; expected an integer from 1 to 10000.",
    ],
    [{ "text_config.hidden_act": "gelu" }, 'text_config.hidden_act is "gelu"; expected "silu".'],
    [{ "text_config.rms_norm_eps": 0 }, "text_config.rms_norm_eps is 0; expected a number above 0."],
    [
      { "text_config.rope_parameters.rope_type": "yarn" },
      'text_config.rope_parameters.rope_type is "yarn"; expected "default" or "mrope".',
    ],
    [
      { "text_config.rope_scaling": { type: "linear" } },
      'text_config.rope_scaling.type is "linear"; expected "default" or "mrope".',
    ],
    [
      { "text_config.rope_parameters.mrope_section": [1, 1, 1] },
      "text_config.rope_parameters.mrope_section is [1,1,1]; expected integers with the sum 4, half the size of a head.",
    ],
    [
      { "text_config.rope_parameters.mrope_section": [4] },
      "text_config.rope_parameters.mrope_section is [4]; expected a list of 3 integers",
    ],
    [
      { "text_config.rope_parameters.mrope_section": [1, 1, 2.5] },
      "text_config.rope_parameters.mrope_section[2] is 2.5; expected an integer from 0",
    ],
    [
      { "text_config.layer_types": ["full_attention", "full_attention"] },
      'text_config.layer_types is ["full_attention","full_attention"]; expected one for each of the 1 layers.',
    ],
    [
      { "text_config.layer_types": ["linear_attention"] },
      'text_config.layer_types[0] is "linear_attention"; expected "full_attention" or "sliding_attention".',
    ],
    [
      { "text_config.layer_types": ["sliding_attention"] },
      'text_config.layer_types is ["sliding_attention"]; expected "full_attention" alone while',
    ],
    [{ text_config: 3 }, "text_config is 3; expected an object."],
    [
      { text_config: undefined, hidden_size: 1.5 },
      "config.json: hidden_size is 1.5; expected an integer from 1",
    ],
    [
      { "vision_config.hidden_act": "quick_gelu" },
      'vision_config.hidden_act is "quick_gelu"; expected "silu".',
    ],
    [
      { "vision_config.hidden_size": 12 },
      "vision_config.hidden_size is 12; expected a multiple of 4 * num_heads, 8.",
    ],
    [{ "vision_config.patch_size": [4, 4] }, "vision_config.patch_size is [4,4]; expected an integer from 1"],
    [
      { "vision_config.window_size": 20 },
      "vision_config.window_size is 20; expected a multiple of patch_size * spatial_merge_size, 8 pixels.",
    ],
    [
      { "vision_config.out_hidden_size": 16 },
      "vision_config.out_hidden_size is 16; expected 32, the hidden_size of the language model.",
    ],
    [
      { "vision_config.rope_parameters": { rope_theta: 5 } },
      "vision_config.rope_parameters.rope_theta is 5; expected 10000.",
    ],
    [
      { "vision_config.fullatt_block_indexes": [-1] },
      "vision_config.fullatt_block_indexes[0] is -1; expected an integer from 0",
    ],
    [{ image_token_id: 64 }, "image_token_id is 64; expected a token below vocab_size 64."],
    [{ tie_word_embeddings: "yes" }, 'tie_word_embeddings is "yes"; expected true or false.'],
    [
      { quantization_config: { quant_method: "awq" } },
      'quantization_config is {"quant_method":"awq"}; expected no such key',
    ],
  ])("%j", (changes, sentence) => {
    const directory = folderOf({ "config.json": tinyConfig(changes) });
    const error = errorOf(() => readConfig(directory));
    expect(error.code).toBe("model/config");
    expect(error.message).toContain(sentence);
    expect(error.message).toContain(join(directory, "config.json"));
  });
});

test.each([
  [tinyConfig({ model_type: "qwen2_vl" }), 'has model_type "qwen2_vl"; expected "qwen2_5_vl"'],
  [{ model_type: "llava", image_token_id: null }, 'has model_type "llava"; expected "qwen2_5_vl"'],
  [{ hidden_size: 3 }, 'has no model_type; expected "qwen2_5_vl"'],
])("another architecture", (config, sentence) => {
  const error = errorOf(() => parseConfig(config, "x/config.json"));
  expect(error).toMatchObject({ code: "model/architecture" });
  expect(error.message).toContain(`x/config.json ${sentence}`);
});

test.each([
  ['{"a": 1,\n "b" 2}', "model/not-json", 'is not JSON: "2}" cannot stand at line 2, column 6.'],
  ['{"a": 1', "model/not-json", "is not JSON: the text ends at line 1, column 8."],
  ["", "model/not-json", "is not JSON: the text ends at line 1, column 1."],
  ["[1]", "model/config", "the whole file is [1]; expected an object."],
  ["null", "model/config", "the whole file is null; expected an object."],
])("%j is refused as %s", (text, code, sentence) => {
  const directory = folderOf({ "config.json": text });
  expect(errorOf(() => readConfig(directory))).toMatchObject({
    code,
    message: expect.stringContaining(sentence) as string,
  });
});

test("a folder without config.json", () => {
  const directory = folderOf();
  const message = `"${join(directory, "config.json")}" cannot be read (ENOENT); expected a file of a Hugging Face model folder.`;
  expect(errorOf(() => readConfig(directory))).toMatchObject({ code: "model/file", message });
});
