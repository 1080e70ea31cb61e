/** @file Multiple choice by each profile: a rule first, and a judge, if there is one, for what the rule does not settle. */
import { type Choice, findChoice, lettersOf, scoreLetter } from "./choice.ts";
import { noAnswer } from "./outcome.ts";
import { askLetter } from "./referee.ts";
import { spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, ScoreOptions, Scoring } from "./suite.ts";
import { inferChoice } from "./vlmevalkit.ts";

/** The option that a response is for by a profile's rule. */
export function choiceBy(
  scoring: Scoring,
  spoken: string,
  options: readonly string[],
  truncated: boolean,
): Choice | undefined {
  if (scoring === "strict") return findChoice(spoken, options, { framed: true });
  if (scoring === "vlmevalkit" && !truncated) return inferChoice(spoken, options);
  return findChoice(spoken, options, { marked: truncated });
}

/** The outcome of a response to a question with options. */
export async function scorePicked(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { options = [], gold } = sample;
  const { scoring, judge } = given;
  const spoken = spokenIn(answered.text);
  const choice = choiceBy(scoring, spoken, options, answered.truncated);
  if (choice) return scoreLetter(choice, gold);
  // Who answers nothing at all needs no judge.
  const needsNone = !judge || scoring === "strict" || answered.truncated || spoken === "";
  if (needsNone) return noAnswer(answered, spoken);
  const letters = lettersOf(options.length);
  const opinion = await askLetter(judge, sample, spoken, letters, given);
  if ("failed" in opinion) return opinion.failed;
  if (opinion.said === "Z") return noAnswer(answered, spoken);
  const { reason, ...scored } = scoreLetter({ letter: opinion.said, text: opinion.said }, gold);
  return { ...scored, reason: `By the judge: ${reason}` };
}
