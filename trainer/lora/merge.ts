/** @file An adapter made part of its model: a new folder whose weights are W + scale B A, for programs that know no LoRA. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import {
  checkWeights,
  type FloatType,
  openWeights,
  readConfig,
  readTensor,
  writeSafetensors,
  writing,
} from "../../agent/model/index.ts";
import { type Adapter, narrowing, widening } from "./adapter.ts";
import { ADAPTER_CONFIG, readAdapter } from "./peft.ts";

export interface Merged {
  /** Layers that are changed. */
  layers: number;
}

/**
 * Writes the model folder `base` with the adapter of the folder `adapter` merged in, as `out`, which must be empty or
 * not exist yet. Each weight keeps the type it is stored in. `onnx/` is left out, for it holds the weights of before.
 * @throws TouchlineError `model/...` and `trainer/adapter` for what is wrong with the folders, `model/export-exists`,
 * `model/write`; `out` is then as before.
 */
export function mergeAdapter(base: string, adapter: string, out: string): Merged {
  const config = readConfig(base);
  const weights = openWeights(base);
  checkWeights(config, weights);
  const read = readAdapter(adapter, config);
  if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0)) {
    throw new TouchlineError(
      "model/export-exists",
      `"${out}" is not empty, or a file; give a folder that does not exist yet.`,
    );
  }
  const part = `${out}.${process.pid}.part`;
  try {
    writing(out, () => {
      mkdirSync(part, { recursive: true });
      for (const name of readdirSync(base)) {
        const path = join(base, name);
        // A base that is a checkpoint has an adapter beside it, which is merged in already.
        if (name.endsWith(".safetensors") || name === ADAPTER_CONFIG || !statSync(path).isFile()) continue;
        copyFileSync(path, join(part, name));
      }
    });
    const tensors = [...weights.tensors];
    for (const file of new Set(tensors.map(([, tensor]) => tensor.file))) {
      const own = tensors.filter(([, tensor]) => tensor.file === file);
      const written = own.map(([name, tensor]) => ({
        name: tensor.name,
        dtype: tensor.dtype as FloatType,
        shape: tensor.shape,
        data: () => addAdapter(readTensor(tensor), name, read),
      }));
      writeSafetensors(join(part, basename(file)), written);
    }
    writing(out, () => renameSync(part, out));
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  return { layers: read.layers.size };
}

/** Adds scale B A to the weight of this name, if the adapter has a layer for it; gives the weight back. */
export function addAdapter(weight: Float32Array, name: string, { layers, values }: Adapter): Float32Array {
  const layer = name.replace(/\.weight$/, "");
  const own = layers.get(layer);
  if (own === undefined) return weight;
  const { rank, scale, inSize, outSize } = own;
  const [a, b] = [values.get(narrowing(layer))!, values.get(widening(layer))!];
  const row = new Float64Array(inSize);
  for (let out = 0; out < outSize; out++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = scale * b[out * rank + k]!;
      const start = k * inSize;
      for (let i = 0; i < inSize; i++) row[i]! += factor * a[start + i]!;
    }
    const start = out * inSize;
    for (let i = 0; i < inSize; i++) weight[start + i]! += row[i]!;
  }
  return weight;
}
