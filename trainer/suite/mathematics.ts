/** @file Mathematical answers: found in the response, held against the gold by the verifier that rewards use too. */
import { verifyMathematics } from "../mathematics/index.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { findAnswer, MARKED, type Place, spokenIn } from "./spoken.ts";
import type { Answered, Scored } from "./suite.ts";

export { verifyMathematics };

/** Whether an answer is right by a rule that is looked at before the verifier. */
export type QuickRule = (answer: string, gold: string) => boolean;

export interface MathematicsOptions {
  /** Where an answer without a mark is looked for, beside those with one: not in a response that was cut off. */
  unmarked?: readonly Place[];
  marked?: readonly Place[];
  quick?: QuickRule;
}

/** The outcome of a response whose answer is a value. */
export function scoreMathematics(
  answered: Answered,
  gold: string,
  { marked = MARKED, unmarked = ["formula", "bare"], quick }: MathematicsOptions = {},
): Scored {
  const spoken = spokenIn(answered.text);
  const places = answered.truncated ? marked : [...marked, ...unmarked];
  const found = findAnswer(spoken, places);
  if (!found) {
    const { status } = verifyMathematics("", gold);
    if (status === "gold_unparsed") return unreadableGold(gold);
    return noAnswer(answered, spoken);
  }
  return compare(found.text, gold, quick);
}

/** The outcome of an answer that is found already. */
export function compare(answer: string, gold: string, quick?: QuickRule): Scored {
  if (quick?.(answer, gold)) return right(answer, `"${answer}" is the right answer ${gold}.`);
  const verdict = verifyMathematics(answer, gold);
  const why = "reason" in verdict && typeof verdict.reason === "string" ? ` ${verdict.reason}` : "";
  switch (verdict.status) {
    case "equal":
      return right(answer, `"${answer}" equals the right answer ${gold}.${why}`);
    case "different":
      return wrong(answer, `"${answer}" is not the right answer ${gold}.${why}`);
    case "undecided":
      return wrong(answer, `It could not be shown that "${answer}" is the right answer ${gold}.${why}`);
    case "limit":
      return wrong(null, `The answer is too long or too deep to be looked at.${why}`);
    case "pred_unparsed":
      return nothing("unparsed", `"${answer}" cannot be read as an answer.${why}`, answer);
    default:
      return unreadableGold(gold);
  }
}

function unreadableGold(gold: string): Scored {
  return nothing("gold_error", `The right answer "${gold.slice(0, 100)}" cannot be read.`);
}
