/** @file Adapters as folders in the format of Hugging Face's peft: adapter_config.json and adapter_model.safetensors. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../env/error.ts";
import {
  canonicalName,
  checkShape,
  linearLayers,
  type ModelConfig,
  readHeader,
  readJson,
  readTensor,
  writeSafetensors,
  writing,
} from "../../agent/model/index.ts";
import { type AdaptedLayer, type Adapter, matrixShapes, narrowing, widening } from "./adapter.ts";
import type { LoraOptions } from "./options.ts";

export const ADAPTER_CONFIG = "adapter_config.json";
export const ADAPTER_WEIGHTS = "adapter_model.safetensors";
/** How peft's wrapper calls the model. */
const WRAPPED = "base_model.model.";

/** What changes the meaning of the matrices and is not known here: each must be left at this. */
const PLAIN = {
  use_dora: false,
  fan_in_fan_out: false,
  bias: "none",
  rank_pattern: {},
  alpha_pattern: {},
} as const;

const configSchema = z.object({
  peft_type: z.literal("LORA", { error: '"LORA"' }),
  r: z.int({ error: "an integer" }).min(1, { error: "an integer from 1" }),
  lora_alpha: z.number({ error: "a number" }),
  use_rslora: z.boolean({ error: "true or false" }).nullish(),
  use_dora: z.literal(PLAIN.use_dora, { error: "false: DoRA is not known here" }).nullish(),
  fan_in_fan_out: z.literal(PLAIN.fan_in_fan_out, { error: "false" }).nullish(),
  bias: z.literal(PLAIN.bias, { error: '"none"' }).nullish(),
  rank_pattern: z.strictObject({}, { error: "{}" }).nullish(),
  alpha_pattern: z.strictObject({}, { error: "{}: one alpha for all layers" }).nullish(),
});

/**
 * Writes an adapter so that `PeftModel.from_pretrained` loads it. `base`: the folder or name of the model it is for.
 * @throws TouchlineError `model/write`.
 */
export function writeAdapter(directory: string, adapter: Adapter, options: LoraOptions, base: string): void {
  writing(directory, () => mkdirSync(directory, { recursive: true }));
  const shapes = matrixShapes(adapter.layers);
  writeSafetensors(
    join(directory, ADAPTER_WEIGHTS),
    [...shapes].map(([name, shape]) => ({
      name: `${WRAPPED}${name}`,
      dtype: "F32",
      shape,
      data: adapter.values.get(name)!,
    })),
  );
  const config = {
    peft_type: "LORA",
    task_type: "CAUSAL_LM",
    base_model_name_or_path: base,
    r: options.rank,
    lora_alpha: options.alpha,
    lora_dropout: 0,
    // By their whole names, for peft would also find layers of the vision tower by the ends of them.
    target_modules: [...adapter.layers.keys()],
    use_rslora: options.rankStabilised ?? false,
    init_lora_weights: true,
    inference_mode: true,
    ...PLAIN,
  };
  const path = join(directory, ADAPTER_CONFIG);
  writing(path, () => writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`));
}

/**
 * Reads an adapter that peft or `writeAdapter` wrote for a model of this config. Its dropout is let be.
 * @throws TouchlineError `model/...` for files that are missing or damaged, `trainer/adapter` for tensors that the
 * model has no place for.
 */
export function readAdapter(directory: string, config: ModelConfig): Adapter {
  const path = join(directory, ADAPTER_CONFIG);
  const { lora_alpha: alpha, use_rslora: rankStabilised } = checkShape(configSchema, readJson(path), path);
  const file = join(directory, ADAPTER_WEIGHTS);
  const tensors = new Map(
    [...readHeader(file).tensors.values()].map((tensor) => [ownName(tensor.name), tensor]),
  );
  const refuse = (text: string): never => {
    throw new TouchlineError("trainer/adapter", `"${file}" ${text}`);
  };
  const layers = new Map<string, AdaptedLayer>();
  for (const [layer, [outSize, inSize]] of linearLayers(config)) {
    const [a, b] = [tensors.get(narrowing(layer)), tensors.get(widening(layer))];
    if (!a && !b) continue;
    const rank = a?.shape[0] ?? 0;
    if (a?.shape.join() !== `${rank},${inSize}` || b?.shape.join() !== `${outSize},${rank}`) {
      refuse(
        `has matrices of ${JSON.stringify(a?.shape ?? null)} and ${JSON.stringify(b?.shape ?? null)} for "${layer}"; ` +
          `expected [rank, ${inSize}] and [${outSize}, rank] by the model's config.json.`,
      );
    }
    const scale = alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    layers.set(layer, { rank, scale, inSize, outSize });
  }
  const values = new Map<string, Float32Array>();
  for (const name of matrixShapes(layers).keys()) values.set(name, readTensor(tensors.get(name)!));
  for (const [name, tensor] of tensors) {
    if (!values.has(name)) {
      refuse(
        `has "${tensor.name}", for which the model has no linear layer; only such layers can be adapted.`,
      );
    }
  }
  if (layers.size === 0) refuse("is empty; expected matrices of an adapter.");
  return { layers, values };
}

/** The name within the model, of whatever version of transformers it was made under. */
function ownName(name: string): string {
  return canonicalName(name.startsWith(WRAPPED) ? name.slice(WRAPPED.length) : name);
}
