/** @file The tokenizer and chat template of a Hugging Face folder, with the ids of transformers' Qwen2Tokenizer. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import { checkShape, readJson } from "../folder/index.ts";
import { bytesOfToken, decodeBytes, streamText, type TextStream, type TokenBytes } from "./bytes.ts";
import { compileChatTemplate, type RenderChat } from "./chat.ts";

export interface DecodeOptions {
  /** Leaves out the special tokens, such as `<|im_end|>`. */
  skipSpecial: boolean;
}

export interface TextTokenizer {
  /** The ids of the text; special tokens written out in it count as such. */
  encode(text: string): number[];
  /** The text of the ids; unknown ones give nothing. */
  decode(ids: readonly number[], options: DecodeOptions): string;
  /** `decode` one id at a time. */
  stream(options: DecodeOptions): TextStream;
  /** The messages as text, one `<|image_pad|>` a picture. Throws `model/chat-template` also when there is none. */
  renderChat: RenderChat;
}

const byteLevel = "ByteLevel, as Qwen2 has it";
const record = z.record(z.string(), z.unknown(), "an object");
const FileSchema = z.looseObject(
  {
    model: z.looseObject(
      {
        type: z.literal("BPE", "BPE").default("BPE"),
        vocab: z.record(z.string(), z.int("an id"), "an object of tokens and their ids"),
        merges: z.array(z.unknown(), "a list of merges"),
      },
      "an object",
    ),
    decoder: z.looseObject({ type: z.literal("ByteLevel", byteLevel) }, byteLevel),
    added_tokens: z
      .array(
        z.looseObject(
          { id: z.int("an id"), content: z.string("a text"), special: z.boolean("true or false") },
          "an object",
        ),
        "a list of tokens",
      )
      .default([]),
  },
  "an object",
);
const template = z.union(
  [z.string(), z.array(z.object({ name: z.string(), template: z.string() }))],
  "a Jinja template, or a list of named ones",
);
const ConfigSchema = z.looseObject({ chat_template: template.nullish() }, "an object");
const TemplateSchema = z.object({ chat_template: template }, "an object");

/**
 * The tokenizer in `tokenizer.json` and `tokenizer_config.json` of the folder, with the chat template of
 * `chat_template.jinja`, `chat_template.json` or `tokenizer_config.json`, the first that there is.
 *
 * Throws `model/file`, `model/not-json` and `model/config` for files that are missing or broken, and
 * `model/tokenizer` when they describe a tokenizer that cannot be made.
 */
export function loadTokenizer(directory: string): TextTokenizer {
  const path = join(directory, "tokenizer.json");
  const configPath = join(directory, "tokenizer_config.json");
  const file = checkShape(FileSchema, readJson(path), path);
  const config = checkShape(ConfigSchema, readJson(configPath), configPath);
  const tokenizer = makeTokenizer(file, config, path);

  const bytes = new Map<number, Uint8Array>();
  for (const [token, id] of Object.entries(file.model.vocab)) bytes.set(id, bytesOfToken(token));
  for (const { id, content } of file.added_tokens) bytes.set(id, bytesOfToken(content));
  const special = new Set(file.added_tokens.filter((token) => token.special).map(({ id }) => id));
  const plain: TokenBytes = (id) => (special.has(id) ? undefined : bytes.get(id));
  const bytesFor = ({ skipSpecial }: DecodeOptions): TokenBytes =>
    skipSpecial ? plain : (id) => bytes.get(id);

  // Those who play many matches at once ask about one text again and again, beside other pictures.
  let last: { text: string; ids: readonly number[] } = { text: "", ids: tokenizer.encode("").ids };

  return {
    encode(text) {
      if (text !== last.text) last = { text, ids: tokenizer.encode(text).ids };
      return [...last.ids];
    },
    decode: (ids, options) => decodeBytes(ids, bytesFor(options)),
    stream: (options) => streamText(bytesFor(options)),
    renderChat: findChatTemplate(directory, config, configPath),
  };
}

function makeTokenizer(file: object, config: object, path: string): Tokenizer {
  try {
    return new Tokenizer(file, config);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new TouchlineError(
      "model/tokenizer",
      `${path} describes no tokenizer that can be used (${reason}); expected byte-level BPE as Qwen2 has it.`,
      { cause },
    );
  }
}

function findChatTemplate(
  directory: string,
  config: z.infer<typeof ConfigSchema>,
  configPath: string,
): RenderChat {
  const { text, path } = readChatTemplate(directory, config, configPath);
  if (text !== undefined) return compileChatTemplate(text, path, specialTokens(config));
  return () => {
    throw new TouchlineError(
      "model/chat-template",
      `${path} has no chat template; expected one under "chat_template", or in chat_template.jinja beside it.`,
    );
  };
}

/** In the order of transformers: a file of its own comes before the tokenizer's key. */
function readChatTemplate(
  directory: string,
  config: z.infer<typeof ConfigSchema>,
  configPath: string,
): { text: string | undefined; path: string } {
  const jinjaPath = join(directory, "chat_template.jinja");
  const jsonPath = join(directory, "chat_template.json");
  if (existsSync(jinjaPath)) return { text: readFileSync(jinjaPath, "utf8"), path: jinjaPath };
  const fromJson = existsSync(jsonPath);
  const path = fromJson ? jsonPath : configPath;
  const found = (fromJson ? checkShape(TemplateSchema, readJson(jsonPath), jsonPath) : config).chat_template;
  const text = typeof found === "string" ? found : found?.find(({ name }) => name === "default")?.template;
  return { text, path };
}

/**
 * `tokenizer_config.json` of the folder with the chat template inside, wherever it stood. Throws `model/file`,
 * `model/not-json` and `model/config`.
 */
export function tokenizerConfig(directory: string): Record<string, unknown> {
  const path = join(directory, "tokenizer_config.json");
  const config = checkShape(ConfigSchema, readJson(path), path);
  const { text } = readChatTemplate(directory, config, path);
  return text === undefined ? config : { ...config, chat_template: text };
}

/** `eos_token` and the like, which stand as text or as an object with `content`. */
function specialTokens(config: Readonly<Record<string, unknown>>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const name of ["bos_token", "eos_token", "pad_token", "unk_token"]) {
    const token = config[name];
    const content = typeof token === "string" ? token : record.safeParse(token).data?.["content"];
    if (typeof content === "string") named[name] = content;
  }
  return named;
}
