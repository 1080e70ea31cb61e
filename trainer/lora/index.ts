/** @file LoRA: narrow matrices beside frozen weights, in peft's format, and merged into a model. */
export {
  type AdaptedLayer,
  type Adapter,
  makeAdapter,
  matrixShapes,
  withAdapter,
  withFixedAdapter,
} from "./adapter.ts";
export { addAdapter, type Merged, mergeAdapter } from "./merge.ts";
export type { LoraOptions } from "./options.ts";
export { ADAPTER_CONFIG, readAdapter, writeAdapter } from "./peft.ts";
