/** @file Where a thought comes to its point, and so where an answer is decided. */

const BEGINS = /^\s*(?:<think>|<answer>)/u;
const LAST_WORD = /[^\s>]+\s*<\/think>/u;
const ANSWER = "<answer>";

/**
 * The token in which the last word of the thought begins, which says what to do or what comes out; the answer follows from
 * it. Without a thought it is the first token of the answer. A text that does not begin in form went astray with its first
 * token, which is then the one: blamed as a mere thought, other ways to begin would go on unpunished. Of a thought without
 * an end no token can be told to have led astray; all of it counts as thought, for to blame its good beginning as a
 * decision unlearns the form.
 * @param pieces the text that each token adds.
 */
export function conclusionOf(pieces: readonly string[]): number {
  const text = pieces.join("");
  if (!BEGINS.test(text)) return 0;
  const word = text.search(LAST_WORD);
  const answer = text.indexOf(ANSWER);
  if (word < 0 && answer < 0) return pieces.length;
  const place = word < 0 ? answer + ANSWER.length : word;
  let end = 0;
  const token = pieces.findIndex((piece) => (end += piece.length) > place);
  return token < 0 ? pieces.length : token;
}
