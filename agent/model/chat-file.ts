/** @file Chats in a JSON file, their pictures beside it: what the commands on models are asked. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../env/error.ts";
import { fileErrorCode } from "../../env/file-error.ts";
import { checkShape, parseJson } from "./folder/index.ts";
import { readPicture } from "./image/index.ts";
import type { ChatInput } from "./types.ts";

export interface Chat extends ChatInput {
  maxTokens?: number;
}

export interface ChatFile {
  chats: Chat[];
  /** Whether the file is a list; one chat may also stand alone. */
  isList: boolean;
}

const text = z.string("a text");
const item = z.union([
  z.object({ type: z.literal("text"), text }),
  z.object({ type: z.literal("image") }).transform(({ type }) => ({ type })),
]);
const content = z.union(
  [text, z.array(item)],
  'a text, or a list of {"type": "text", "text": "..."} and {"type": "image"}',
);
const message = z.object({ role: text, content }, 'an object with "role" and "content"');
const count = "a whole number from 1 up";
/** What every chat has. */
const chatShape = {
  messages: z.array(message, "a list of messages").min(1, "at least one message"),
  images: z.array(z.string("the path of a picture"), "a list of paths").default([]),
};
const chat = z.strictObject(
  {
    ...chatShape,
    maxTokens: z.int(count).positive(count).optional(),
  },
  'an object with "messages" and, if needed, "images" and "maxTokens", and no other key',
);
const chats = z.array(chat).min(1, "at least one chat");

/**
 * A file that holds `{"messages": [{"role", "content"}], "images"?: [path], "maxTokens"?}`, or a list of these. Paths
 * are relative to the file.
 * @throws TouchlineError `model/input-file` when it cannot be read, `model/not-json`, `model/input` for a value that is
 * not right, and what `readPicture` throws.
 */
export async function readChatFile(path: string): Promise<ChatFile> {
  const value = parseJson(await readText(path), path);
  const isList = Array.isArray(value);
  const found = isList
    ? checkShape(chats, value, path, [], "model/input")
    : [checkShape(chat, value, path, [], "model/input")];
  const folder = dirname(path);
  return { chats: await Promise.all(found.map((one) => withPictures(one, folder))), isList };
}

async function withPictures(found: z.infer<typeof chat>, folder: string): Promise<Chat> {
  const { messages, images, maxTokens } = found;
  const pictures = await Promise.all(images.map((image) => readPicture(resolve(folder, image))));
  return { messages, images: pictures, ...(maxTokens !== undefined && { maxTokens }) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const message = `The input ${path} cannot be read (${fileErrorCode(cause)}); give the path of a JSON file with "messages".`;
    throw new TouchlineError("model/input-file", message, { cause });
  }
}
