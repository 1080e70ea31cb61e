/** @file MMMU: questions of thirty subjects of college on pictures (Yue et al. 2023). */
import { optionalText, optionalTexts, type Row, text } from "../table/index.ts";
import { LETTERS, scoreLetter } from "./choice.ts";
import { categoriesOf, clusterOf, numberedPictures, optionsIn, picturesOf } from "./columns.ts";
import { guessFor, matchOpen, mentionedChoice } from "./mmmu-rule.ts";
import { noAnswer, nothing, right, wrong } from "./outcome.ts";
import { scorePicked } from "./picked.ts";
import { ask, END_WITH_LETTER, listOptions } from "./prompt.ts";
import { askSame } from "./referee.ts";
import { samplesOf } from "./samples.ts";
import { bareIn, findAnswer, FRAMED, MARKED, spokenIn } from "./spoken.ts";
import type { Answered, Sample, Scored, ScoreOptions, Suite } from "./suite.ts";

const source =
  "It is MMMU/MMMU on Hugging Face: give the folder of its subjects (the validation files are read), or VLMEvalKit's MMMU_DEV_VAL.tsv.";

const END_OPEN =
  "Think step by step. Then answer with a single word, number or phrase, put within \\boxed{}.";

async function sampleOf(row: Row): Promise<Sample | undefined> {
  // The few-shot examples are no questions.
  if (optionalText(row, "split") === "dev") return undefined;
  const id = optionalText(row, "id", "index") ?? String(row.number);
  if (id.startsWith("dev_")) return undefined;
  const answer = optionalText(row, "answer") ?? "";
  const options = optionsIn(row, "options");
  const isOpen = options === undefined || /open/i.test(optionalText(row, "question_type") ?? "");
  const numbered = await numberedPictures(row);
  const pictures = numbered.length > 0 ? numbered : await picturesOf(row, "image", "image_path");
  const question = text(row, "question");
  const hint = optionalText(row, "hint");
  const asked = [
    ...(hint === undefined ? [] : [hint]),
    question,
    ...(isOpen ? [] : [listOptions(options)]),
    isOpen ? END_OPEN : END_WITH_LETTER,
  ].join("\n\n");
  return {
    id,
    cluster: clusterOf(pictures, id),
    categories: categoriesOf({
      subject: optionalText(row, "category") ?? /^(?:validation|test)_(.*)_\d+$/.exec(id)?.[1],
      subfield: optionalText(row, "subfield"),
      difficulty: optionalText(row, "topic_difficulty"),
      question_type: isOpen ? "open" : "multiple-choice",
    }),
    ...ask(row, "question", asked, pictures),
    gold: isOpen ? answer : answer.trim(),
    ...(!isOpen && { options }),
    ...(isOpen && { details: { golds: goldsOf(row, answer) } }),
  };
}

/** Some open questions have several right answers, in a list. */
function goldsOf(row: Row, answer: string): readonly string[] {
  return answer.startsWith("[") ? (optionalTexts(row, "answer") ?? [answer]) : [answer];
}

export const mmmu: Suite = {
  name: "mmmu",
  about: "900 questions (validation) of thirty college subjects, most of them multiple choice.",
  source,
  scorings: ["official", "vlmevalkit", "strict"],
  headline: "micro",
  read: (given) =>
    samplesOf(
      {
        name: "mmmu",
        source,
        prefer: /validation|dev_val/i,
        needs: [["question"], ["answer"], ["image_1", "image", "image_path"]],
        sample: sampleOf,
      },
      given,
    ),
  score,
};

async function score(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { gold, options } = sample;
  if (gold === "" || gold === "?") return nothing("gold_error", "The row has no right answer.");
  if (!options) return scoreOpen(sample, answered, given);
  if (!LETTERS.slice(0, options.length).includes(gold)) {
    return nothing("gold_error", `The right answer "${gold}" is no letter of the ${options.length} options.`);
  }
  const scored = await scorePicked(sample, answered, given);
  const isOfficial =
    given.scoring === "official" && scored.extracted === null && scored.outcome !== "judge_error";
  return isOfficial ? officialRest(sample, answered, scored, given.seed) : scored;
}

/**
 * What the official rule makes of a response that settles on no option: the one that it mentions last, else a guess, drawn
 * for the question by the seed. A guess is no answer: the outcome stays what it was, and only the score is the official one.
 */
function officialRest(sample: Sample, answered: Answered, scored: Scored, seed: number): Scored {
  const { id, gold, options = [] } = sample;
  const mentioned = answered.truncated ? undefined : mentionedChoice(spokenIn(answered.text), options);
  if (mentioned) return scoreLetter({ letter: mentioned, text: mentioned }, gold);
  const guess = guessFor(seed, id, options.length);
  const hits = guess === gold;
  const reason = `${scored.reason} The official rule guesses ${guess}, which ${hits ? "is right: a point for the score, but no right answer" : "is wrong"}.`;
  return { ...scored, score: hits ? 1 : 0, reason };
}

async function scoreOpen(sample: Sample, answered: Answered, given: ScoreOptions): Promise<Scored> {
  const { scoring, judge } = given;
  const golds = (sample.details?.["golds"] as readonly string[] | undefined) ?? [sample.gold];
  const spoken = spokenIn(answered.text);
  const found = findAnswer(spoken, scoring === "strict" ? FRAMED : MARKED)?.text;
  const isWhole = !answered.truncated && scoring !== "strict" && !spoken.includes("<answer>");
  const said = found ?? (isWhole ? (bareIn(spoken) ?? (spoken || undefined)) : undefined);
  if (said === undefined) return noAnswer(answered, spoken);
  const gold = golds.join(" or ");
  const shown = said.length <= 200 ? said : `...${said.slice(-197)}`;
  if (matchOpen(said, golds, found === undefined))
    return right(shown, `The answer holds the right one, ${gold}.`);
  if (scoring !== "vlmevalkit" || !judge)
    return wrong(shown, `The answer does not hold the right one, ${gold}.`);
  const opinion = await askSame(judge, sample, said, given);
  if ("failed" in opinion) return { ...opinion.failed, extracted: shown };
  return opinion.said === "1"
    ? right(shown, "By the judge: it means the same as the right answer.")
    : wrong(shown, `By the judge: it does not mean ${gold}.`);
}
