/** @file Models of the Qwen2.5-VL architecture, from a Hugging Face folder. */
export { type ChatReader, encodeChat, encodeText, openChatReader } from "./chat.ts";
export { type Chat, type ChatFile, readChatFile } from "./chat-file.ts";
export { positionsOf, type Prompt, sampleToken, type Sampled, type Sampling } from "./decode/index.ts";
export { type Exported, exportModel } from "./export.ts";
export {
  canonicalName,
  checkShape,
  checkWeights,
  type FloatType,
  INDEX_FILE,
  linearLayers,
  type ModelConfig,
  type NewTensor,
  openWeights,
  parameterShapes,
  parseConfig,
  parseJson,
  readConfig,
  readHeader,
  readJson,
  readTensor,
  type TextConfig,
  type VisionConfig,
  type Weights,
  WEIGHTS_FILE,
  writeSafetensors,
  writing,
} from "./folder/index.ts";
export {
  adapted,
  languageHead,
  type Narrow,
  narrowWeights,
  type Parameters,
  sequenceRows,
  storedWeights,
  type Ways,
} from "./network/index.ts";
export { type Picture, readPicture } from "./image/index.ts";
export { LocalModel, modelInfo, openLocalModel } from "./local.ts";
export {
  byteCharacters,
  type ChatMessage,
  type ContentItem,
  countImages,
  loadTokenizer,
  type TextTokenizer,
} from "./text/index.ts";
export { openModel } from "./thread/open.ts";
export type * from "./types.ts";
