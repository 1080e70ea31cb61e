/** @file AIME: problems whose answers are whole numbers from 0 to 999. */
import { optionalText, type Row, text } from "../table/index.ts";
import { numberOf } from "./numeric.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { END_WITH_BOX } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import { boxIn, findAnswer, FRAMED, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, Scoring, Suite } from "./suite.ts";

const source =
  "It is HuggingFaceH4/aime_2024, Maxwell-Jia/AIME_2024 or yentinglin/aime_2025 on Hugging Face: give a parquet or JSONL file of one, or the folder.";

function sampleOf(row: Row): Sample {
  const solution = optionalText(row, "solution", "Solution");
  const answer =
    optionalText(row, "answer", "Answer") ?? (solution === undefined ? "" : (boxIn(solution) ?? ""));
  const id = optionalText(row, "id", "ID", "unique_id") ?? String(row.number);
  const year = optionalText(row, "year", "Year");
  return {
    id,
    cluster: id,
    categories: year === undefined ? {} : { year },
    messages: [
      { role: "user", content: `${text(row, "problem", "Problem", "question")}\n\n${END_WITH_BOX}` },
    ],
    pictures: [],
    gold: boxIn(answer) ?? answer.trim(),
  };
}

export const aime: Suite = {
  name: "aime",
  about: "30 problems of one year's American Invitational Mathematics Examination; ask each several times.",
  source,
  scorings: ["official", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "aime",
        source,
        needs: [
          ["problem", "Problem", "question"],
          ["answer", "Answer", "solution", "Solution"],
        ],
        sample: sampleOf,
      },
      given,
    ),
  score: async ({ gold }, answered, { scoring }) => score(gold, answered, scoring),
};

function score(gold: string, answered: Answered, scoring: Scoring): Scored {
  const value = wholeNumber(gold);
  if (value === undefined || value > 999) {
    return nothing("gold_error", `The right answer "${gold}" is no whole number from 0 to 999.`);
  }
  const spoken = spokenIn(answered.text);
  const unmarked = answered.truncated ? [] : (["formula", "bare"] as const);
  const found = findAnswer(spoken, scoring === "strict" ? FRAMED : [...MARKED, ...unmarked]);
  if (!found) return noAnswer(answered, spoken);
  const said = wholeNumber(found.text);
  if (said === undefined) return wrong(found.text, `"${found.text}" is no whole number.`);
  if (said === value) return right(found.text, `${said} is the right answer.`);
  return wrong(found.text, `${said} is not the right answer ${value}.`);
}

/** "073", "$73$", "n = 73", "73.0" and "\text{73}" are 73. */
function wholeNumber(text: string): number | undefined {
  const bare = text
    .replace(/\\(?:text|mathrm|mathbf)\s*\{([^{}]*)\}/g, "$1")
    .replace(/^[^=]*=/, "")
    .replace(/\.$/, "");
  const number = numberOf(bare.replace(/^\\\(|\\\)$/g, "").trim());
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}
