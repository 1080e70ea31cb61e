/** @file What came of an answer, with the reason in a sentence. */
import { declines } from "./spoken.ts";
import type { Answered, Outcome, Scored } from "./suite.ts";

export function right(extracted: string, reason: string): Scored {
  return { outcome: "right", score: 1, extracted, reason };
}

export function wrong(extracted: string | null, reason: string): Scored {
  return { outcome: "wrong", score: 0, extracted, reason };
}

export function nothing(outcome: Outcome, reason: string, extracted: string | null = null): Scored {
  return { outcome, score: 0, extracted, reason };
}

/** Why a response has no answer. */
export function noAnswer({ text, truncated, refused = false }: Answered, spoken: string): Scored {
  if (refused) return nothing("refused", "The model, or a filter before it, would not answer.");
  if (truncated) return nothing("truncated", "The response ended for want of room before it gave an answer.");
  if (declines(spoken)) return nothing("refused", "The response declines to answer.");
  if (text.trim() === "") return nothing("unparsed", "The response is empty.");
  if (spoken === "") return nothing("unparsed", "Nothing follows the thought.");
  return nothing("unparsed", "No answer was found in the response.");
}
