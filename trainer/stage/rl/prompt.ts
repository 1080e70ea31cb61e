/** @file The longest prompt that a run will have, about: what it needs depends on it. */
import { FRAME_DEFAULTS } from "../../../env/frame/index.ts";
import { type ChatInput, type ChatReader, encodeChat, type Prompt } from "../../../agent/model/index.ts";
import { loadPrompt, type PlayStyle } from "../../../agent/protocol/index.ts";
import { openChat, type QuestionRow } from "../../data/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";

/** What a question about the pitch takes in words, with the players' places: characters. */
const QUESTION = 600;

/** Of the rows the one with the most words and the one with the most pictures; of play one with a full memory. */
export async function longestPrompt(
  { questions, episodes }: RlRecipe,
  reader: ChatReader,
  rows: readonly QuestionRow[],
  style: PlayStyle,
): Promise<Prompt> {
  const chats: ChatInput[] = await Promise.all(longest(rows).map(openChat));
  if (questions) chats.push(asked("o ".repeat(QUESTION / 2), questions.shown === "frame" ? 1 : 0, style));
  if (episodes) chats.push(played(style));
  const prompts = chats.map((chat) => encodeChat(reader, chat));
  return prompts.reduce((most, one) => (one.ids.length > most.ids.length ? one : most));
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

function played(style: PlayStyle): ChatInput {
  const { system, next } = loadPrompt(style.prompt);
  // About four characters are a token.
  const answers = "word ".repeat(style.memory.answers * style.maxTokens);
  return asked(`${system} ${next} ${answers}`, style.memory.images, style);
}
