/** @file The answer within a sentence: what is in bold, what closes it, its last number. */
import { LONGEST_ANSWER } from "./limit.ts";
import { FUNCTIONS, PLAIN_WORDS } from "./notation.ts";
import { sentenceOf } from "./span.ts";
import { isDoubted } from "./text-answer.ts";
import { knownUnit } from "./unit.ts";

/** Words of a sentence, not of an answer. */
const FEW_WORDS = 3;

export function isProse(text: string): boolean {
  if (text.length > LONGEST_ANSWER) return true;
  if (/[.!?。]["”')*]*\s+\S+.*\p{L}{2}/su.test(text) && /\p{L}{3,}\s+\p{L}{2,}/u.test(text)) return true;
  const plain = text.replace(
    /\\(?:text|mathrm|textbf|operatorname|mbox|begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+/g,
    " ",
  );
  const words = plain.match(/\p{L}{2,}/gu) ?? [];
  const others = words.filter(
    (word) =>
      !(word in PLAIN_WORDS) && !(word in FUNCTIONS) && !knownUnit(word) && !/^[A-Z]{2,3}$/.test(word),
  );
  return others.length >= FEW_WORDS || /[一-鿿]{8}/.test(text);
}

interface Bold {
  said: string;
  tail: string;
  /** Whether it is the first and the only one. */
  opens: boolean;
}

/** The last words in bold, unless they head something, or the sentence denies them. */
function boldIn(line: string): Bold | undefined {
  const spans = [...line.matchAll(/\*\*([^*\n]{1,200})\*\*/g)];
  const last = spans.at(-1);
  if (!last) return undefined;
  const said = last[1]!.trim();
  const head = line.slice(0, last.index);
  if (said.endsWith(":") || isProse(said) || isDoubted(head.split(/[.!?]\s/).at(-1)!)) return undefined;
  return {
    said,
    tail: line.slice(last.index + last[0].length),
    opens: spans.length === 1 && head.trim() === "",
  };
}

/** Words behind which something else may be the answer, and such behind which another number is it. */
const TURNS = /\b(?:but|or|and|however|instead|actually|so|therefore|thus|hence|answer)\b/i;
const EQUALS = /=|\b(?:is|are|equals?|gives?|leaves?|makes?)\b/i;

const turns = (tail: string): boolean => isDoubted(tail) || TURNS.test(tail);

/** "**Tom** is the tallest", "it will be a **Saturday**". */
export function boldWords(line: string): string | undefined {
  const bold = boldIn(line);
  return bold && (/^[\s.!]*$/.test(bold.tail) || (bold.opens && !turns(bold.tail))) ? bold.said : undefined;
}

/** "The vertex is at **(2, -3)**", "there are **12** ways, 6 of them with a knight". */
export function boldValue(line: string): string | undefined {
  const bold = boldIn(line);
  if (!bold || !/[\d∞√π^=]|^-?\p{L}$/u.test(bold.said)) return undefined;
  const { said, tail } = bold;
  if (/\d/.test(tail) && (!/\d/.test(said) || turns(tail) || EQUALS.test(tail))) return undefined;
  return said + unitAfter(tail);
}

/** A known unit that stands next, with a space before it; nothing for other words. */
export function unitAfter(text: string): string {
  const after = /^\s?(%|percent|\p{L}+)(?=[\s.,!]|$)/u.exec(text)?.[1];
  return after !== undefined && (after === "%" || after === "percent" || knownUnit(after)) ? ` ${after}` : "";
}

const PAIR = /(?<=\s)[([][^()[\]\n]{1,100},[^()[\]\n]{1,100}[)\]]/g;

/** A point or an interval that closes the sentence, if it is the only one there. */
export function bracketAtEnd(line: string): string | undefined {
  const [found, ...others] = [...line.slice(-500).matchAll(PAIR)];
  if (!found || others.length > 0 || isProse(found[0])) return undefined;
  return /^[\s.!*]*$/.test(line.slice(-500).slice(found.index + found[0].length)) ? found[0] : undefined;
}

/** Of several sentences the last, but the first if it says yes or no; none of two that are about the same. */
export function spokenIn(line: string): string | undefined {
  const first = sentenceOf(line);
  if (/^\W*(?:yes|no|true|false)\b/i.test(first)) return first;
  const sentences = line
    .slice(-1000)
    .replace(/[.!?\s]+$/, "")
    .split(/[.!?]\s+/);
  const last = sentences.at(-1)!;
  const isTold = sentences.slice(0, -1).some((one) => subjectOf(one) === subjectOf(last));
  return isTold ? undefined : last;
}

const subjectOf = (sentence: string): string =>
  sentence
    .toLowerCase()
    .split(/\s+(?:is|are|was|were)\b/)[0]!
    .trim();

/** "5/12, or about 41.7 %" is 5/12; "5, or about 6" is neither. */
export function withoutApproximation(text: string): string {
  const found =
    /,? (?:or|i\.e\.,?|that is,?|which is) (?:about|approximately|roughly|around|≈)[^,;\n]{0,60}$/.exec(
      text.slice(-120),
    );
  const head = found && text.slice(0, text.length - found[0].length);
  return head && /[/√π^}][^\s,;]{0,20}$/.test(head.slice(-30)) ? head : text;
}

const NUMBER =
  /(?<![\p{L}\d_.,])[-−]?(?:[$€£]\s?)?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:\s?\/\s?\d+)?(?:\s?%|\s?percent)?(?![\p{L}\d])/gu;

export const hasNumber = (text: string): boolean => /\d/.test(text) && (text.match(NUMBER)?.length ?? 0) > 0;

/** A number and what it is reckoned with: "5√2", "x^2 + 1", "1.2 × 10^4". Spaces stand around signs alone. */
const ATOM = String.raw`(?:[√(]\s?){0,3}(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+|π|∞|(?<!\p{L})(?![aAI](?!\p{L}))\p{L}(?!\p{L}))[)%!²³]{0,4}`;
const RECKONED = new RegExp(
  String.raw`[-−]?ATOM(?:(?:\s?(?:[-−+*/×·^<>≤≥]|\*\*)\s?|[:^]|(?=[√πa-z(]))[-−]?ATOM)*`.replaceAll(
    "ATOM",
    ATOM,
  ),
  "gu",
);
/** What takes back the number that follows. */
const TAKES_BACK =
  /(?:\b(?:not|cannot|never|isn't|maybe|perhaps)\b|n't\b|\b(?:might|could|may) be\b)[^.,;:]{0,25}$/i;

/** The last number of a text with what it is reckoned with, and whether the text takes it back: "it is not 5". */
export function lastNumber(text: string): { said: string; isTakenBack: boolean } | undefined {
  const end = text.slice(-2000);
  const last = [...end.matchAll(NUMBER)].at(-1);
  if (!last) return undefined;
  const [number, at] = [last[0].trim(), last.index];
  const isTakenBack = TAKES_BACK.test(end.slice(0, at));
  const whole = [...end.matchAll(RECKONED)].find(
    ({ 0: found, index }) =>
      index <= at && index + found.length >= at + number.length && found.trim() !== number,
  );
  const said =
    whole && /[√π^*/+×·<>≤≥:]|[-−]\s|[a-z]/u.test(whole[0])
      ? whole[0].trim() + unitAfter(end.slice(whole.index + whole[0].length))
      : number;
  return { said, isTakenBack };
}

const STATED =
  /^(?:\p{L}+ ){0,3}(?:is|are|was|were|has|have|had|costs?|pays?|paid|gets?|got|takes?|took|needs?|makes?|made|equals?|weighs?|earns?|spends?|saves?|sells?|sold|buys?|eats?|receives?|owes?|contains?|gives?) (?:only |exactly |just )?(-?[$€£]?\d[\d,]*(?:\.\d+)?%?)((?: \p{L}+){0,2})[.!]?$/u;

/** "She pays $7", "Tom has 7 apples", "I get 7": the one number that a short sentence states. */
export function statedNumber(text: string): string | undefined {
  const [, number, things = ""] = STATED.exec(text.trim()) ?? [];
  if (
    number === undefined ||
    isDoubted(text) ||
    /\b(?:or|and|more|less|than|to|plus|minus|times|out|of)\b/.test(things)
  )
    return undefined;
  // "$24 in total" is in no inches.
  return number + (/^ \p{L}+$/u.test(things) ? unitAfter(things) : "");
}
