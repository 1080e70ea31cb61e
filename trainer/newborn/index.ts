/** @file Models made from nothing: a Qwen2.5-VL folder with a tokenizer learned from texts and random weights. */
export { type Bpe, trainBpe } from "./bpe.ts";
export { makeModel } from "./make.ts";
export { type NewbornPlan, newbornSchema } from "./plan.ts";
