/** @file The architecture of Qwen2.5-VL as graphs. */
export { embeddingGraph, mergedDecoderGraph } from "./exported.ts";
export {
  decoderGraph,
  keyName,
  newKeyName,
  newValueName,
  valueName,
  visionGraph,
  type Weigh,
} from "./inference.ts";
export { packedWeights, separateWeights, storedWeights } from "./stored.ts";
