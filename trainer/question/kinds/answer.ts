/** @file Answers that are right whether a moment is told in words, which leave out who is far off, or seen as a frame. */
import type { Question } from "../question.ts";
import { toldOf } from "../question.ts";
import type { Sight } from "../sight.ts";

export type Answer = Pick<Question, "think" | "gold" | "also">;

/** What a rule says, if it says the same of what is told as of all that is seen; rules of chance must draw beforehand. */
export function agreed(sight: Sight, rule: (sight: Sight) => Answer | undefined): Answer | undefined {
  const told = rule(toldOf(sight));
  return JSON.stringify(told) === JSON.stringify(rule(sight)) ? told : undefined;
}

/** The first letter as a capital: how a thought ends on its answer. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
