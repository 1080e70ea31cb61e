/** @file Decoding: prompts to logits and texts. */
export { Forward, type ForwardOptions, type Prompt } from "./forward.ts";
export { type FinishReason, generate, type Generation, type Written } from "./generate.ts";
export { type Sampled, sampleToken, type Sampling } from "./sample.ts";
