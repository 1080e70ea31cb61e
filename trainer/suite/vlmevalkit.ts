/** @file How VLMEvalKit infers an option: the one letter, or the one option's text, that stands in the response. */
import { type Choice, LETTERS, lettersOf, normalText } from "./choice.ts";
import { blockIn, boxIn } from "./spoken.ts";

/** As its `can_infer`, on what the response marks as its answer if it does. Undefined: its judge would be asked. */
export function inferChoice(spoken: string, options: readonly string[]): Choice | undefined {
  const block = blockIn(spoken) ?? spoken;
  const text = boxIn(block) ?? block;
  const letter = inferLetter(text, options.length) ?? inferText(text, options);
  return letter === undefined ? undefined : { letter, text };
}

function inferLetter(text: string, count: number): string | undefined {
  const words = text
    .replace(/[.()[\],:;!*#{}]/g, " ")
    .split(/\s+/)
    .filter(Boolean);
  const found = lettersOf(count).filter((letter) => words.includes(letter));
  const [letter] = found;
  if (found.length !== 1 || letter === undefined) return undefined;
  // "A" may be an article, but hardly at the end.
  const isArticle = letter === "A" && words.length > 3 && words.lastIndexOf("A") < words.length - 5;
  return isArticle ? undefined : letter;
}

function inferText(text: string, options: readonly string[]): string | undefined {
  const said = text.toLowerCase();
  if (said.length > 2 * options.reduce((sum, option) => sum + option.length, 0)) return undefined;
  const found = options.flatMap((option, i) =>
    normalText(option) !== "" && said.includes(option.toLowerCase()) ? [LETTERS[i]!] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}
