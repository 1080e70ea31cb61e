/**
 * @file What a model is shown at each decision: the prompt, the last answers and the last pictures. MageBench keeps 5
 * answers and 1 picture; older pictures leave their turns, older turns leave whole.
 */
import type { Frame } from "../../env/frame/index.ts";
import type { ChatInput, ContentItem } from "../model/index.ts";
import { fillIn, type Prompt } from "./prompt.ts";

export interface Memory {
  /** How many earlier answers a model sees again. */
  answers: number;
  /** How many pictures it sees, the present one included; at least 1. */
  images: number;
}

export const DEFAULT_MEMORY: Memory = { answers: 5, images: 1 };

interface Turn {
  frame: Frame;
  /** What was said beside the picture. */
  words: string;
  answer: string;
}

/** One player's match as a chat. */
export class Conversation {
  readonly #prompt: Prompt;
  readonly #memory: Memory;
  readonly #system: string;
  #turns: Turn[] = [];
  #begun = false;
  #present: { frame: Frame; words: string } | undefined;
  #reason: string | undefined;

  /** `values`: for the places in the prompt's system text. */
  constructor(prompt: Prompt, memory: Memory, values: Readonly<Record<string, string>>) {
    this.#prompt = prompt;
    this.#memory = memory;
    this.#system = fillIn(prompt.system, values);
  }

  /** What to ask now. */
  ask(frame: Frame): ChatInput {
    const { first, next, unparsed } = this.#prompt;
    const going = this.#begun ? next : first;
    const words = this.#reason === undefined ? going : fillIn(unparsed, { reason: this.#reason });
    this.#present = { frame, words };
    const earlier = this.#memory.answers === 0 ? [] : this.#turns.slice(-this.#memory.answers);
    const withoutPicture = earlier.length + 1 - this.#memory.images;
    const images: Frame[] = [];
    const user = (turn: { frame: Frame; words: string }, place: number) => {
      const seen = place >= withoutPicture;
      if (seen) images.push(turn.frame);
      const picture: ContentItem[] = seen ? [{ type: "image" }] : [];
      return { role: "user", content: [...picture, { type: "text", text: turn.words } as const] };
    };
    const messages = [
      ...(this.#system === "" ? [] : [{ role: "system", content: this.#system }]),
      ...earlier.flatMap((turn, place) => [user(turn, place), { role: "assistant", content: turn.answer }]),
      user(this.#present, earlier.length),
    ];
    return { messages, images };
  }

  /** What it answered; `reason` says why nothing could be done with it. */
  answered(answer: string, reason?: string): void {
    if (!this.#present) throw new Error("Conversation.ask has not been called");
    this.#turns = [...this.#turns, { ...this.#present, answer }].slice(-Math.max(1, this.#memory.answers));
    this.#reason = reason;
    this.#begun = true;
  }
}
