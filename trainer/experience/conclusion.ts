/** @file Where a thought comes to its point. */

/** What stands before an answer. */
const ANSWER = "<answer>";
const LAST_WORD = /[^\s>]+\s*<\/think>/u;

/**
 * The token in which the last word of the thought begins, which says what to do or what comes out; the answer follows from
 * it. Without a thought it is the first token of the answer. Of what comes to no answer it is the first of all: whichever
 * token led astray, none is to be let off as a mere thought.
 * @param pieces the text that each token adds.
 */
export function conclusionOf(pieces: readonly string[]): number {
  const text = pieces.join("");
  const answer = text.indexOf(ANSWER);
  if (answer < 0) return 0;
  const word = text.search(LAST_WORD);
  const place = word < 0 ? answer + ANSWER.length : word;
  let end = 0;
  const token = pieces.findIndex((piece) => (end += piece.length) > place);
  return token < 0 ? pieces.length : token;
}
