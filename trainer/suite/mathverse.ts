/** @file MathVerse: each problem in five versions, with ever less in words and more in the picture (Zhang et al. 2024). */
import { optionalText, record, type Row, text } from "../table/index.ts";
import { findChoice, LETTERS, scoreLetter } from "./choice.ts";
import { categoriesOf, picturesOf } from "./columns.ts";
import { compare } from "./mathematics.ts";
import { numberOf } from "./numeric.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { optionsInText } from "./options-in-text.ts";
import { ask } from "./prompt.ts";
import { askSame } from "./referee.ts";
import { samplesOf } from "./samples.ts";
import { blockIn, findAnswer, FRAMED, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, ScoreOptions, Suite } from "./suite.ts";

const source =
  "It is AI4Math/MathVerse on Hugging Face: give testmini.parquet, testmini.json with images/ beside it, or VLMEvalKit's MathVerse_MINI.tsv.";

const FIRST = "Please first conduct reasoning, and then answer the question and provide";
const HINTS = {
  "multi-choice": `${FIRST} the correct option letter, e.g., A, B, C, D, at the end.`,
  "free-form": `${FIRST} the final value, e.g., 1, 2.5, 300, at the end.`,
} as const;

async function sampleOf(row: Row): Promise<Sample> {
  const question = optionalText(row, "question") ?? "";
  const full = optionalText(row, "question_for_eval") ?? question;
  const type = optionalText(row, "question_type") === "free-form" ? "free-form" : "multi-choice";
  const { subject, subfield, source: origin } = record(row, "metadata");
  const version = text(row, "problem_version");
  const id = optionalText(row, "sample_index", "index") ?? String(row.number);
  // Of the Vision Only version the question stands in the picture.
  const asked =
    question === "" ? `The question is in the picture. ${HINTS[type]}` : `${question}\n${HINTS[type]}`;
  const options = type === "multi-choice" ? (optionsInText(full) ?? ["A", "B", "C", "D"]) : undefined;
  return {
    id,
    cluster: optionalText(row, "problem_index") ?? id,
    categories: categoriesOf({
      problem_version: version,
      subject,
      subfield,
      source: origin,
      question_type: type,
    }),
    ...ask(row, "question", asked, await picturesOf(row, "image", "image_path")),
    gold: optionalText(row, "answer")?.trim() ?? "",
    ...(options && { options }),
    // For a judge, whom an empty question would tell nothing.
    details: { question: full },
  };
}

export const mathverse: Suite = {
  name: "mathverse",
  about: "788 problems on diagrams in five versions each, 3,940 questions.",
  source,
  scorings: ["official", "vlmevalkit", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "mathverse",
        source,
        // "Text Only" questions are a split of their own.
        prefer: /testmini(?!.*text_only)/i,
        needs: [["problem_version"], ["answer"], ["question"]],
        sample: sampleOf,
      },
      given,
    ),
  score,
};

/** The official rule asks GPT twice; here a rule decides what it can, and the judge, if there is one, the rest. */
async function score(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  if (sample.gold === "") return nothing("gold_error", "The row has no right answer.");
  const { scoring, judge } = given;
  const whole = spokenIn(answered.text);
  // LMM-R1's evaluation shows its extractor no more than the last words.
  const spoken = scoring === "lmm-r1" ? lastWords(blockIn(whole) ?? whole, 30) : whole;
  const scored = byRule(sample, answered, spoken, scoring === "strict");
  const settled = scored.outcome === "right" || scored.outcome === "gold_error" || answered.truncated;
  if (settled || !judge || scoring === "strict" || spoken === "") return scored;
  // Another letter is wrong, whoever looks at it.
  if (sample.options && scored.outcome === "wrong" && /^[A-H]$/.test(scored.extracted ?? "")) return scored;
  const opinion = await askSame(judge, sample, scored.extracted ?? spoken, given);
  if ("failed" in opinion) return { ...opinion.failed, extracted: scored.extracted };
  if (opinion.said === "1")
    return right(scored.extracted ?? spoken, "By the judge: it means the same as the right answer.");
  return scored.outcome === "wrong" ? wrong(scored.extracted, `By the judge too: ${scored.reason}`) : scored;
}

function byRule({ options, gold }: Sample, answered: Answered, spoken: string, strict: boolean): Scored {
  if (options) {
    const choice = findChoice(spoken, options, { framed: strict, marked: answered.truncated });
    if (!choice) return noAnswer(answered, spoken);
    const letter = LETTERS.indexOf(gold) >= 0 && gold.length === 1 ? gold : undefined;
    return letter === undefined ? compare(choice.text, gold) : scoreLetter(choice, letter);
  }
  const unmarked = answered.truncated || strict ? [] : (["formula", "bare", "number"] as const);
  const found = findAnswer(spoken, [...(strict ? FRAMED : MARKED), ...unmarked]);
  return found ? compare(found.text, gold, strict ? undefined : sameValue) : noAnswer(answered, spoken);
}

/** "AB = 10" is 10. */
function sameValue(answer: string, gold: string): boolean {
  const value = numberOf(answer.slice(answer.lastIndexOf("=") + 1));
  return value !== undefined && value === numberOf(gold);
}

function lastWords(text: string, count: number): string {
  return text.split(/\s+/).slice(-count).join(" ");
}
