/** @file GPQA Diamond: questions that only experts answer, with four options in an order that is drawn (Rein et al. 2023). */
import { createHash } from "node:crypto";
import { optionalText, type Row, text } from "../table/index.ts";
import { LETTERS, scoreChoice } from "./choice.ts";
import { END_WITH_LETTER, listOptions } from "./prompt.ts";
import { samplesOf } from "./samples.ts";
import type { Sample, Suite } from "./suite.ts";

const source =
  "It is Idavidrein/gpqa on Hugging Face, behind a form: give gpqa_diamond.csv, or a parquet or JSONL file with its columns.";

const WRONG = ["Incorrect Answer 1", "Incorrect Answer 2", "Incorrect Answer 3"];

function sampleOf(row: Row, seed: number): Sample {
  const question = text(row, "Question").trim();
  const id = optionalText(row, "Record ID", "id") ?? String(row.number);
  const given = ["Correct Answer", ...WRONG].map((column) => text(row, column).trim());
  const order = optionOrder(seed, id, given.length);
  const options = order.map((i) => given[i]!);
  const domain = optionalText(row, "High-level domain");
  const subdomain = optionalText(row, "Subdomain");
  return {
    id,
    cluster: id,
    categories: { ...(domain !== undefined && { domain }), ...(subdomain !== undefined && { subdomain }) },
    messages: [{ role: "user", content: `${question}\n\n${listOptions(options)}\n\n${END_WITH_LETTER}` }],
    pictures: [],
    gold: LETTERS[order.indexOf(0)]!,
    options,
    details: { order },
  };
}

/** Which option stands in each place: a function of the seed and the question alone, whatever is asked before. */
export function optionOrder(seed: number, id: string, count: number): number[] {
  const keys = Array.from({ length: count }, (_, i) =>
    createHash("sha256").update(`${seed}|${id}|${i}`).digest("hex"),
  );
  return keys.map((_, i) => i).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
}

export const gpqaDiamond: Suite = {
  name: "gpqa-diamond",
  about: "198 questions of biology, physics and chemistry that a search does not answer.",
  source,
  scorings: ["official", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "gpqa-diamond",
        source,
        prefer: /diamond/i,
        needs: [["Question"], ["Correct Answer"], ...WRONG.map((column) => [column])],
        sample: sampleOf,
      },
      given,
    ),
  score: async ({ gold, options = [] }, answered, { scoring }) =>
    scoreChoice(answered, gold, options, {
      framed: scoring === "strict",
      marked: scoring === "lmm-r1" || answered.truncated,
    }),
};
