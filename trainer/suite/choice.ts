/** @file Answers to questions with options: the letter that a response settles on, found however it is written. */
import { noAnswer, right, wrong } from "./outcome.ts";
import { blockIn, boxIn, lastMatch, saidIn, spokenIn } from "./spoken.ts";
import type { Answered, Scored } from "./suite.ts";

export interface Choice {
  /** Undefined for an answer that is none of the options, or several. */
  letter?: string;
  text: string;
}

export interface ChoiceOptions {
  /** Only in `<answer>`, in a box. */
  framed?: boolean;
  /** Only those that are marked as the answer, for a response that was cut off. */
  marked?: boolean;
}

export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The letters of so many options. */
export function lettersOf(count: number): string[] {
  return Array.from(LETTERS.slice(0, count));
}

/** The option that a response after its thought comes to; undefined for none. */
export function findChoice(
  spoken: string,
  options: readonly string[],
  { framed = false, marked = false }: ChoiceOptions = {},
): Choice | undefined {
  const block = blockIn(spoken);
  if (block === "") return undefined;
  const scope = block ?? spoken;
  const box = boxIn(scope);
  if (box !== undefined && box !== "") return read(box, options);
  if (framed && block === undefined) return undefined;
  const said = saidIn(scope);
  const saidChoice = said === undefined ? undefined : read(said, options);
  if (saidChoice?.letter !== undefined) return saidChoice;
  const correct = correctIn(scope, options);
  if (correct) return correct;
  if (block !== undefined) return read(block, options);
  if (marked) return saidChoice;
  const line = lineIn(scope, options.length);
  if (line !== undefined) return read(line, options);
  const whole = optionWith(scope, options);
  if (whole !== undefined) return { letter: whole, text: scope };
  return onlyLetterIn(scope.slice(scope.lastIndexOf("\n") + 1).trim(), options.length) ?? saidChoice;
}

/** Lines that are looked at from either end. */
const LINES = 20;

/** The line that begins with an option's letter, where all that do have the same; else the last if it is a letter alone. */
function lineIn(text: string, count: number): string | undefined {
  const lines = text
    .slice(-4000)
    .split("\n")
    .map((line) => line.trim());
  const ends = [...lines.slice(0, LINES), ...lines.slice(Math.max(LINES, lines.length - LINES))];
  const found = ends.filter((line) => letterOf(line, count) !== undefined);
  if (new Set(found.map((line) => letterOf(line, count))).size === 1) return found[0];
  const last = lines.at(-1)!;
  return last.length <= 8 && letterOf(last, count) !== undefined ? last : undefined;
}

/** The outcome of a response to a question with options, for those who know no rule of their own. */
export function scoreChoice(
  answered: Answered,
  gold: string,
  options: readonly string[],
  choiceOptions: ChoiceOptions = {},
): Scored {
  const spoken = spokenIn(answered.text);
  const choice = findChoice(spoken, options, { marked: answered.truncated, ...choiceOptions });
  return choice ? scoreLetter(choice, gold) : noAnswer(answered, spoken);
}

export function scoreLetter({ letter, text }: Choice, gold: string): Scored {
  const said = text.length <= 100 ? text : `${text.slice(0, 97)}...`;
  if (letter === undefined) return wrong(text, `"${said}" is not one of the options.`);
  if (letter === gold) return right(letter, `Option ${letter} is right.`);
  return wrong(letter, `Option ${letter} is wrong; the right one is ${gold}.`);
}

function read(text: string, options: readonly string[]): Choice {
  const letter = letterOf(text, options.length) ?? optionWith(text, options);
  return letter === undefined ? { text } : { letter, text };
}

/** What a letter may be wrapped in. */
const WRAP = /\\(?:text(?:bf|rm|it)?|mathrm|mathbf|mathsf|bf|rm)\s*|[$*_`"'“”{}\s]/g;

/** "B", "(B)", "B.", "B. 12 cm", "option B", `\text{B}`; none for "A cat", and for several letters. */
export function letterOf(text: string, count: number): string | undefined {
  const head = text
    .slice(0, 200)
    .trim()
    .replace(/^(?:the )?(?:option|choice|letter)\s+/i, "");
  const last = LETTERS[count - 1] ?? "A";
  const bare = head.replace(WRAP, "");
  const whole = /^\(?\[?([A-Za-z])\]?\)?[.:,)]?$/.exec(bare);
  if (whole) return within(whole[1]!.toUpperCase(), last);
  const plain = head
    .replace(/\\(?:text|math)[a-z]{0,2}(?=\{)|[$*_`{}]/g, "")
    .replace(/\\(?=[ ,;!])/g, "")
    .trim();
  const [, opening, letter, closing, rest = ""] =
    /^([([]?)([A-Z])([)\]]?)(?![A-Za-z0-9])(.*)$/is.exec(plain) ?? [];
  if (letter === undefined || letter > last || letter !== letter.toUpperCase()) return undefined;
  // "A or B", "A, C" and "B and D" are no answer.
  const next = /^\s*(?:,|\/|&|or\b|and\b)\s*\(?([A-Z])(?![A-Za-z0-9])/.exec(rest)?.[1];
  const other = /\(([A-Z])\)/.exec(rest)?.[1];
  if ((next !== undefined && next <= last) || (other !== undefined && other !== letter && other <= last))
    return undefined;
  if (closing !== "" && (opening !== "" || closing === ")")) return letter;
  // "A cat" is no option, "A: a cat" and "A is right" are.
  return /^(?:[.:,](?!\d)|\s*[-–—=]\s|\s+(?:is|because|since|as)\b)/.test(rest) ? letter : undefined;
}

function within(letter: string, last: string): string | undefined {
  return letter <= last ? letter : undefined;
}

/** "Option B is correct", "(B) is the right answer". */
function correctIn(text: string, options: readonly string[]): Choice | undefined {
  const last = LETTERS[options.length - 1] ?? "A";
  const expression =
    /(?:\b(?:option|choice|answer) |[(*])([A-Z])[)*.:]{0,3}(?: [^\n.]{0,80}?)? is (?:therefore |thus )?(?:the )?(?:correct|right|best|true)\b|\b([A-Z]) is (?:the )?(?:correct|right|best) (?:answer|option|choice)/g;
  const match = lastMatch(text, expression);
  const letter = match && (match[1] ?? match[2])!;
  return letter !== undefined && letter <= last ? { letter, text: match![0] } : undefined;
}

/** The option whose text it is. */
function optionWith(text: string, options: readonly string[]): string | undefined {
  const normal = normalText(text);
  if (normal === "") return undefined;
  const same = options.flatMap((option, i) => (normalText(option) === normal ? [LETTERS[i]!] : []));
  return same.length === 1 ? same[0] : undefined;
}

export function normalText(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/\\(?:text|mathrm|mathbf)\s*\{([^{}]*)\}|\\[,;! ]|[$*`"“”]/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[.。]$/, "")
    .toLowerCase();
}

/** A line that names one option, and no other, by a letter that stands alone. */
function onlyLetterIn(line: string, count: number): Choice | undefined {
  const last = LETTERS[count - 1] ?? "A";
  const found = new Set<string>();
  for (const [, bracketed, open] of line
    .slice(-500)
    .matchAll(/\(([A-Z])\)|(?<![\w\\'’$])([A-Z])(?![\w'’$]|\s+(?!or\b|and\b)[a-z])/g)) {
    const letter = (bracketed ?? open)!;
    if (letter <= last) found.add(letter);
  }
  const [letter] = found;
  return found.size === 1 && letter !== undefined ? { letter, text: line } : undefined;
}
