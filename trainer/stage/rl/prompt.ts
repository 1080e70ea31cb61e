/** @file The longest prompt that a run will have, about: what it needs depends on it. */
import { FRAME_DEFAULTS } from "../../../env/frame/index.ts";
import { type ChatInput, type ChatReader, encodeText, type Prompt } from "../../../agent/model/index.ts";
import { loadPrompt, type PlayStyle } from "../../../agent/protocol/index.ts";
import { openChat, type QuestionRow } from "../../data/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";

/** What a question about the pitch takes in words, with the players' places: characters. */
const QUESTION = 600;

export interface PromptSize {
  tokens: number;
  /** Of its pictures. */
  grids: Prompt["grids"];
}

/** Of the rows the one with the most words and the one with the most pictures; of play one with a full memory. */
export async function longestPrompt(
  { questions, episodes, maxTokens }: RlRecipe,
  reader: ChatReader,
  rows: readonly QuestionRow[],
  style: PlayStyle,
): Promise<PromptSize> {
  const chats: ChatInput[] = await Promise.all(longest(rows).map(openChat));
  if (questions) chats.push(asked("o ".repeat(QUESTION / 2), questions.shown === "frame" ? 1 : 0, style));
  if (episodes) chats.push(played(style, maxTokens));
  const sizes = chats.map((chat) => sizeOf(reader, chat));
  return sizes.reduce((most, one) => (one.tokens > most.tokens ? one : most));
}

/** No more than the model can read: whether it is too long is said when it is asked. */
function sizeOf(reader: ChatReader, { messages, images = [] }: ChatInput): PromptSize {
  const { grids } = reader.images.process(images);
  const text = reader.tokenizer.renderChat(messages, { addGenerationPrompt: true });
  const { length } = encodeText(reader, text, grids);
  return { tokens: Math.min(length, reader.config.text.contextLength), grids };
}

function longest(rows: readonly QuestionRow[]): QuestionRow[] {
  const most = (sizeOf: (row: QuestionRow) => number): QuestionRow[] =>
    rows.length === 0 ? [] : [rows.reduce((top, row) => (sizeOf(row) > sizeOf(top) ? row : top))];
  return [
    ...most(({ chat }) => JSON.stringify(chat.messages).length),
    ...most(({ chat }) => chat.images.length),
  ];
}

function asked(words: string, pictures: number, style: PlayStyle): ChatInput {
  const { width = FRAME_DEFAULTS.width, height = FRAME_DEFAULTS.height } = style.frame;
  const frame = { width, height, data: new Uint8Array(3 * width * height) };
  const images = Array.from({ length: pictures }, () => frame);
  const content = [...images.map(() => ({ type: "image" as const })), { type: "text" as const, text: words }];
  return { messages: [{ role: "user", content }], images };
}

function played(style: PlayStyle, maxTokens: number): ChatInput {
  const { system, next } = loadPrompt(style.prompt);
  const answers = "a ".repeat(style.memory.answers * maxTokens);
  return asked(`${system} ${next} ${answers}`, style.memory.images, style);
}
