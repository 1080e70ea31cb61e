/** @file The parameters of Qwen2.5-VL: their names, as transformers 5 holds them in memory, and their shapes. */
import type { ModelConfig, TextConfig, VisionConfig } from "./config.ts";

/** The head, which a tied model does not have. */
export const HEAD = "lm_head.weight";

/**
 * The name in memory for a name in a file. The Hub's files, and what transformers 5 still writes, say `model.layers`
 * and `visual.blocks`; base models leave out the leading `model`.
 */
export function canonicalName(name: string): string {
  if (/^(visual|language_model)\./.test(name)) return `model.${name}`;
  return name.replace(/^model\.(?!language_model\.|visual\.)/, "model.language_model.");
}

/** Every parameter with its shape, in the order of the reference. Linear weights are [out, in]. */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { text } = config;
  const head = text.tied ? [] : [[HEAD, [text.vocabularySize, text.hiddenSize]] as const];
  return new Map<string, readonly number[]>([
    ...under("model.visual", visionShapes(config.vision)),
    ...under("model.language_model", textShapes(text)),
    ...head,
  ]);
}

/** The linear layers with the shapes [out, in] of their weights; the head, which may be tied, is none of them. */
export function linearLayers(config: ModelConfig): Map<string, readonly [number, number]> {
  return new Map(
    [...parameterShapes(config)].flatMap(([name, shape]) => {
      const layer = name.replace(/\.weight$/, "");
      const linear = shape.length === 2 && !/(?:^|\.)(?:embed_tokens|lm_head)$/.test(layer);
      return linear ? [[layer, shape as readonly [number, number]] as const] : [];
    }),
  );
}

type Shapes = (readonly [name: string, shape: readonly number[]])[];

function visionShapes(vision: VisionConfig): Shapes {
  const { hiddenSize, intermediateSize, patchSize } = vision;
  const mergedSize = hiddenSize * vision.mergeSize ** 2;
  const block: Shapes = [
    ["norm1.weight", [hiddenSize]],
    ["norm2.weight", [hiddenSize]],
    ...linear("attn.qkv", hiddenSize, 3 * hiddenSize),
    ...linear("attn.proj", hiddenSize, hiddenSize),
    ...linear("mlp.gate_proj", hiddenSize, intermediateSize),
    ...linear("mlp.up_proj", hiddenSize, intermediateSize),
    ...linear("mlp.down_proj", intermediateSize, hiddenSize),
  ];
  return [
    [
      "patch_embed.proj.weight",
      [hiddenSize, vision.channels, vision.temporalPatchSize, patchSize, patchSize],
    ],
    ...repeated("blocks", vision.depth, block),
    ["merger.ln_q.weight", [hiddenSize]],
    ...linear("merger.mlp.0", mergedSize, mergedSize),
    ...linear("merger.mlp.2", mergedSize, vision.outSize),
  ];
}

function textShapes(text: TextConfig): Shapes {
  const { hiddenSize, intermediateSize } = text;
  const querySize = text.heads * text.headSize;
  const keyValueSize = text.keyValueHeads * text.headSize;
  const layer: Shapes = [
    ...linear("self_attn.q_proj", hiddenSize, querySize),
    ...linear("self_attn.k_proj", hiddenSize, keyValueSize),
    ...linear("self_attn.v_proj", hiddenSize, keyValueSize),
    ["self_attn.o_proj.weight", [hiddenSize, querySize]],
    ["mlp.gate_proj.weight", [intermediateSize, hiddenSize]],
    ["mlp.up_proj.weight", [intermediateSize, hiddenSize]],
    ["mlp.down_proj.weight", [hiddenSize, intermediateSize]],
    ["input_layernorm.weight", [hiddenSize]],
    ["post_attention_layernorm.weight", [hiddenSize]],
  ];
  return [
    ["embed_tokens.weight", [text.vocabularySize, hiddenSize]],
    ...repeated("layers", text.layers, layer),
    ["norm.weight", [hiddenSize]],
  ];
}

function linear(name: string, from: number, to: number): Shapes {
  return [
    [`${name}.weight`, [to, from]],
    [`${name}.bias`, [to]],
  ];
}

function repeated(name: string, count: number, shapes: Shapes): Shapes {
  return Array.from({ length: count }, (_, index) => under(`${name}.${index}`, shapes)).flat();
}

function under(prefix: string, shapes: Shapes): Shapes {
  return shapes.map(([name, shape]) => [`${prefix}.${name}`, shape]);
}
