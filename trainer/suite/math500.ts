/** @file MATH-500: problems of competitions, whose answers are values (Hendrycks et al. 2021; Lightman et al. 2023). */
import { optionalText, type Row, text } from "../table/index.ts";
import { scoreMathematics } from "./mathematics.ts";
import { nothing } from "./outcome.ts";
import { END_WITH_BOX } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import { boxIn, FRAMED, MARKED } from "./spoken.ts";
import type { Sample, Suite } from "./suite.ts";

const source =
  "It is HuggingFaceH4/MATH-500 on Hugging Face: give its test.jsonl, a parquet file of it, or the folder.";

async function sampleOf(row: Row): Promise<Sample> {
  const problem = text(row, "problem", "question");
  const solution = optionalText(row, "solution");
  const gold = optionalText(row, "answer") ?? (solution === undefined ? undefined : boxIn(solution));
  const id = optionalText(row, "unique_id", "id") ?? String(row.number);
  return {
    id,
    cluster: id,
    categories: categoriesOf(row),
    messages: [{ role: "user", content: `${problem}\n\n${END_WITH_BOX}` }],
    pictures: [],
    gold: gold ?? "",
    // LMM-R1's evaluation takes the right answer from there.
    details: { boxed: solution === undefined ? undefined : boxIn(solution) },
  };
}

function categoriesOf(row: Row): Record<string, string> {
  const [subject, level] = [optionalText(row, "subject", "type"), optionalText(row, "level")];
  return {
    ...(subject !== undefined && { subject }),
    ...(level !== undefined && { level: level.replace(/^level /i, "") }),
  };
}

export const math500: Suite = {
  name: "math500",
  about: "500 problems of mathematics competitions from the MATH data set.",
  source,
  scorings: ["official", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "math500",
        source,
        prefer: /test/i,
        needs: [
          ["problem", "question"],
          ["answer", "solution"],
        ],
        sample: sampleOf,
      },
      given,
    ),
  async score(sample, answered, { scoring }) {
    const boxed = sample.details?.["boxed"];
    const gold = scoring === "lmm-r1" && typeof boxed === "string" ? boxed : sample.gold;
    if (gold === "") return nothing("gold_error", "The row has no right answer.");
    if (scoring === "strict") return scoreMathematics(answered, gold, { marked: FRAMED, unmarked: [] });
    if (scoring === "lmm-r1")
      return scoreMathematics(answered, gold, { marked: MARKED, unmarked: ["formula"] });
    return scoreMathematics(answered, gold, { quick: alike });
  },
};

function alike(answer: string, gold: string): boolean {
  return normalForm(answer) === normalForm(gold);
}

/**
 * The form in which the authors of MATH compare: without what only looks different. It takes units in `\text{ ...}` away, and
 * reads a/b and \frac ab as fractions.
 */
export function normalForm(answer: string): string {
  const bare = answer
    .slice(0, 4096)
    .replace(/\n|\\!|\\left|\\right|\\\$|\$|\\?%|\^\{?\\circ\}?/g, "")
    .replaceAll("\\\\", "\\")
    .replace(/\\[td]frac/g, "\\frac")
    .replace(/\\text\{ .*$/, "")
    .replace(/(^|[ {])\./g, "$10.")
    .replace(/\s+/g, "");
  const [left = "", right, ...others] = bare.split("=");
  const valued = right !== undefined && others.length === 0 && left.length <= 2 ? right : bare;
  const rooted = valued.replace(/\\sqrt([^{[\\])/g, "\\sqrt{$1}");
  const fractions = rooted
    .replace(/\\frac(\d|[a-z])(\d|[a-z])/g, "\\frac{$1}{$2}")
    .replace(/\\frac(\d|[a-z])\{/g, "\\frac{$1}{")
    .replace(/^(-?\d+)\/(\d+)$/, "\\frac{$1}{$2}");
  return fractions === "0.5" ? "\\frac{1}{2}" : fractions;
}
