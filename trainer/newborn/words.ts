/**
 * @file Texts cut into words, inside which merges are learned: numbers, and words with the mark that goes before them.
 * Marks go with words so that a number is one token, whatever follows it.
 */
import { ADDED_TOKENS } from "./added.ts";

/**
 * What a token may span at most; every character is in one of the four. Written with ASCII alone, since engines differ
 * in what else they take for digits and white space.
 */
export const WORD_PATTERN = "[,.:;?]? ?[A-Za-z_]+| ?-?[0-9]+| ?[^A-Za-z0-9 \\t\\n\\r]+|[ \\t\\n\\r]+";

const ADDED = new RegExp(ADDED_TOKENS.map(({ content }) => content.replaceAll("|", "\\|")).join("|"), "u");

/** Coordinates and counts of play. */
const [LEAST_NUMBER, GREATEST_NUMBER] = [-60, 130];

/** How often each word stands in the texts, outside added tokens. */
export function countWords(texts: readonly string[]): Map<string, number> {
  const pattern = new RegExp(WORD_PATTERN, "gu");
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const part of text.split(ADDED)) {
      for (const word of part.match(pattern) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * The same with every integer from -60 to 130 so often, with and without a space before, that each is learned before
 * anything else is.
 */
export function countWithNumbers(texts: readonly string[]): Map<string, number> {
  const counts = countWords(texts);
  // More than any pair can be seen in the texts.
  const weight = 1 + texts.reduce((sum, text) => sum + 4 * text.length, 0);
  for (let number = LEAST_NUMBER; number <= GREATEST_NUMBER; number++) {
    for (const before of ["", " "]) {
      const word = `${before}${number}`;
      counts.set(word, (counts.get(word) ?? 0) + weight);
    }
  }
  return counts;
}
