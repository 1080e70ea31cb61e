/**
 * @file One line of JSONL as it stands in the file: a conversation under `messages`, or LMM-R1's way, a list of messages
 * as a text under `message` with the right answer under `answer`. Pictures stand in `images` or in the messages.
 */
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { TouchlineError } from "../../env/error.ts";
import { type ChatMessage, checkShape, parseJson } from "../../agent/model/index.ts";
import { VERIFIER_NAMES, type VerifierName } from "../reward/index.ts";

export interface Row {
  messages: ChatMessage[];
  /** Paths from the root, one for each picture in the messages if the row is right. */
  images: string[];
  /** As it stands. */
  answer?: unknown;
  /** Others that are as right. */
  also: string[];
  /** Who says whether an answer is right. */
  verifier: VerifierName;
}

const text = z.string("a text");
const item = z.union([
  z.object({ type: z.literal("text"), text }),
  z.object({ type: z.literal("image"), image: z.string().optional() }),
]);
const content = z.union(
  [text, z.array(item)],
  'a text, or a list of {"type": "text", "text": "..."} and {"type": "image"}, this with "image": path if need be',
);
const message = z.object({ role: text, content }, 'an object with "role" and "content"');
const messageList = z.array(message, "a list of messages").min(1, "at least one message");
type Message = z.infer<typeof message>;

/** Other keys, which data from elsewhere has, are left alone. */
const rowSchema = z.object(
  {
    messages: messageList.optional(),
    message: z.union([z.string(), z.array(z.unknown())], "a list of messages, or one as a text").optional(),
    images: z.array(z.string("the path of a picture"), "a list of paths").default([]),
    answer: z.unknown().optional(),
    also: z.array(z.string("an answer"), "a list of answers").default([]),
    verifier: z
      .enum(VERIFIER_NAMES, VERIFIER_NAMES.map((name) => `"${name}"`).join(" or "))
      .default("mathematics"),
  },
  'an object with "messages" and, if needed, "images"',
);

/**
 * The row in a line of the file `path`, to which paths of pictures are relative. `source` is what errors call it, `FILE:LINE`.
 * @throws TouchlineError `data/not-json`, `data/line`, `data/pictures`.
 */
export function readRow(line: string, path: string, source: string): Row {
  const value = parseJson(line, source, "data/not-json");
  const { message: packed, messages: own, images, ...rest } = checkShape(rowSchema, value, source, [], CODE);
  const found = own ?? unpack(packed, source);
  const messages = found.map(({ role, content: items }) => ({ role, content: withoutPaths(items) }));
  return { messages, images: picturesOf(found, images, path, source), ...rest };
}

const CODE = "data/line";

function unpack(packed: z.infer<typeof rowSchema>["message"], source: string): Message[] {
  const key = packed === undefined ? "messages" : "message";
  const list = typeof packed === "string" ? parseJson(packed, `${source}: message`, "data/not-json") : packed;
  return checkShape(messageList, list, source, [key], CODE);
}

function withoutPaths(items: Message["content"]): ChatMessage["content"] {
  if (typeof items === "string") return items;
  return items.map((one) => (one.type === "image" ? { type: one.type } : one));
}

/** Those named in the messages, else those of `images`; both only if they are the same. */
function picturesOf(messages: readonly Message[], images: string[], path: string, source: string): string[] {
  const items = messages.flatMap(({ content: all }) => (typeof all === "string" ? [] : all));
  const places = items.filter((one) => one.type === "image");
  const named = places.flatMap(({ image }) => image ?? []);
  const isTold = named.length === 0 || named.length === places.length;
  const isTwice = named.length > 0 && images.length > 0;
  if (!isTold || (isTwice && JSON.stringify(named) !== JSON.stringify(images))) {
    throw new TouchlineError(
      "data/pictures",
      `${source}: ${named.length} of ${places.length} pictures name a file in the messages, and "images" names ${images.length}; expected each file there, or each in "images", or the same files in both.`,
    );
  }
  const folder = dirname(path);
  return (named.length > 0 ? named : images).map((image) => resolve(folder, filePath(image, source)));
}

/** As Qwen's own reader has it, which takes "file://" away and no more. */
function filePath(image: string, source: string): string {
  if (!/^(?:https?:|data:)/.test(image)) return image.replace(/^file:\/\//, "");
  const shown = image.length <= 60 ? image : `${image.slice(0, 57)}...`;
  const message = `${source}: The picture "${shown}" is not a file; save it beside the data, and give its path.`;
  throw new TouchlineError("data/pictures", message);
}
