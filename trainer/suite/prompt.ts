/** @file A question as a message: its words, its options, its pictures where it speaks of them. */
import type { ChatMessage, ContentItem } from "../../agent/model/index.ts";
import { type Row, wrongValue } from "../table/index.ts";
import { LETTERS } from "./choice.ts";

/** How a question with options is to be answered. */
export const END_WITH_LETTER =
  'Think step by step. Then end your response with the line "Answer: X", where X is the letter of the right option.';
/** How one without is. */
export const END_WITH_BOX = "Please reason step by step, and put your final answer within \\boxed{}.";

export function listOptions(options: readonly string[]): string {
  return options.map((option, i) => `${LETTERS[i]}. ${option}`).join("\n");
}

export interface Asked {
  messages: ChatMessage[];
  /** In the order of the message. */
  pictures: Uint8Array[];
}

const PLACE = /<image[ _]?(\d*)>/g;

/**
 * The message with pictures in the places of `<image 1>`, `<image_1>` or `<image1>`; those that are not spoken of come first. A
 * picture is shown once, and called by its number where it is spoken of again.
 * @throws TouchlineError `suite/row` for a place without a picture.
 */
export function ask(row: Row, column: string, text: string, pictures: readonly Uint8Array[]): Asked {
  if (pictures.length === 0) {
    const [place] = text.match(PLACE) ?? [];
    if (place !== undefined) throw wrongValue(row, column, `speaks of ${place}, and the row has no picture.`);
    return { messages: [{ role: "user", content: text }], pictures: [] };
  }
  const inText: ContentItem[] = [];
  const order: number[] = [];
  let from = 0;
  for (const { index, 0: place, 1: digits } of text.matchAll(PLACE)) {
    const number = digits === "" ? order.length : Number(digits) - 1;
    if (number < 0 || number >= pictures.length) {
      throw wrongValue(row, column, `speaks of ${place}, and the row has ${pictures.length} pictures.`);
    }
    const before = text.slice(from, index);
    if (order.includes(number)) inText.push({ type: "text", text: `${before}picture ${number + 1}` });
    else {
      if (before !== "") inText.push({ type: "text", text: before });
      inText.push({ type: "image" });
      order.push(number);
    }
    from = index + place.length;
  }
  if (from < text.length) inText.push({ type: "text", text: text.slice(from) });
  const unspoken = pictures.map((_, i) => i).filter((i) => !order.includes(i));
  const content = [...unspoken.map(() => ({ type: "image" }) as const), ...inText];
  return {
    messages: [{ role: "user", content }],
    pictures: [...unspoken, ...order].map((i) => pictures[i]!),
  };
}
