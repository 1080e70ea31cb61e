/** @file How large an answer may be. Everything here is looked at before anything is parsed or worked out. */

/** Characters of a response; longer ones are not looked at. The numbers are inspect_ai's where it has them. */
export const LONGEST_RESPONSE = 1_000_000;
/** Characters of an answer; half of inspect_ai's, for KaTeX takes 10 ms for as many as that. */
export const LONGEST_ANSWER = 2048;
/** Brackets within brackets. */
const DEEPEST = 64;
/** LaTeX commands. */
const MOST_COMMANDS = 256;
/** Digits in a row. */
const MOST_DIGITS = 256;
/** Bits of a whole number that is worked out. */
export const MOST_BITS = 4096;
/** What may be spent on one verdict; a step of arithmetic costs 1, more with large numbers. */
export const MOST_WORK = 30_000;

/** What is left to spend. */
export interface Work {
  left: number;
}

export function spend(work: Work, units: number): boolean {
  work.left -= units;
  return work.left >= 0;
}

/** The bound that an answer breaks, as a sentence. */
export function excessOf(answer: string): string | undefined {
  if (answer.length > LONGEST_ANSWER) return `It is longer than ${LONGEST_ANSWER} characters.`;
  let depth = 0;
  let digits = 0;
  let commands = 0;
  for (let i = 0; i < answer.length; i++) {
    const character = answer[i]!;
    digits = character >= "0" && character <= "9" ? digits + 1 : 0;
    if (digits > MOST_DIGITS) return `It has a number of more than ${MOST_DIGITS} digits.`;
    if (character === "\\" && ++commands > MOST_COMMANDS)
      return `It has more than ${MOST_COMMANDS} commands.`;
    if ("([{".includes(character) && ++depth > DEEPEST) return `Its brackets are deeper than ${DEEPEST}.`;
    if (")]}".includes(character)) depth--;
  }
  return undefined;
}
