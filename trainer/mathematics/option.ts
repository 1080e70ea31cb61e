/** @file Letters of options: one with what stands behind it, or several. */
import { bare } from "./clean.ts";

export interface Option {
  letter: string;
  /** What follows the letter: "(B) 12" says 12 too. */
  rest: string;
}

const GOES_ON =
  /^\s*(?:[+*/^=<>([{_!|]|-(?!\d)|\\(?:cdot|times|div|cup|cap|pm|mp|leq?|geq?|neq?|lt|gt|to|in|approx|equiv|setminus|bmod)(?![a-z]))|^[-]/;

const OPTION =
  /^(?:(?:[Tt]he )?(?:[Cc]orrect )?(?:[Oo]ption|OPTION|[Cc]hoice|[Aa]nswer)(?: is)?:? ?)?(?:[([【（] ?([A-Ja-j]) ?[)\]】）]|([A-J])(?:[.:)、]|$)|([a-j])(?:[.)]|$))(.*)$/s;

/** "B", "(B)", "B.", "\text{(B)}", "(B) 12", "option B", "B: because ..."; undefined for anything else. */
export function optionOf(text: string): Option | undefined {
  const plain = text
    .replace(/\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathsf|mbox|boxed)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\(?:left|right|qquad|quad|,|;|:| )|[$*`]|~/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const match = OPTION.exec(plain);
  const [, bracketed, capital, small, rest = ""] = match ?? [];
  const letter = bracketed ?? capital ?? small;
  // (a)(b), (a) \cdot b and (B) + 1 are formulas.
  if (letter === undefined || GOES_ON.test(rest)) return undefined;
  if (/[a-j]/.test(letter) && !/^(?:$|[\s:.]+(?:$|\p{L}{2}))/u.test(rest)) return undefined;
  return { letter: letter.toUpperCase(), rest: rest.replace(/^[\s:.]+/, "") };
}

/** Without the letters that a text says are not the one: "not C", "rather than (D)". */
export const withoutDenied = (text: string): string =>
  text.replace(/\b(?:not|nor|rather than|instead of) (?:option )?[([]?[A-J]\b[)\]]?/g, " ");

/** Whether what stands behind an option's letter takes it back, or names another: "A is wrong", "(C) 12 or (D) 13". */
export function isTakenBack({ letter, rest }: Option): boolean {
  const said = withoutDenied(rest);
  if (/^[\s,;:.]*(?:is |'s )?(?:not|n't|no|never|wrong|incorrect|false)\b/i.test(said)) return true;
  const others = said.matchAll(
    /(?:^|[\s,;])(?:[([]\s?([A-J])\s?[)\]]|([A-J])(?=[.:)](?:\s|$)|$))|\b(?:or|and|but)\s+([A-J])\b/g,
  );
  return [...others].some((other) => other.slice(1).some((one) => one !== undefined && one !== letter));
}

/** "b", and "B because ...". */
export function loneLetter(text: string): Option | undefined {
  const plain = text.replace(/\\text\{([^{}]*)\}/g, "$1");
  const match =
    /^[\s*]*(?:[Oo]ption |[Cc]hoice )?([A-J])[\s*]*(?:$|[\s*]+(?=(?:because|since|is|as|-|–)\b))|^\s*([a-j])\s*$/.exec(
      plain,
    );
  const letter = match?.[1] ?? match?.[2];
  return letter === undefined
    ? undefined
    : { letter: letter.toUpperCase(), rest: plain.slice(match![0].length) };
}

export interface Letters {
  letters: string;
  isBare: boolean;
  /** "A or C" names two and says neither. */
  isHedged: boolean;
}

/** "A, C", "A and C", "(A)(C)", "ACD": letters of options and nothing else; sorted. Bare ones may as well be a segment. */
export function lettersOf(text: string): Letters | undefined {
  const said = bare(text).replace(/\\text(?:bf|rm)?\{([^{}]*)\}/g, "$1");
  const letters = said.replace(/\b(?:and|or)\b|[,;、&()\s/]/g, "");
  if (!/^[A-J]{2,10}$/.test(letters) || new Set(letters).size < letters.length) return undefined;
  const isBare = letters === said;
  const sorted = letters.split("").toSorted().join("");
  return isBare && sorted !== letters
    ? undefined
    : { letters: sorted, isBare, isHedged: /\bor\b/.test(said) };
}
