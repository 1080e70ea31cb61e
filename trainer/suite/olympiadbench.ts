/** @file OlympiadBench: open-ended problems of olympiads of mathematics and physics, in English and Chinese (He et al. 2024). */
import { optionalText, optionalTexts, type Row, text } from "../table/index.ts";
import { categoriesOf, numberedPictures, picturesOf } from "./columns.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { olympiadPrompt } from "./olympiad-prompt.ts";
import { matchAnswers, readTolerances } from "./olympiad-rule.ts";
import { ask } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import { bareIn, blockIn, boxesIn, formulaIn, FRAMED, findAnswer, saidIn, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, Scoring, Suite } from "./suite.ts";

const source =
  "It is Hothan/OlympiadBench on Hugging Face: give the parquet files of its OE_ configurations (English open-ended for LMM-R1's 1,516), lmms-lab/OlympiadBench, or VLMEvalKit's OlympiadBench.tsv.";

async function sampleOf(row: Row): Promise<Sample | undefined> {
  const answerType = optionalText(row, "answer_type") ?? "";
  const gold = goldsOf(row);
  // Proofs, and answers that only people can judge, have no rule.
  if (/theorem/i.test(optionalText(row, "question_type") ?? "") || /human/i.test(answerType))
    return undefined;
  if (gold.length === 0 && configOf(row)?.startsWith("TP_")) return undefined;
  const numbered = await numberedPictures(row);
  const pictures = numbered.length > 0 ? numbered : await picturesOf(row, "images", "image", "image_path");
  const question = text(row, "question");
  const context = optionalText(row, "context");
  const config = configOf(row);
  const language = languageOf(row, config, question);
  const subject = subjectOf(row, config);
  const unit = optionalText(row, "unit");
  const isMultiple = /^true$/i.test(optionalText(row, "is_multiple_answer") ?? "");
  const prompt = olympiadPrompt({ language, subject, answerType, isMultiple, hasUnit: unit !== undefined });
  const body = context === undefined || subject === "maths" ? question : `${context}\n${question}`;
  const id = optionalText(row, "id", "question_id", "index") ?? String(row.number);
  return {
    // Each configuration counts its questions by itself.
    id: config === undefined ? id : `${config}-${id}`,
    cluster: id,
    categories: categoriesOf({
      subject,
      language,
      subfield: optionalText(row, "subfield"),
      answer_type: answerType,
      modality: pictures.length > 0 ? "multimodal" : "text",
    }),
    ...ask(row, "question", `${body}\n\n${prompt}`, pictures),
    gold: gold.join(", "),
    details: { tolerance: optionalText(row, "error") ?? "", isMultiple },
  };
}

/** "OE_MM_maths_en_COMP", by a column or by the file. */
function configOf(row: Row): string | undefined {
  const told = optionalText(row, "source") ?? "";
  return [told, row.file]
    .map((text) => /(?:OE|TP)_(?:MM|TO)_[A-Za-z]+_[A-Za-z]+_[A-Z]+/.exec(text)?.[0])
    .find(Boolean);
}

function languageOf(row: Row, config: string | undefined, question: string): "en" | "zh" {
  const told = optionalText(row, "language") ?? /_(zh|en)_/.exec(config ?? "")?.[1] ?? "";
  if (/chinese|zh/i.test(told)) return "zh";
  return told === "" && /[\u4e00-\u9fff]/.test(question) ? "zh" : "en";
}

function subjectOf(row: Row, config: string | undefined): "maths" | "physics" {
  return /phys/i.test(optionalText(row, "subject") ?? config ?? row.file) ? "physics" : "maths";
}

/** A list, or one as a Python literal; where that has its backslashes as they are, the text between its brackets. */
function goldsOf(row: Row): readonly string[] {
  const answer = row.values["final_answer"];
  const raw = typeof answer === "string" ? /^\[['"](.*)['"]\]$/s.exec(answer)?.[1] : undefined;
  if (raw !== undefined && /(?:^|[^\\])\\[A-Za-z]/.test(raw)) return [raw];
  if (typeof answer === "string" && answer !== "" && raw === undefined && !answer.startsWith("["))
    return [answer];
  return optionalTexts(row, "final_answer") ?? [];
}

export const olympiadbench: Suite = {
  name: "olympiadbench",
  about: "Open-ended problems of olympiads of mathematics and physics; proofs are left out.",
  source,
  scorings: ["official", "vlmevalkit", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "olympiadbench",
        source,
        prefer: /(?:^|\/)OE_|test_en/,
        needs: [["question"], ["final_answer"]],
        sample: sampleOf,
      },
      given,
    ),
  score: async (sample, answered, { scoring }) => score(sample, answered, scoring),
};

function score({ gold, details }: Sample, answered: Answered, scoring: Scoring): Scored {
  if (gold === "") return nothing("gold_error", "The row has no right answer.");
  const tolerances = readTolerances(details?.["tolerance"]);
  if (!tolerances) {
    return nothing("gold_error", `The tolerance "${String(details?.["tolerance"])}" is no list of numbers.`);
  }
  const spoken = spokenIn(answered.text);
  const said = answerIn(spoken, answered.truncated, scoring);
  if (said === undefined) return noAnswer(answered, spoken);
  // LMM-R1's evaluation passes the tolerance as text, so that none holds.
  const rule = {
    tolerances: scoring === "lmm-r1" ? [] : tolerances,
    percent: scoring !== "strict",
  };
  const verdict = matchAnswers(said, gold, rule);
  if (verdict === "gold_error")
    return nothing("gold_error", `The right answer "${gold}" cannot be read.`, said);
  return verdict === "equal"
    ? right(said, `"${said}" matches the right answer ${gold}.`)
    : wrong(said, `"${said}" does not match the right answer ${gold}.`);
}

const FINAL = /(?:final answers? (?:is|are)|最终答案(?:是|为))/gi;

/** All boxes after the last "final answer is", or of the last line with any, as one list. */
function answerIn(spoken: string, truncated: boolean, scoring: Scoring): string | undefined {
  const block = blockIn(spoken);
  const scope = block ?? spoken;
  let final: string | undefined;
  for (const match of scope.matchAll(FINAL)) final = scope.slice(match.index + match[0].length);
  const boxes = [final ?? "", ...scope.split(/\n+/).reverse()].map(boxesIn).find((found) => found.length > 0);
  if (boxes) return boxes.join(", ");
  // A box may go over several lines.
  const loose =
    boxesIn(scope).at(-1) ?? (scoring === "strict" ? undefined : saidIn(scope)) ?? (block || undefined);
  if (loose !== undefined || truncated || scoring === "strict") return loose;
  return findAnswer(spoken, FRAMED)?.text ?? formulasIn(scope);
}

/** The formulas of the last line, as the official rule takes them. */
function formulasIn(text: string): string | undefined {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const formulas = [...line.matchAll(/\$([^$]+)\$/g)].map((match) => match[1]!);
  return formulas.length > 0 ? formulas.join(", ") : (formulaIn(line) ?? bareIn(line));
}
