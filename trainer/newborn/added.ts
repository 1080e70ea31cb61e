/** @file Tokens that no merge makes, in the order of their ids: those of Qwen2.5-VL, then the marks of our answers. */
export interface AddedToken {
  content: string;
  /** Left out of the text of an answer. */
  special: boolean;
}

const SPECIAL = [
  "<|endoftext|>",
  "<|im_start|>",
  "<|im_end|>",
  "<|vision_start|>",
  "<|vision_end|>",
  "<|vision_pad|>",
  "<|image_pad|>",
  "<|video_pad|>",
];
const MARKS = ["<think>", "</think>", "<answer>", "</answer>"];

export const ADDED_TOKENS: readonly AddedToken[] = [
  ...SPECIAL.map((content) => ({ content, special: true })),
  ...MARKS.map((content) => ({ content, special: false })),
];
