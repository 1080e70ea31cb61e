/** @file What a Hugging Face folder of Qwen2.5-VL holds: its config, its weights by name, and weights written anew. */
export type { ModelConfig, TextConfig, VisionConfig } from "./config.ts";
export { parseConfig, readConfig } from "./config.ts";
export type { GenerationConfig } from "./generation.ts";
export { generationConfig } from "./generation.ts";
export { checkShape, parseJson, readJson, wrongValue } from "./json.ts";
export { quantise, type Quantised } from "./int4.ts";
export { canonicalName, HEAD, linearLayers, parameterShapes } from "./names.ts";
export type { FloatType } from "./numbers.ts";
export { decode, encode, FLOAT_TYPES } from "./numbers.ts";
export type { DataType, Header, Tensor } from "./safetensors.ts";
export { readHeader } from "./safetensors.ts";
export type { NewTensor } from "./values.ts";
export { readTensor, writeAll, writeSafetensors, writing } from "./values.ts";
export type { Weights } from "./weights.ts";
export { checkWeights, INDEX_FILE, openWeights, WEIGHTS_FILE } from "./weights.ts";
