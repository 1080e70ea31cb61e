/** @file MMMU's own rule: which option a response mentions last, and whether an open answer holds the right one. */
import { LETTERS, lettersOf } from "./choice.ts";
import { roundTo } from "./numeric.ts";
import { seedOf } from "./referee.ts";

/** Characters at the end of a response that are looked at. */
const READ = 4000;

/** The last "(B)", else the last letter that stands alone, else of a longer response the option whose text comes last. */
export function mentionedChoice(spoken: string, options: readonly string[]): string | undefined {
  const text = ` ${spoken.slice(-READ).replace(/^[,.!?;:']+|[,.!?;:']+$/g, "")} `;
  const letters = lettersOf(options.length);
  const last = (marks: readonly string[]): string | undefined => {
    const places = marks.map((mark) => (mark.trim() === "" ? -1 : text.lastIndexOf(mark)));
    const most = Math.max(...places);
    return most < 0 ? undefined : letters[places.indexOf(most)];
  };
  const byText = (): string | undefined => {
    const said = text.toLowerCase();
    const places = options.map((option) =>
      option.trim() === "" ? -1 : said.lastIndexOf(option.trim().toLowerCase()),
    );
    const most = Math.max(...places);
    return most < 0 ? undefined : letters[places.indexOf(most)];
  };
  return (
    last(letters.map((letter) => `(${letter})`)) ??
    last(letters.map((letter) => ` ${letter} `)) ??
    (text.trim().split(/\s+/).length > 5 ? byText() : undefined)
  );
}

/** The letter that the official rule draws where there is none, a function of the seed and the question. */
export function guessFor(seed: number, id: string, count: number): string {
  return LETTERS[seedOf(seed, id) % count]!;
}

/** Whether an answer holds one of the right ones: a text as a part of it, a number as one of its numbers, to two decimals. */
export function matchOpen(said: string, golds: readonly string[], isProse: boolean): boolean {
  const parts = isProse ? keyParts(said.slice(-READ)) : [said.slice(-READ)];
  const numbers = new Set(parts.flatMap(numbersIn));
  const texts = parts.map((part) => ` ${plain(part)} `);
  return golds.some((gold) => {
    const value = numberIn(gold);
    if (value !== undefined) return numbers.has(value);
    const wanted = plain(gold);
    if (wanted === "") return false;
    // A letter is a part of many words.
    return texts.some((text) => text.includes(wanted.length === 1 ? ` ${wanted} ` : wanted));
  });
}

const INDICATORS = ["could be ", "so ", "is ", "thus ", "therefore ", "final ", "answer ", "result "];

/** What follows the last sign of a conclusion in each sentence; the whole where there is none. */
function keyParts(text: string): string[] {
  const sentences = text
    .trim()
    .replace(/\.$/, "")
    .toLowerCase()
    .split(/\.\s|\n/);
  const parts = sentences.flatMap((sentence, i) => {
    const signs = i === sentences.length - 1 ? [...INDICATORS, "="] : INDICATORS;
    const ends = signs.flatMap((sign) =>
      sentence.includes(sign) ? [sentence.slice(sentence.lastIndexOf(sign) + sign.length)] : [],
    );
    const [shortest] = ends
      .map((end) => end.trim())
      .filter((end) => !/^[:,.!?;']?$/.test(end))
      .sort((a, b) => a.length - b.length);
    return shortest === undefined ? [] : [shortest];
  });
  return parts.length > 0 ? parts : [text];
}

function plain(text: string): string {
  return text
    .replace(/\\(?:text|mathrm|mathbf)\s*\{([^{}]*)\}/g, "$1")
    .replace(/[$*`"]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "")
    .toLowerCase();
}

function numberIn(text: string): number | undefined {
  const bare = text.replace(/[,$\s]/g, "");
  return bare !== "" && Number.isFinite(Number(bare)) ? roundTo(Number(bare), 2) : undefined;
}

const NUMBER = /[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)/gi;

function numbersIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].map(([number]) =>
    roundTo(Number(number.replace(/,/g, "").replace("−", "-")), 2),
  );
}
