/** @file A conversation as the one text that the model reads, and the room that pictures take in it. */
import { Template } from "@huggingface/jinja";
import { TouchlineError } from "../../../env/error.ts";

export type ContentItem = { type: "text"; text: string } | { type: "image" };

export interface ChatMessage {
  /** `system`, `user` or `assistant`. */
  role: string;
  content: string | readonly ContentItem[];
}

export interface RenderOptions {
  /** Ends with the opening of the assistant's turn. */
  addGenerationPrompt: boolean;
}

export type RenderChat = (messages: readonly ChatMessage[], options: RenderOptions) => string;

/** What a picture is in the text before and after it is expanded. */
const IMAGE_PLACEHOLDER = "<|image_pad|>";

/**
 * The chat template, compiled; `path` is the file that it is from, `specialTokens` what it knows by names such as
 * `eos_token`. Throws `model/chat-template` when the template is not Jinja, and later when it refuses the messages.
 */
export function compileChatTemplate(
  template: string,
  path: string,
  specialTokens: Readonly<Record<string, string>>,
): RenderChat {
  const compiled = guard(() => new Template(template), path);
  return (messages, { addGenerationPrompt }) =>
    guard(
      () =>
        compiled.render({
          ...specialTokens,
          messages,
          tools: null,
          add_generation_prompt: addGenerationPrompt,
        }),
      path,
    );
}

function guard<T>(work: () => T, path: string): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new TouchlineError(
      "model/chat-template",
      `The chat template of ${path} cannot be used (${reason}); expected Jinja that takes these messages.`,
      { cause },
    );
  }
}

/** Places for pictures in a text that has not been expanded. */
export function countImages(text: string): number {
  return text.split(IMAGE_PLACEHOLDER).length - 1;
}

/**
 * The text with each `<|image_pad|>` repeated as often as the model sees tokens of its picture, which is
 * time * rows * columns / mergeSize**2 for a grid of patches.
 *
 * Throws `model/image-count` when the text has not exactly one placeholder a picture.
 */
export function expandImages(
  text: string,
  grids: readonly (readonly [time: number, rows: number, columns: number])[],
  mergeSize: number,
): string {
  const parts = text.split(IMAGE_PLACEHOLDER);
  const placeholders = parts.length - 1;
  if (placeholders !== grids.length) {
    throw new TouchlineError(
      "model/image-count",
      `The prompt has ${placeholders} places for pictures (${IMAGE_PLACEHOLDER}), but ${grids.length} pictures were given; give one for each.`,
    );
  }
  return parts.reduce((whole, part, i) => {
    const [time, rows, columns] = grids[i - 1]!;
    return whole + IMAGE_PLACEHOLDER.repeat((time * rows * columns) / mergeSize ** 2) + part;
  });
}
