/**
 * @file Where a response says its answer: after the thought, in `<answer>`, in `\boxed{}`, after "the answer is". Always the last
 * one counts. Everything is looked for by position or by expressions that take one pass, for responses may be hostile.
 */

/** Where an answer was found, from what is meant as one to what may be one. */
export type Place = "block" | "box" | "words" | "formula" | "number" | "bare";

export interface Found {
  text: string;
  place: Place;
}

/** Characters of a response at whose end an answer is looked for. */
const LONGEST = 200_000;
/** Characters in a box: more are no answer. */
const LONGEST_BOX = 4096;
/** Characters of an answer without any mark. */
const LONGEST_BARE = 100;
const WORDS_OF_BARE = 5;

const THINK = /<(?:think|thinking|thought|reasoning)>/gi;
const THINK_END = /<\/(?:think|thinking|thought|reasoning)>/gi;

/** The response without its thought; nothing where the thought does not end. */
export function spokenIn(response: string): string {
  const text = response.slice(-LONGEST);
  const end = lastMatch(text, THINK_END);
  if (end) return text.slice(end.index + end[0].length).trim();
  const start = lastMatch(text, THINK);
  if (!start) return response.length > LONGEST ? text : text.trim();
  // Who forgets to end the thought may still end with an answer.
  const thought = text.slice(start.index);
  return /<answer>(?:(?!<answer>)[^])*<\/answer>\s*$/.test(thought.slice(-LONGEST_BARE * 10))
    ? thought.slice(thought.lastIndexOf("<answer>"))
    : "";
}

/** What the last `<answer>` holds; to the end where a stop text took `</answer>` away. */
export function blockIn(text: string): string | undefined {
  const start = text.lastIndexOf("<answer>");
  if (start < 0) return undefined;
  const body = text.slice(start + "<answer>".length);
  const end = body.indexOf("</answer>");
  return (end < 0 ? body : body.slice(0, end)).trim();
}

/** What the last closed `\boxed{...}` holds. */
export function boxIn(text: string): string | undefined {
  return boxesIn(text).at(-1);
}

