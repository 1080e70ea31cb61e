/**
 * @file A response's two blocks, `<think>...</think><answer>...</answer>`. Looked for by position and not by a regular
 * expression, so that no response, however long or twisted, costs more than one pass.
 */

export interface Blocks {
  think: string;
  answer: string;
}

const TAGS = ["<think>", "</think>", "<answer>", "</answer>"] as const;
const [THINK, THINK_END, ANSWER, ANSWER_END] = TAGS;

/**
 * The blocks of a response that LMM-R1's rule calls well-formed (math_verifier.py), which is
 * `^<think>(?:(?!</think>).)*</think><answer>(?:(?!</answer>).)*</answer>\Z` and one `<think>` and one `<answer>` in all.
 */
export function readBlocks(response: string): Blocks | undefined {
  if (!response.startsWith(THINK) || count(response, THINK) !== 1 || count(response, ANSWER) !== 1)
    return undefined;
  const thinkEnd = response.indexOf(THINK_END);
  if (thinkEnd < 0 || !response.startsWith(ANSWER, thinkEnd + THINK_END.length)) return undefined;
  const answerStart = thinkEnd + THINK_END.length + ANSWER.length;
  const answerEnd = response.indexOf(ANSWER_END, answerStart);
  if (answerEnd < 0 || answerEnd + ANSWER_END.length !== response.length) return undefined;
  return { think: response.slice(THINK.length, thinkEnd), answer: response.slice(answerStart, answerEnd) };
}

/** The rule above lets a closing tag stand in the other block; here each of the four tags stands once. */
export function hasEachTagOnce(response: string): boolean {
  return TAGS.every((tag) => count(response, tag) === 1);
}

/** The one answer of a response, well-formed or not; undefined when there is none, several, or it is part of a thought. */
export function onlyAnswer(response: string): string | undefined {
  if (count(response, ANSWER) !== 1 || count(response, ANSWER_END) !== 1) return undefined;
  const start = response.indexOf(ANSWER);
  const end = response.indexOf(ANSWER_END);
  if (end < start || response.lastIndexOf(THINK_END) > start) return undefined;
  const thinks = response.includes(THINK);
  if (thinks && (response.lastIndexOf(THINK) > start || !response.includes(THINK_END))) return undefined;
  return response.slice(start + ANSWER.length, end);
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found++;
  return found;
}
