/** @file MathVista: mathematics on pictures of every kind (Lu et al. 2023). */
import { distance } from "fastest-levenshtein";
import { optionalNumber, optionalText, optionalTexts, record, type Row, text } from "../table/index.ts";
import { LETTERS, scoreLetter } from "./choice.ts";
import { categoriesOf, clusterOf, picturesOf } from "./columns.ts";
import { compare } from "./mathematics.ts";
import { numberOf, roundTo } from "./numeric.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { choiceBy, scorePicked } from "./picked.ts";
import { ask, listOptions } from "./prompt.ts";
import { askSame } from "./referee.ts";
import { samplesOf } from "./samples.ts";
import { findAnswer, FRAMED, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, ScoreOptions, Suite } from "./suite.ts";

const source =
  "It is AI4Math/MathVista on Hugging Face: give its testmini parquet file, annot_testmini.json with images/ beside it, or VLMEvalKit's MathVista_MINI.tsv.";

async function sampleOf(row: Row): Promise<Sample> {
  const pictures = await picturesOf(row, "decoded_image", "image", "image_path");
  const choices = optionalTexts(row, "choices") ?? [];
  const type = optionalText(row, "question_type") ?? (choices.length > 0 ? "multi_choice" : "free_form");
  const options = type === "multi_choice" ? choices : undefined;
  const { task, grade, category, context, source: origin } = { ...record(row, "metadata"), ...flat(row) };
  const answerType = optionalText(row, "answer_type") ?? "text";
  const precision = optionalNumber(row, "precision");
  const answer = optionalText(row, "answer")?.trim() ?? "";
  const id = optionalText(row, "pid", "index", "id") ?? String(row.number);
  const unit = optionalText(row, "unit");
  return {
    id,
    cluster: clusterOf(pictures, id),
    categories: categoriesOf({
      task,
      grade,
      category,
      context,
      source: origin,
      question_type: type,
      answer_type: answerType,
    }),
    ...ask(row, "question", promptOf(row, { options, answerType, precision, unit }), pictures),
    gold: options ? letterOfAnswer(row, answer, options) : answer,
    ...(options && { options }),
    details: { answerType, precision, answer },
  };
}

/** VLMEvalKit's table has the metadata in columns. */
function flat(row: Row): Record<string, unknown> {
  const names = ["task", "grade", "category", "context", "source"];
  return Object.fromEntries(names.flatMap((name) => (row.values[name] ? [[name, row.values[name]]] : [])));
}

/** The answer of a multiple-choice question is an option's text; a table may tell its letter beside. */
function letterOfAnswer(row: Row, answer: string, options: readonly string[]): string {
  const place = options.indexOf(answer);
  return place >= 0 ? LETTERS[place]! : (optionalText(row, "answer_option") ?? "");
}

interface Wanted {
  options: readonly string[] | undefined;
  answerType: string;
  precision: number | undefined;
  unit: string | undefined;
}

/** The data set's own query where it has one: a hint, the question, the choices. */
function promptOf(row: Row, { options, answerType, precision, unit }: Wanted): string {
  const query = optionalText(row, "query");
  if (query !== undefined) return query;
  const question = text(row, "question");
  if (/^hint:/i.test(question)) return question;
  const places = precision === 2 ? "two decimal places" : "one decimal place";
  const hint = options
    ? "Please answer the question and provide the correct option letter, e.g., A, B, C, D, at the end."
    : answerType === "integer"
      ? "Please answer the question requiring an integer answer and provide the final value, e.g., 1, 2, 3, at the end."
      : answerType === "float"
        ? `Please answer the question requiring a floating-point number with ${places} and provide the final value at the end.`
        : answerType === "list"
          ? "Please answer the question requiring a Python list as an answer and provide the final list, e.g., [1, 2, 3], at the end."
          : "Please answer the question and provide the final value at the end.";
  const asked = unit === undefined ? question : `${question} (Unit: ${unit})`;
  return [asked, ...(options ? [listOptions(options)] : []), hint].join("\n");
}

export const mathvista: Suite = {
  name: "mathvista",
  about: "1,000 questions (testmini) of mathematics on charts, diagrams, tables and photographs.",
  source,
  scorings: ["official", "vlmevalkit", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "mathvista",
        source,
        prefer: /testmini/i,
        needs: [["question", "query"], ["answer"], ["decoded_image", "image", "image_path"]],
        sample: sampleOf,
      },
      given,
    ),
  score,
};

async function score(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  if (sample.gold === "")
    return nothing("gold_error", "The row has no right answer, or none among its options.");
  return sample.options ? scoreOptions(sample, answered, given) : scoreValue(sample, answered, given);
}

async function scoreOptions(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { options = [], gold } = sample;
  const { scoring } = given;
  const choice = choiceBy(scoring, spokenIn(answered.text), options, answered.truncated);
  const isNearest = choice && choice.letter === undefined && (scoring === "official" || scoring === "lmm-r1");
  if (!isNearest) return scorePicked(sample, answered, given);
  // The official rule takes the option that is written most alike.
  const far = options.map((option) => distance(option.slice(0, 500), choice.text.slice(0, 500)));
  const letter = LETTERS[far.indexOf(Math.min(...far))]!;
  const scored = scoreLetter({ ...choice, letter }, gold);
  return {
    ...scored,
    extracted: choice.text,
    reason: `"${choice.text}" is written most like option ${letter}. ${scored.reason}`,
  };
}

async function scoreValue(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { scoring, judge } = given;
  const spoken = spokenIn(answered.text);
  const isStrict = scoring === "strict";
  const unmarked = answered.truncated || isStrict ? [] : (["formula", "bare", "number"] as const);
  const found = findAnswer(spoken, [...(isStrict ? FRAMED : MARKED), ...unmarked]);
  const scored = found ? compareValue(found.text, sample, isStrict) : noAnswer(answered, spoken);
  const isOpen = found === undefined && !answered.truncated && spoken !== "";
  if (!isOpen || !judge || isStrict) return scored;
  const opinion = await askSame(judge, sample, spoken, given);
  if ("failed" in opinion) return opinion.failed;
  return opinion.said === "1"
    ? right(spoken, "By the judge: it means the same as the right answer.")
    : scored;
}

/** By the kind of answer: integers without what follows the point, decimals rounded to the precision, anything else as it is. */
function compareValue(said: string, { gold, details }: Sample, isStrict: boolean): Scored {
  const { answerType, precision } = details ?? {};
  if (isStrict || (answerType !== "integer" && answerType !== "float")) {
    return compare(said, gold, (answer) => listed(answer) === listed(gold));
  }
  const digits = answerType === "float" && typeof precision === "number" ? precision : 0;
  const normal = (number: number) =>
    answerType === "integer" ? Math.trunc(number) : roundTo(number, digits);
  const [value, expected] = [numberOf(withoutUnit(said)), numberOf(gold)];
  if (expected === undefined) return nothing("gold_error", `The right answer "${gold}" is no number.`);
  if (value === undefined) return compare(said, gold);
  if (normal(value) === normal(expected)) return right(said, `"${said}" comes to the right answer ${gold}.`);
  return wrong(said, `"${said}" does not come to the right answer ${gold}.`);
}

/** "12 cm", "$3.50", "45°", "about 7". */
function withoutUnit(text: string): string {
  const [number] = /[-−]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s*\/\s*\d+)?/.exec(text) ?? [];
  return numberOf(text) === undefined && number !== undefined && !/[\\^=+*]/.test(text) ? number : text;
}

function listed(text: string): string {
  return text.replace(/[\s'"$]/g, "").toLowerCase();
}
