/**
 * @file Writes a model so that other programs load it: the folder's own files, and `onnx/` with the three graphs by
 * the contract of transformers.js. Weights go inside a graph's file, or into one beside it where protobuf's limit of
 * 2 GB would be near.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { encodeModel, type Graph, sizeOf } from "../graph/index.ts";
import {
  checkWeights,
  type ModelConfig,
  openWeights,
  readConfig,
  readTensor,
  type Tensor,
} from "./folder/index.ts";
import {
  embeddingGraph,
  mergedDecoderGraph,
  packedWeights,
  separateWeights,
  visionGraph,
  type Weigh,
} from "./network/index.ts";

const GRAPHS: Readonly<Record<string, (config: ModelConfig, weigh: Weigh) => Graph>> = {
  vision_encoder: visionGraph,
  embed_tokens: embeddingGraph,
  decoder_model_merged: mergedDecoderGraph,
};

export interface Exported {
  /** Paths of the files written, below `out`. */
  files: { path: string; bytes: number }[];
}

/**
 * `out` must be empty or not exist yet.
 * @throws TouchlineError what `readConfig`, `openWeights` and `checkWeights` throw; `model/export-exists`.
 */
export function exportModel(directory: string, out: string, mostBytes = 1_500_000_000): Exported {
  const config = readConfig(directory);
  const weights = openWeights(directory);
  checkWeights(config, weights);
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new TouchlineError(
      "model/export-exists",
      `"${out}" is not empty; give a folder that does not exist yet.`,
    );
  }
  mkdirSync(join(out, "onnx"), { recursive: true });
  const files: Exported["files"] = [];
  try {
    for (const [name, build] of Object.entries(GRAPHS)) {
      const pieces: Tensor[] = [];
      const data = `${name}.onnx_data`;
      const separate = build(config, separateWeights(weights, data, pieces));
      const bytes = pieces.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
      const graph = bytes > mostBytes ? separate : build(config, packedWeights(weights));
      if (bytes > mostBytes) files.push(writePieces(join(out, "onnx", data), pieces));
      const model = encodeModel(graph);
      writeFileSync(join(out, "onnx", `${name}.onnx`), model);
      files.push({ path: join("onnx", `${name}.onnx`), bytes: model.length });
    }
    for (const file of readdirSync(directory)) {
      if (/\.(json|jinja|txt|safetensors)$/.test(file)) copyFileSync(join(directory, file), join(out, file));
    }
  } catch (error) {
    // Half a model would look like a whole one.
    rmSync(out, { recursive: true, force: true });
    throw error;
  }
  return { files };
}

function writePieces(path: string, pieces: readonly Tensor[]): { path: string; bytes: number } {
  const file = openSync(path, "w");
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const data = new Uint8Array(readTensor(piece).buffer);
      for (let at = 0; at < data.length;) at += writeSync(file, data, at);
      bytes += data.length;
    }
  } finally {
    closeSync(file);
  }
  return { path: join("onnx", basename(path)), bytes };
}
