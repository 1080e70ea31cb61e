/** @file Where a thought comes to its point. */

/** What stands before an answer. */
const ANSWER = "<answer>";
const LAST_WORD = /[^\s>]+\s*<\/think>/u;

/**
 * The token in which the last word of the thought begins, which says what to do or what comes out; the answer follows from
 * it. Without a thought it is the first token of the answer, without an answer there is none: the number of tokens.
 * @param pieces the text that each token adds.
 */
export function conclusionOf(pieces: readonly string[]): number {
  const text = pieces.join("");
  let place = text.search(LAST_WORD);
  if (place < 0) {
    const answer = text.indexOf(ANSWER);
    place = answer < 0 ? text.length : answer + ANSWER.length;
  }
  let end = 0;
  const token = pieces.findIndex((piece) => (end += piece.length) > place);
  return token < 0 ? pieces.length : token;
}
