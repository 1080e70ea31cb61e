/** @file MMStar: questions that cannot be answered without their picture (Chen et al. 2024). */
import { optionalText, record, type Row, text } from "../table/index.ts";
import { categoriesOf, clusterOf, optionsIn, picturesOf } from "./columns.ts";
import { ask, END_WITH_LETTER, listOptions } from "./prompt.ts";
import { scorePicked } from "./picked.ts";
import { samplesOf } from "./samples.ts";
import { optionsInText } from "./options-in-text.ts";
import type { Sample, Suite } from "./suite.ts";

const source =
  "It is Lin-Chen/MMStar on Hugging Face: give mmstar.parquet, or VLMEvalKit's MMStar.tsv, or the folder of one.";

async function sampleOf(row: Row): Promise<Sample> {
  const question = text(row, "question");
  const pictures = await picturesOf(row, "image", "image_path");
  const own = optionsIn(row);
  // Its parquet file has the options in the question's text.
  const options = own ?? optionsInText(question) ?? ["A", "B", "C", "D"];
  const asked = own ? `${question}\n${listOptions(own)}` : question;
  const id = optionalText(row, "index", "id") ?? String(row.number);
  return {
    id,
    cluster: clusterOf(pictures, id),
    categories: categoriesOf({
      category: optionalText(row, "category"),
      l2_category: optionalText(row, "l2_category", "l2-category"),
      source: record(row, "meta_info")["source"] ?? optionalText(row, "bench"),
    }),
    ...ask(row, "question", `${asked}\n\n${END_WITH_LETTER}`, pictures),
    gold: text(row, "answer").trim(),
    options,
  };
}

export const mmstar: Suite = {
  name: "mmstar",
  about: "1,500 multiple-choice questions on pictures, six abilities of 250 each.",
  source,
  scorings: ["official", "vlmevalkit", "lmm-r1", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "mmstar",
        source,
        needs: [["question"], ["answer"], ["image", "image_path"]],
        sample: sampleOf,
      },
      given,
    ),
  score: scorePicked,
};
