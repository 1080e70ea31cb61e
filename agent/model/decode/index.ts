/** @file Decoding: prompts to logits and texts. */
export { checkPrompt, Forward, type ForwardOptions, type Prompt } from "./forward.ts";
export { positionsOf } from "./positions.ts";
export { type Sampled, sampleToken, type Sampling } from "./sample.ts";
export { type FinishReason, type Generation, type WriteOptions, type Written, Writer } from "./writer.ts";
