/** @file Where a thought comes to its point, and so where an answer is decided. */

const BEGINS = /^\s*(?:<think>|<answer>)/u;
const LAST_WORD = /[^\s>]+\s*<\/think>/u;
const ANSWER = "<answer>";

/**
 * The token in which the last word of the thought begins, which says what to do or what comes out; the answer follows from
 * it. Without a thought it is the first token of the answer. Of what leaves the form it is the first of all: blamed as a
 * mere thought, other ways to begin, and thoughts without an end, would go on unpunished.
 * @param pieces the text that each token adds.
 */
export function conclusionOf(pieces: readonly string[]): number {
  const text = pieces.join("");
  const word = text.search(LAST_WORD);
  const answer = text.indexOf(ANSWER);
  if (!BEGINS.test(text) || answer < 0) return 0;
  const place = word < 0 ? answer + ANSWER.length : word;
  let end = 0;
  const token = pieces.findIndex((piece) => (end += piece.length) > place);
  return token < 0 ? pieces.length : token;
}
