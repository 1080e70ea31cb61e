/** @file Two readings of one rule: LMM-R1's as it was run, and ours, which closes the ways around it that are known. */
import { hasEachTagOnce, onlyAnswer, readBlocks } from "./blocks.ts";
import { lastBox } from "./exact.ts";

export interface Profile {
  /** Characters of a response, above which nothing in it is looked at. */
  longest: number;
  isWellFormed(response: string, prompt?: string): boolean;
  /** The part of a response that the verifier sees; undefined for none. */
  answerOf(response: string): string | undefined;
  /** The accuracy where the right answer cannot be read, or where the verifier failed; null for neither right nor wrong. */
  goldUnparsed: number | null;
  verifierFailed: number | null;
}

/** Characters other than white space that a thought has at least. */
const SHORTEST_THOUGHT = 8;

/**
 * The default. Each tag stands once; a thought says something, and nothing that the prompt says word for word; only what
 * stands in the answer's block is graded; a sample that cannot be judged has no reward.
 */
const guarded: Profile = {
  longest: 1_000_000,
  isWellFormed(response, prompt) {
    const blocks = readBlocks(response);
    if (!blocks || !hasEachTagOnce(response) || blocks.answer.trim() === "") return false;
    if (blocks.think.replace(/\s+/g, "").length < SHORTEST_THOUGHT) return false;
    return prompt === undefined || !oneLine(prompt).includes(oneLine(blocks.think));
  },
  answerOf: onlyAnswer,
  goldUnparsed: null,
  verifierFailed: null,
};

/**
 * The paper's (arXiv 2503.07536; math_verifier.py). Accuracy has nothing to do with the form: an answer is what is marked
 * as mathematics anywhere in the response, the last box before the last `$...$`, as Math-Verify looks for it. A right
 * answer that cannot be read makes every answer right.
 */
const lmmR1: Profile = {
  longest: Infinity,
  isWellFormed: (response) => readBlocks(response) !== undefined,
  answerOf: (response) => lastBox(response) ?? lastFormula(response),
  goldUnparsed: 1,
  verifierFailed: 0,
};

export const PROFILES = { guarded, "lmm-r1": lmmR1 } satisfies Record<string, Profile>;
export type ProfileName = keyof typeof PROFILES;

function lastFormula(response: string): string | undefined {
  const text = response.replaceAll("$$", "$");
  const end = text.lastIndexOf("$");
  const start = end > 0 ? text.lastIndexOf("$", end - 1) : -1;
  return start < 0 ? undefined : text.slice(start + 1, end);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
