/** @file The weights of a model folder: one safetensors file or several with an index, held against the config. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import type { ModelConfig } from "./config.ts";
import { checkShape, readJson, wrongValue } from "./json.ts";
import { canonicalName, parameterShapes } from "./names.ts";
import { FLOAT_TYPES } from "./numbers.ts";
import { readHeader, type Header, type Tensor } from "./safetensors.ts";

export const WEIGHTS_FILE = "model.safetensors";
export const INDEX_FILE = "model.safetensors.index.json";

export interface Weights {
  directory: string;
  /** By canonical name. */
  tensors: ReadonlyMap<string, Tensor>;
}

const indexSchema = z.object(
  {
    weight_map: z.record(z.string(), z.string({ error: "the name of a file" }), {
      error: "an object that gives each tensor its file",
    }),
  },
  { error: "an object" },
);

/**
 * Finds every tensor of a folder; only headers are read.
 * @throws TouchlineError as `readHeader`; `model/weights-missing` when there is neither weights file nor index, or
 * a file of the index is missing; `model/tensor-missing` when a file lacks a tensor that the index puts there;
 * `model/tensor-twice`; `model/config` and `model/not-json` for the index.
 */
export function openWeights(directory: string): Weights {
  const single = join(directory, WEIGHTS_FILE);
  const index = join(directory, INDEX_FILE);
  if (existsSync(single)) return byCanonicalName(directory, readHeader(single).tensors.values());
  if (existsSync(index)) return byCanonicalName(directory, shardedTensors(directory, index));
  const message = `"${directory}" holds no weights; expected ${WEIGHTS_FILE}, or ${INDEX_FILE} and the files that it names.`;
  throw new TouchlineError("model/weights-missing", message);
}

function* shardedTensors(directory: string, index: string): Generator<Tensor> {
  const { weight_map: files } = checkShape(indexSchema, readJson(index), index);
  const headers = new Map<string, Header>();
  for (const [name, file] of Object.entries(files)) {
    const path = join(directory, file);
    // An index from elsewhere must not lead out of its folder.
    if (basename(file) !== file) {
      throw wrongValue(index, `weight_map.${name}`, file, "the name of a file in the same folder");
    }
    if (!headers.has(file) && !existsSync(path)) {
      const message = `"${path}" is missing; expected it by ${INDEX_FILE}, which puts "${name}" there.`;
      throw new TouchlineError("model/weights-missing", message);
    }
    const header = headers.get(file) ?? readHeader(path);
    headers.set(file, header);
    const tensor = header.tensors.get(name);
    if (tensor === undefined) {
      const message = `"${path}" has no tensor "${name}"; expected it by ${INDEX_FILE}.`;
      throw new TouchlineError("model/tensor-missing", message);
    }
    yield tensor;
  }
}

function byCanonicalName(directory: string, found: Iterable<Tensor>): Weights {
  const tensors = new Map<string, Tensor>();
  for (const tensor of found) {
    const name = canonicalName(tensor.name);
    const other = tensors.get(name);
    if (other !== undefined) {
      const message = `"${tensor.file}" has both "${other.name}" and "${tensor.name}", two spellings of one parameter; expected one of them.`;
      throw new TouchlineError("model/tensor-twice", message);
    }
    tensors.set(name, tensor);
  }
  return { directory, tensors };
}

/**
 * Holds the weights against the config. Tensors that no parameter needs are let be, the head of a tied model too.
 * @throws TouchlineError `model/tensor-missing`, `model/tensor-shape`, or `model/tensor-type` for a tensor that is
 * not F32, F16 or BF16.
 */
export function checkWeights(config: ModelConfig, weights: Weights): void {
  for (const [name, shape] of parameterShapes(config)) {
    const tensor = weights.tensors.get(name);
    if (tensor === undefined) {
      const message = `"${weights.directory}" has no tensor "${name}"; expected one of shape ${shapeText(shape)} by its config.json.`;
      throw new TouchlineError("model/tensor-missing", message);
    }
    if (shapeText(tensor.shape) !== shapeText(shape)) {
      const message = `"${tensor.file}" has "${tensor.name}" with the shape ${shapeText(tensor.shape)}; expected ${shapeText(shape)} by config.json.`;
      throw new TouchlineError("model/tensor-shape", message);
    }
    if (!(tensor.dtype in FLOAT_TYPES)) throw wrongType(tensor);
  }
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

export function wrongType(tensor: Tensor): TouchlineError {
  const message = `"${tensor.file}" has "${tensor.name}" as ${tensor.dtype}; expected ${Object.keys(FLOAT_TYPES).join(", ")}.`;
  return new TouchlineError("model/tensor-type", message);
}
