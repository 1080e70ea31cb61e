/** @file A judge's opinion where rules found none: from a closed set of words, or no opinion at all. */
import { createHash } from "node:crypto";
import { nothing } from "./outcome.ts";
import type { Judge, Sample, Scored, ScoreOptions } from "./suite.ts";

/** Characters at the end of a response that a judge reads. */
const READ = 4000;

export type Opinion = { said: string } | { failed: Scored };

/**
 * The first word of the judge's reply that is one of `allowed`, whatever its case. A judge that fails, or says anything else, is
 * told as `judge_error`: nothing is ever drawn for it.
 */
export async function askJudge(
  judge: Judge,
  question: string,
  allowed: readonly string[],
  { id }: Pick<Sample, "id">,
  { seed }: Pick<ScoreOptions, "seed">,
): Promise<Opinion> {
  let reply: string;
  try {
    reply = await judge(question, { maxTokens: 16, seed: seedOf(seed, id) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { failed: nothing("judge_error", `The judge failed: ${why}`) };
  }
  const word = /^[\s"'*(]*([A-Za-z0-9]+)(?![A-Za-z0-9])/.exec(reply)?.[1]?.toUpperCase();
  const said = allowed.find((one) => one.toUpperCase() === word);
  if (said !== undefined) return { said };
  const shown = reply.trim().slice(0, 60);
  return {
    failed: nothing("judge_error", `The judge said "${shown}"; expected one of ${allowed.join(", ")}.`),
  };
}

/** "Which option is this response for?" Z is none. */
export async function askLetter(
  judge: Judge,
  sample: Sample,
  spoken: string,
  letters: readonly string[],
  options: Pick<ScoreOptions, "seed">,
): Promise<Opinion> {
  const list = (sample.options ?? []).map((option, i) => `${letters[i]}. ${option}`).join("\n");
  const question = [
    "Below are a multiple-choice question, its options, and somebody's answer. Which option does the answer choose?",
    `Reply with one letter out of ${letters.join(", ")}, or Z if it chooses none or several. Do not solve the question.`,
    `Question: ${textOf(sample)}`,
    ...(list === "" ? [] : [`Options:\n${list}`]),
    `Answer: ${spoken.slice(-READ)}`,
    "Letter:",
  ].join("\n\n");
  return askJudge(judge, question, [...letters, "Z"], sample, options);
}

/** "Do these answers mean the same?" 1 or 0. */
export async function askSame(
  judge: Judge,
  sample: Sample,
  answer: string,
  options: Pick<ScoreOptions, "seed">,
): Promise<Opinion> {
  const question = [
    "Below are a question, its right answer, and somebody's answer. Does the answer mean the same as the right one?",
    "Reply 1 if it does, and 0 if it does not or if it is several answers. Do not solve the question.",
    `Question: ${textOf(sample)}`,
    `Right answer: ${sample.gold}`,
    `Answer: ${answer.slice(-READ)}`,
    "Judgement:",
  ].join("\n\n");
  return askJudge(judge, question, ["1", "0"], sample, options);
}

/** What the sample asks, in words. */
function textOf({ messages, details }: Sample): string {
  // A question that stands in the picture alone is told here.
  if (typeof details?.["question"] === "string" && details["question"] !== "") return details["question"];
  const { content } = messages.at(-1)!;
  if (typeof content === "string") return content;
  return content.map((item) => ("text" in item ? item.text : "[picture]")).join("\n");
}

/** Of a seed and a sample, whatever else is asked at the time. */
export function seedOf(seed: number, id: string): number {
  return createHash("sha256").update(`${seed}|${id}`).digest().readUInt32BE(0);
}
