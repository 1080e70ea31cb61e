import { expect, test } from "vitest";
import { tinyConfig } from "../../../tests/model/tiny-folder.ts";
import { canonicalName, parameterShapes, parseConfig } from "./index.ts";

/** `state_dict()` of Qwen2_5_VLForConditionalGeneration in transformers 5.24 for the tiny config. */
const REFERENCE = `
model.visual.patch_embed.proj.weight 16,3,2,4,4
model.visual.blocks.0.norm1.weight 16
model.visual.blocks.0.norm2.weight 16
model.visual.blocks.0.attn.qkv.weight 48,16
model.visual.blocks.0.attn.qkv.bias 48
model.visual.blocks.0.attn.proj.weight 16,16
model.visual.blocks.0.attn.proj.bias 16
model.visual.blocks.0.mlp.gate_proj.weight 24,16
model.visual.blocks.0.mlp.gate_proj.bias 24
model.visual.blocks.0.mlp.up_proj.weight 24,16
model.visual.blocks.0.mlp.up_proj.bias 24
model.visual.blocks.0.mlp.down_proj.weight 16,24
model.visual.blocks.0.mlp.down_proj.bias 16
model.visual.merger.ln_q.weight 16
model.visual.merger.mlp.0.weight 64,64
model.visual.merger.mlp.0.bias 64
model.visual.merger.mlp.2.weight 32,64
model.visual.merger.mlp.2.bias 32
model.language_model.embed_tokens.weight 64,32
model.language_model.layers.0.self_attn.q_proj.weight 32,32
model.language_model.layers.0.self_attn.q_proj.bias 32
model.language_model.layers.0.self_attn.k_proj.weight 16,32
model.language_model.layers.0.self_attn.k_proj.bias 16
model.language_model.layers.0.self_attn.v_proj.weight 16,32
model.language_model.layers.0.self_attn.v_proj.bias 16
model.language_model.layers.0.self_attn.o_proj.weight 32,32
model.language_model.layers.0.mlp.gate_proj.weight 48,32
model.language_model.layers.0.mlp.up_proj.weight 48,32
model.language_model.layers.0.mlp.down_proj.weight 32,48
model.language_model.layers.0.input_layernorm.weight 32
model.language_model.layers.0.post_attention_layernorm.weight 32
model.language_model.norm.weight 32
lm_head.weight 64,32`;

const list = (changes: Record<string, unknown> = {}) =>
  [...parameterShapes(parseConfig(tinyConfig(changes)))].map(([name, shape]) => `${name} ${shape.join(",")}`);

test("every parameter of the reference, in its order, with its shape", () => {
  expect(list()).toEqual(REFERENCE.trim().split("\n"));
});

test("a tied model has no head", () => {
  expect(list({ tie_word_embeddings: true })).toEqual(REFERENCE.trim().split("\n").slice(0, -1));
});

test("each layer and block has parameters of its own", () => {
  const names = list({
    "text_config.num_hidden_layers": 3,
    "text_config.layer_types": null,
    "vision_config.depth": 2,
  });
  expect(new Set(names).size).toBe(33 + 2 * 12 + 12);
  expect(names).toContain("model.language_model.layers.2.self_attn.k_proj.bias 16");
  expect(names).toContain("model.visual.blocks.1.attn.qkv.bias 48");
});

test.each([
  ["model.layers.0.mlp.up_proj.weight", "model.language_model.layers.0.mlp.up_proj.weight"],
  ["model.embed_tokens.weight", "model.language_model.embed_tokens.weight"],
  ["model.norm.weight", "model.language_model.norm.weight"],
  ["visual.blocks.0.norm1.weight", "model.visual.blocks.0.norm1.weight"],
  ["language_model.norm.weight", "model.language_model.norm.weight"],
  ["model.visual.merger.mlp.0.bias", "model.visual.merger.mlp.0.bias"],
  ["model.language_model.norm.weight", "model.language_model.norm.weight"],
  ["lm_head.weight", "lm_head.weight"],
])("%s is %s", (name, canonical) => {
  expect(canonicalName(name)).toBe(canonical);
});
