/** @file The door of agent/model/text: tokens, chats as text, and text as it comes. */
export { byteCharacters, decodeBytes, streamText, type TextStream, type TokenBytes } from "./bytes.ts";
export {
  countImages,
  expandImages,
  type ChatMessage,
  type ContentItem,
  type RenderChat,
  type RenderOptions,
} from "./chat.ts";
export { loadTokenizer, tokenizerConfig, type DecodeOptions, type TextTokenizer } from "./tokenizer.ts";
