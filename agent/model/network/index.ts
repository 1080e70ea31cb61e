/** @file The architecture of Qwen2.5-VL as graphs. */
export { embeddingGraph, mergedDecoderGraph } from "./exported.ts";
export {
  decoderGraph,
  keyName,
  newKeyName,
  newValueName,
  prefixKeyName,
  prefixValueName,
  valueName,
  visionGraph,
  type Weigh,
} from "./inference.ts";
export { type Narrow, narrowWeights } from "./narrow.ts";
export { adapted, type Parameters } from "./parameters.ts";
export { sequenceRows } from "./sequence.ts";
export { packedWeights, separateWeights, storedWeights } from "./stored.ts";
export { languageHead } from "./text.ts";
export type { Ways } from "./ways.ts";
