/** @file The one move of an answer, in whatever case: the case of a word is not what is measured. */
import { type Answer, type AnswerFormat, readAnswer } from "../../agent/protocol/index.ts";
import { type Move, readOnlineAnswer } from "../../env/sokoban/index.ts";

/** The move, or why there is none. */
export function readMove(text: string, format: AnswerFormat): { move?: Move; reason?: string } {
  const { answer, reason }: Answer = readAnswer(text, format);
  const move = answer === undefined ? undefined : readOnlineAnswer(spelt(answer));
  return move === undefined ? { reason: reason ?? "it names no move." } : { move };
}

/** "right" or "RIGHT" as "Right", the way that MageBench wants it. */
export function spelt(text: string): string {
  return text.replaceAll(
    /\b(left|right|up|down)\b/gi,
    (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase(),
  );
}
