/**
 * @file Writes a model so that other programs load it: `onnx/` with the three graphs by the contract of
 * transformers.js, and the folder's own files, with JSON as that program needs it. Weights go inside a graph's file,
 * or into one beside it where protobuf's limit of 2 GB would be near.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { TouchlineError } from "../../env/error.ts";
import { encodeModel, type Graph, sizeOf } from "../graph/index.ts";
import { configFile, generationFile, preprocessorFile } from "./export-files.ts";
import {
  checkWeights,
  generationConfig,
  type ModelConfig,
  openWeights,
  readConfig,
  readJson,
  readTensor,
  type Tensor,
} from "./folder/index.ts";
import { preprocessorConfig } from "./image/index.ts";
import {
  embeddingGraph,
  mergedDecoderGraph,
  packedWeights,
  separateWeights,
  visionGraph,
  type Weigh,
} from "./network/index.ts";
import { tokenizerConfig } from "./text/index.ts";

const GRAPHS: Readonly<Record<string, (config: ModelConfig, weigh: Weigh) => Graph>> = {
  vision_encoder: visionGraph,
  embed_tokens: embeddingGraph,
  decoder_model_merged: mergedDecoderGraph,
};

export interface Exported {
  /** Paths of the graphs and their weights, below `out`. */
  files: { path: string; bytes: number }[];
}

/**
 * `out` must be empty or not exist yet.
 * @param mostBytes weights that go inside a graph's file; more go into one beside it.
 * @throws TouchlineError `model/...` for what is missing or wrong in the folder, naming the file;
 * `model/export-exists`.
 */
export function exportModel(directory: string, out: string, mostBytes = 1_500_000_000): Exported {
  const config = readConfig(directory);
  const weights = openWeights(directory);
  checkWeights(config, weights);
  if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0)) {
    throw new TouchlineError(
      "model/export-exists",
      `"${out}" is a file, or not empty; give a folder that does not exist yet.`,
    );
  }
  mkdirSync(join(out, "onnx"), { recursive: true });
  const files: Exported["files"] = [];
  const separated: string[] = [];
  try {
    for (const [name, build] of Object.entries(GRAPHS)) {
      const pieces: Tensor[] = [];
      const data = `${name}.onnx_data`;
      const separate = build(config, separateWeights(weights, data, pieces));
      const bytes = pieces.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
      const graph = bytes > mostBytes ? separate : build(config, packedWeights(weights));
      if (bytes > mostBytes) {
        files.push(writePieces(join(out, "onnx", data), pieces));
        separated.push(name);
      }
      const model = encodeModel(graph);
      writeFileSync(join(out, "onnx", `${name}.onnx`), model);
      files.push({ path: join("onnx", `${name}.onnx`), bytes: model.length });
    }
    for (const file of readdirSync(directory)) {
      if (/\.(json|jinja|txt|safetensors)$/.test(file)) copyFileSync(join(directory, file), join(out, file));
    }
    writeJsonFiles(directory, out, config, separated);
  } catch (error) {
    // Half a model would look like a whole one.
    rmSync(out, { recursive: true, force: true });
    throw error;
  }
  return { files };
}

/** Over the copies, which may lack what transformers.js needs. */
function writeJsonFiles(
  directory: string,
  out: string,
  config: ModelConfig,
  separated: readonly string[],
): void {
  const write = (file: string, value: object) =>
    writeFileSync(join(out, file), `${JSON.stringify(value, null, 2)}\n`);
  const source = readJson(join(directory, "config.json")) as Record<string, unknown>;
  write("config.json", configFile(config, source, separated));
  write("preprocessor_config.json", preprocessorFile(preprocessorConfig(directory)));
  write("tokenizer_config.json", tokenizerConfig(directory));
  if (!existsSync(join(directory, "generation_config.json"))) {
    write("generation_config.json", generationFile(generationConfig(directory)));
  }
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
