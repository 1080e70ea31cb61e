/** @file Chats as examples: which of their tokens a model is to learn. */
import { TouchlineError } from "../../env/error.ts";
import {
  type ChatInput,
  type ChatReader,
  countImages,
  encodeChat,
  encodeText,
  type Prompt,
} from "../../agent/model/index.ts";
import type { Sequence } from "./batch.ts";

export interface ExampleOptions {
  /** The answer to the last user turn, or every turn of the assistant. */
  turns?: "last" | "all";
}

/**
 * The tokens of a chat. Learned are those of the assistant's turns: the answer and the token that closes it, but
 * neither the opening of the turn ("<|im_start|>assistant\\n") nor what follows the end ("\\n").
 * @throws TouchlineError `trainer/example` for a chat without an answer to learn, and as `encodeChat`.
 */
export function encodeExample(
  reader: ChatReader,
  chat: ChatInput,
  { turns = "last" }: ExampleOptions = {},
): Sequence {
  const prompt = encodeChat(reader, chat, { opened: false });
  const learned = answersOf(chat, turns).flatMap((answer) => {
    const [start, end] = answerPlaces(reader, chat, answer, prompt);
    return Array.from({ length: end - start }, (_, i) => start + i);
  });
  return { ...prompt, learned };
}

/** Which of the messages are learned. */
function answersOf({ messages }: ChatInput, turns: "last" | "all"): number[] {
  const roles = messages.map(({ role }) => role);
  const answers = [...roles.keys()].filter((place) => roles[place] === "assistant");
  const found = turns === "all" ? answers : answers.slice(-1).filter((at) => at > roles.lastIndexOf("user"));
  if (found.length > 0) return found;
  const where = turns === "all" ? "" : " after its last message of the user";
  throw new TouchlineError(
    "trainer/example",
    `A chat of the roles ${roles.join(", ")} has no message of the assistant${where}; expected an answer to learn.`,
  );
}

/** Where the tokens of a message of the assistant begin and end. */
function answerPlaces(
  reader: ChatReader,
  { messages }: ChatInput,
  answer: number,
  { ids, grids }: Prompt,
): [start: number, end: number] {
  const { renderChat } = reader.tokenizer;
  const whole = renderChat(messages, { addGenerationPrompt: false });
  const opened = renderChat(messages.slice(0, answer), { addGenerationPrompt: true });
  const closed = renderChat(messages.slice(0, answer + 1), { addGenerationPrompt: false });
  if (!closed.startsWith(opened) || !whole.startsWith(closed)) {
    throw new TouchlineError(
      "trainer/example",
      `The chat template writes what stands before message ${answer + 1} in another way once that is there, so where it begins cannot be told; use a template that goes on from turn to turn.`,
    );
  }
  const tokensOf = (text: string): number =>
    encodeText(reader, text, grids.slice(0, countImages(text))).length;
  const [start, end] = [tokensOf(opened), tokensOf(closed)];
  const last = ids.slice(start, end).findLastIndex((id) => reader.endTokens.includes(id));
  return [start, last < 0 ? end : start + last + 1];
}
