/** @file MATH-Vision: problems of competitions that need their picture (Wang et al. 2024). */
import { optionalText, optionalTexts, type Row, text } from "../table/index.ts";
import { findChoice, LETTERS, normalText } from "./choice.ts";
import { categoriesOf, picturesOf } from "./columns.ts";
import { compare, scoreMathematics } from "./mathematics.ts";
import { numberOf } from "./numeric.ts";
import { nothing } from "./outcome.ts";
import { scorePicked } from "./picked.ts";
import { ask, END_WITH_BOX, listOptions } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import { findAnswer, FRAMED, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, ScoreOptions, Suite } from "./suite.ts";

const source =
  "It is MathLLMs/MathVision on Hugging Face: give its test or testmini parquet file, test.jsonl with images/ beside it, or VLMEvalKit's MathVision.tsv.";

async function sampleOf(row: Row): Promise<Sample> {
  const question = text(row, "question");
  const pictures = await picturesOf(row, "decoded_image", "image", "image_path");
  const options = optionalTexts(row, "options", "choices") ?? [];
  const id = optionalText(row, "id", "index") ?? String(row.number);
  const choices = options.length > 0 ? `\n${listOptions(options)}` : "";
  const letter = options.length > 0 ? " If it is one of the options, give its letter." : "";
  return {
    id,
    cluster: id,
    categories: categoriesOf({
      subject: optionalText(row, "subject", "category"),
      level: optionalText(row, "level"),
    }),
    ...ask(row, "question", `${question}${choices}\n\n${END_WITH_BOX}${letter}`, pictures),
    gold: optionalText(row, "answer")?.trim() ?? "",
    ...(options.length > 0 && { options }),
  };
}

export const mathvision: Suite = {
  name: "mathvision",
  about: "3,040 problems of mathematics competitions on pictures (testmini: 304).",
  source,
  scorings: ["official", "vlmevalkit", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "mathvision",
        source,
        prefer: /test(?!mini)/i,
        needs: [["question"], ["answer"], ["decoded_image", "image", "image_path"]],
        sample: sampleOf,
      },
      given,
    ),
  score,
};

async function score(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { gold, options } = sample;
  if (gold === "") return nothing("gold_error", "The row has no right answer.");
  const { scoring } = given;
  const quick = scoring === "strict" ? undefined : nearBy(scoring === "vlmevalkit" ? 1e-6 : 0.005);
  if (!options) {
    const marked = scoring === "strict" ? FRAMED : MARKED;
    return scoreMathematics(answered, gold, {
      marked,
      ...(scoring === "strict" && { unmarked: [] }),
      ...(quick && { quick }),
    });
  }
  const scored = await scorePicked(sample, answered, given);
  if (scored.outcome !== "wrong") return scored;
  // Some say the option's value, as another form of it.
  const value = options[LETTERS.indexOf(gold)];
  const spoken = spokenIn(answered.text);
  const found = findAnswer(spoken, scoring === "strict" ? FRAMED : MARKED);
  if (value === undefined || !found || isOption(spoken, options)) return scored;
  const compared = compare(found.text, value, quick);
  return compared.outcome === "right" && isAlone(value, options) ? compared : scored;
}

function isOption(spoken: string, options: readonly string[]): boolean {
  return findChoice(spoken, options)?.letter !== undefined;
}

function isAlone(value: string, options: readonly string[]): boolean {
  return options.filter((option) => normalText(option) === normalText(value)).length === 1;
}

/** The official rule rounds both to two decimals; VLMEvalKit's takes a millionth. */
function nearBy(tolerance: number): (answer: string, gold: string) => boolean {
  return (answer, gold) => {
    const [said, right] = [numberOf(answer), numberOf(gold)];
    if (said === undefined || right === undefined) return false;
    if (tolerance < 0.001) return Math.abs(said - right) < tolerance;
    return said.toFixed(2) === right.toFixed(2);
  };
}
