/** @file GSM8K: sums of primary school in words (Cobbe et al. 2021). */
import { optionalText, type Row, text } from "../table/index.ts";
import { compare } from "./mathematics.ts";
import { numberOf } from "./numeric.ts";
import { noAnswer, nothing } from "./outcome.ts";
import { END_WITH_BOX } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import { findAnswer, FRAMED, lastMatch, MARKED, numberIn, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, Scoring, Suite } from "./suite.ts";

const source =
  "It is openai/gsm8k on Hugging Face: give main/test-00000-of-00001.parquet, the test.jsonl of openai/grade-school-math, or the folder.";

const GOLD = /####\s*(-?[$\d.,]+)/g;

function sampleOf(row: Row): Sample {
  const answer = text(row, "answer");
  const id = optionalText(row, "id", "idx") ?? String(row.number);
  return {
    id,
    cluster: id,
    categories: {},
    messages: [{ role: "user", content: `${text(row, "question")}\n\n${END_WITH_BOX}` }],
    pictures: [],
    gold: plain(lastMatch(answer, GOLD)?.[1] ?? (numberOf(answer) === undefined ? "" : answer)),
  };
}

export const gsm8k: Suite = {
  name: "gsm8k",
  about: "1,319 word problems of primary school.",
  source,
  scorings: ["official", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "gsm8k",
        source,
        prefer: /^(?!.*socratic).*test/i,
        needs: [["question"], ["answer"]],
        sample: sampleOf,
      },
      given,
    ),
  score: async ({ gold }, answered, { scoring }) => score(gold, answered, scoring),
};

function score(gold: string, answered: Answered, scoring: Scoring): Scored {
  if (gold === "") return nothing("gold_error", 'The row\'s answer has no number after "####".');
  const spoken = spokenIn(answered.text);
  const found = answerIn(spoken, answered.truncated, scoring);
  if (found === undefined) return noAnswer(answered, spoken);
  const quick = (): boolean => {
    const value = numberOf(plain(found)) ?? numberOf(plain(numberIn(found) ?? ""));
    return value !== undefined && value === numberOf(gold);
  };
  return compare(found, gold, quick);
}

/** The paper's `#### 18` counts in every profile; the last number, as lm-eval's "flexible" has it, only in the official one. */
function answerIn(spoken: string, truncated: boolean, scoring: Scoring): string | undefined {
  const hashed = lastMatch(spoken, GOLD)?.[1];
  if (hashed !== undefined) return plain(hashed);
  const found = findAnswer(spoken, scoring === "strict" ? FRAMED : MARKED)?.text;
  if (found !== undefined || scoring === "strict" || truncated || spoken.includes("<answer>")) return found;
  return numberIn(spoken);
}

function plain(number: string): string {
  return number.replace(/[$,]/g, "").replace(/\.$/, "").trim();
}
