/** @file What turns chats and their pictures into what the network reads. */
import { checkPrompt, type Prompt } from "./decode/index.ts";
import { generationConfig, type ModelConfig, readConfig } from "./folder/index.ts";
import { type Buffers, type ImageProcessor, loadImageProcessor } from "./image/index.ts";
import { expandImages, loadTokenizer, type TextTokenizer } from "./text/index.ts";
import type { ChatInput } from "./types.ts";

export interface ChatReader {
  config: ModelConfig;
  tokenizer: TextTokenizer;
  images: ImageProcessor;
  /** Any of these ends an answer. */
  endTokens: readonly number[];
}

/** Those who play many matches at once ask with the same few texts again and again, beside other pictures. */
const TEXTS_KEPT = 64;
const encoded = new WeakMap<ChatReader, Map<string, readonly number[]>>();

/** @throws TouchlineError `model/...` for what is missing or wrong in the folder, naming the file. */
export function openChatReader(directory: string): ChatReader {
  return {
    config: readConfig(directory),
    tokenizer: loadTokenizer(directory),
    images: loadImageProcessor(directory),
    endTokens: generationConfig(directory).endTokens,
  };
}

/**
 * The chat as a prompt, with the opening of the assistant's turn at its end or, `opened` being false, without; the values
 * of its pictures in an array of `buffers` if given.
 * @throws TouchlineError `model/chat-template`, `model/image-count`, `model/picture-...`, `model/prompt-too-long`.
 */
export function encodeChat(
  reader: ChatReader,
  { messages, images = [] }: ChatInput,
  { opened = true, buffers }: { opened?: boolean; buffers?: Buffers } = {},
): Prompt {
  const patches = reader.images.process(images, buffers);
  let known = encoded.get(reader);
  if (!known) encoded.set(reader, (known = new Map()));
  const key = JSON.stringify([messages, opened, patches.grids]);
  const found = known.get(key);
  if (found) return { ids: found, ...patches };
  const text = reader.tokenizer.renderChat(messages, { addGenerationPrompt: opened });
  const prompt = { ids: encodeText(reader, text, patches.grids), ...patches };
  checkPrompt(prompt, reader.config.text);
  if (known.size === TEXTS_KEPT) known.clear();
  known.set(key, prompt.ids);
  return prompt;
}

/** The ids of a text that was rendered; `grids`: of its pictures. Throws `model/image-count`. */
export function encodeText(
  { config, tokenizer }: ChatReader,
  text: string,
  grids: Prompt["grids"],
): number[] {
  return tokenizer.encode(expandImages(text, grids, config.vision.mergeSize));
}