const BRACE = /\\(?:boxed|fbox|framebox)\s*\{|\\[^]|[{}]/g;

/** What each closed box holds, those inside of others left out; one pass, however many there are. */
export function boxesIn(text: string): string[] {
  const found: { start: number; end: number }[] = [];
  const open: { start: number; isBox: boolean }[] = [];
  for (const { index, 0: mark } of text.matchAll(BRACE)) {
    if (mark === "}") {
      const { start, isBox } = open.pop() ?? { start: 0, isBox: false };
      if (!isBox || index - start > LONGEST_BOX) continue;
      while (found.length > 0 && found.at(-1)!.start > start) found.pop();
      found.push({ start, end: index });
    } else if (mark.endsWith("{") && mark !== "\\{") {
      open.push({ start: index + mark.length, isBox: mark !== "{" });
    }
  }
  return found.map(({ start, end }) => text.slice(start, end).trim());
}

const ANSWER_WORDS =
  /(?:\b(?:final |correct )?(?:answer|ans)\b(?: (?:choice|option|letter|to (?:the|this) (?:question|problem)))?|答案)[\s*_]{0,4}(?:(?:should|must|would|will) be|is|are|was|：|:|=|是|为)[\s*_:：]{0,8}(?:(?:therefore|thus|simply|indeed|the|option|choice|letter)\b[\s*_:]{0,4}){0,3}/gi;
const HEADING = /(?:^|\n)[#*\s]{0,8}(?:final )?answer[*:\s]{0,6}\n/gi;

/** What follows the last "the answer is", to the end of its sentence. */
export function saidIn(text: string): string | undefined {
  const said = lastMatch(text, ANSWER_WORDS);
  const heading = lastMatch(text, HEADING);
  const mark = !said || (heading && heading.index > said.index) ? heading : said;
  if (!mark) return undefined;
  const rest = text.slice(mark.index + mark[0].length).trimStart();
  const sentence = firstSentence(rest);
  return sentence === "" ? undefined : sentence;
}

/** The end of a sentence does not stand in mathematics, nor between digits. */
function firstSentence(text: string): string {
  const formula = /^(?:\$\$?([^$]+)\$\$?|\\\(([^]*?)\\\)|\\\[([^]*?)\\\])/.exec(text.slice(0, 4096));
  if (formula) {
    // Units and other words may follow on the line.
    const inner = (formula[1] ?? formula[2] ?? formula[3])!.trim();
    return inner;
  }
  const line = /^[^\n]{0,2000}/.exec(text)![0];
  const end = line.search(/[.。!](?:\s|\*|$)/);
  const sentence = end < 0 ? line : /^[A-Z]\.\s/.test(line) ? line : line.slice(0, end);
  return sentence.replace(/^[*_`"'“]+|[*_`"'”.。,;\s]+$/g, "").trim();
}

const FORMULA = /\$\$([^$]+)\$\$|\$([^$\n]+)\$|\\\(((?:(?!\\[()])[^\n])+)\\\)|\\\[((?:(?!\\[[\]])[^])+)\\\]/g;

/** The last formula. */
export function formulaIn(text: string): string | undefined {
  const match = lastMatch(text.slice(-20_000), FORMULA);
  return match && (match[1] ?? match[2] ?? match[3] ?? match[4])!.trim();
}

/** The last number, as it stands. */
export function numberIn(text: string): string | undefined {
  return lastMatch(text.slice(-20_000), /[-−]?\$?(?:\d[\d,]*(?:\.\d+)?|\.\d+)/g)?.[0];
}

/** A response that is nothing but an answer: a few words, or a line of mathematics. */
export function bareIn(text: string): string | undefined {
  if (text === "" || text.length > LONGEST_BARE || text.includes("\n") || declines(text)) return undefined;
  return /[\d\\=]/.test(text) || text.split(/\s+/).length <= WORDS_OF_BARE ? text : undefined;
}

const REFUSAL =
  /^\W*(?:i(?:['’]m| am) (?:very |so )?(?:sorry|afraid|unable)|sorry|i (?:can(?:no|['’])t|could ?n['’]t|won['’]t|refuse|do not feel)|i['’]m not able|as an ai|unfortunately, i (?:can|am)|抱歉|对不起|很抱歉)/i;

/** Whether a response begins with that it will not answer. */
export function declines(spoken: string): boolean {
  return REFUSAL.test(spoken.slice(0, 200));
}

export function lastMatch(
  text: string,
  expression: RegExp,
): (RegExpMatchArray & { index: number }) | undefined {
  let last: RegExpMatchArray | undefined;
  for (const match of text.matchAll(expression)) last = match;
  return last as (RegExpMatchArray & { index: number }) | undefined;
}

/**
 * The answer of a response after its thought. With `marked` only one that is marked as the answer counts; with `places` those
 * without a mark are looked for in turn.
 */
export function findAnswer(spoken: string, places: readonly Place[]): Found | undefined {
  const block = blockIn(spoken);
  const scope = block ?? spoken;
  for (const place of places) {
    const text = block !== undefined && place === "block" ? wholeOf(block) : READERS[place](scope);
    if (text !== undefined && text !== "") return { text, place };
    // Whoever has a block says it there or nowhere.
    if (block !== undefined && place === "block") return undefined;
  }
  return undefined;
}

function wholeOf(block: string): string {
  return boxIn(block) ?? saidIn(block) ?? block;
}

const READERS: Readonly<Record<Place, (text: string) => string | undefined>> = {
  block: () => undefined,
  box: boxIn,
  words: saidIn,
  formula: formulaIn,
  number: numberIn,
  bare: bareIn,
};

/** Where an answer is looked for if it must be marked as one. */
export const MARKED: readonly Place[] = ["block", "box", "words"];
/** The same without "the answer is". */
export const FRAMED: readonly Place[] = ["block", "box"];
