/** @file Answers in words: yes and no, names, dates and times, numbers. */
import { greatestCommonDivisor } from "./rational.ts";
import { table } from "./table.ts";

/** One form for what says the same: no marks, no articles, no case, "no solution" for all that means it. */
export function normalText(text: string): string {
  const plain = text
    .replace(
      /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox|operatorname|mathsf|texttt|boxed|underline|emph)\s*\{([^{}]*)\}/g,
      " $1 ",
    )
    .replace(/\\[,;! ]|[$~*_`"“”«»‘’]/g, " ")
    .replace(/\\(?=[%&#])/g, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\p{L})-(?=\p{L})/gu, " ")
    .replace(/[.,;:!?()[\]{}。，；：！？（）]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:(?:the|a|an|it is|it's|they are|this is|its|le|la|der|die|das|el)\s+)+(?=.)/, "")
    .replace(/\bin\s+the\b/g, "in");
  return SAME.get(plain) ?? dateOf(plain) ?? timeOf(text) ?? plain;
}

const MEANINGS: readonly (readonly string[])[] = [
  [
    "∅",
    "no solution",
    "no solutions",
    "none",
    "empty set",
    "no real solution",
    "no real solutions",
    "there is no solution",
    "there are no solutions",
    "\\emptyset",
    "\\varnothing",
  ],
  ["does not exist", "dne", "doesn't exist", "undefined", "not defined"],
  ["infinitely many", "infinite", "infinitely many solutions", "infinite solutions"],
  ["yes", "是", "ja", "oui", "sí", "si", "да", "sì", "sim"],
  ["no", "否", "nein", "non", "нет", "não"],
  ["true", "wahr", "vrai", "verdadero", "正确", "对"],
  ["false", "falsch", "faux", "falso", "错误", "错"],
  ["all real numbers", "all reals", "every real number", "set of all real numbers", "\\mathbb r"],
];

const SAME: ReadonlyMap<string, string> = new Map(
  MEANINGS.flatMap((words) => words.map((word) => [word, words[0]!] as const)),
);

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  /\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/;

/** "March 5, 2020", "5th of March 2020" and "2020-03-05" are one day. */
export function dateOf(text: string): string | undefined {
  const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text.trim());
  if (iso) return `date ${Number(iso[3])} ${Number(iso[2])} ${iso[1]}`;
  const month = MONTH.exec(text)?.[1];
  if (month === undefined) return undefined;
  const rest = text.replace(MONTH, " ").replace(/(?<=\d)(?:st|nd|rd|th)\b/g, "");
  const numbers = rest.match(/\d+/g) ?? [];
  if (numbers.length === 0 || numbers.length > 2 || /[^\d\s]/.test(rest.replace(/\bof\b|\bthe\b/g, "")))
    return undefined;
  const year = numbers.find((part) => part.length === 4);
  const day = numbers.find((part) => part.length <= 2);
  return `date ${day === undefined ? "" : Number(day)} ${MONTHS.indexOf(month.slice(0, 3)) + 1} ${year ?? ""}`;
}

/** "3:30 PM", "3:30 p.m." and "15:30 h" are one time. */
export function timeOf(text: string): string | undefined {
  const match =
    /^\s*(?:\\text\{)?\s*(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?[\s}\\,~]*(?:\\text\{|\\mathrm\{)?\s*(a\.?m\.?|p\.?m\.?|noon|o'clock|h|Uhr)\s*\}?\s*$/i.exec(
      text,
    );
  if (!match) return undefined;
  const [, hour, minute = "00", second = "00", part = ""] = match;
  if (match[2] === undefined && /^h$/i.test(part)) return undefined;
  const half = part.toLowerCase().replace(/\./g, "");
  const hours = half === "pm" ? (Number(hour) % 12) + 12 : half === "am" ? Number(hour) % 12 : Number(hour);
  return `time ${hours}:${minute}:${second}`;
}

/** "10:05" by itself: a time as likely as a ratio. */
export const looksLikeTime = (text: string): boolean => /^\s*\d{1,2}:[0-5]\d\s*$/.test(text);

const DOUBTED =
  /\b(?:not|n't|no|never|neither|either|if|whether|unless|false|wrong|incorrect|unlikely|maybe|perhaps|may|might|could|some|say|says|think|guess|assume|suppose|deny|claims?|claimed|cannot|hardly|barely|opposite|contrary|would|should|seems?|student|people)\b|n't\b/;

/** Whether a statement denies, doubts or quotes what it says. */
export const isDoubted = (text: string): boolean => DOUBTED.test(text.toLowerCase());

/** Words before a statement that say nothing of it. */
const LEADING =
  /^(?:(?:so|hence|thus|therefore|then|finally|we (?:conclude|see|find|know)(?: that)?|it follows that|in conclusion)\s+)+/;
const LONGEST_SUBJECT = 6;

/** Of "the function is even" the last word; undefined for what is no plain statement. Of the normal form of a text. */
export function saidBy(normal: string): string | undefined {
  const [, subject, said] =
    /^(.{1,200}) (?:is|are|was|were|be|has|on)(?: (?:an?|the|on))? (.{1,80})$/.exec(normal) ?? [];
  if (subject === undefined || isDoubted(subject)) return undefined;
  const isShort = subject.replace(LEADING, "").split(" ").length <= LONGEST_SUBJECT;
  return isShort ? normalText(said!) : undefined;
}

/** H_2SO_4, \mathrm{H_2SO_4}, H₂SO₄ and H2SO4 are one substance; two elements and a number at least, for the rest are letters. */
export function formulaOf(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const plain = text
    .normalize("NFKC")
    .replace(/\\(?:text|mathrm|mathsf|ce|rm|mathbf)(?![a-z])|[{}_$*~\s]|\\[,;! ]/g, "");
  return /^(?:\(?[A-Z][a-z]?\d*(?:\)\d*)?){2,20}(?:\^?\d?[+-])?$/.test(plain) && /\d/.test(plain)
    ? plain
    : undefined;
}

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const SCALES = table<number>({
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  billion: 1_000_000_000,
});
const PARTS = table<number>({
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10,
});

/** "A half", "a dozen": of the normal form without its article. */
const ALONE = table<readonly [number, number]>({
  half: [1, 2],
  quarter: [1, 4],
  dozen: [12, 1],
  hundred: [100, 1],
  thousand: [1000, 1],
  million: [1_000_000, 1],
});

/** "seven", "forty two", "one hundred and five", "two thirds"; of the normal form of a text. */
export function numberInWords(normal: string): { top: bigint; bottom: bigint } | undefined {
  const words = normal.split(" ").filter((word) => word !== "and");
  if (words.length > 1 && (words[0] === "minus" || words[0] === "negative")) {
    const value = numberInWords(words.slice(1).join(" "));
    return value && { ...value, top: -value.top };
  }
  if (words.length === 0 || words.length > 8) return undefined;
  const alone = words.length === 1 ? ALONE[words[0]!] : undefined;
  if (alone) return reduced(...alone);
  const part =
    words.length > 1
      ? (PARTS[words.at(-1)!] ??
        PARTS[
          words
            .at(-1)!
            .replace(/s$/, "")
            .replace(/^halve$/, "half")
        ])
      : undefined;
  const top = wholeInWords(part === undefined ? words : words.slice(0, -1));
  return top === undefined ? undefined : reduced(top, part ?? 1);
}

function reduced(top: number, bottom: number): { top: bigint; bottom: bigint } {
  const [a, b] = [BigInt(top), BigInt(bottom)];
  const common = greatestCommonDivisor(a, b);
  return { top: a / common, bottom: b / common };
}

function wholeInWords(words: readonly string[]): number | undefined {
  let [all, group] = [0, 0];
  for (const word of words) {
    const [small, tens, scale] = [SMALL.indexOf(word), TENS.indexOf(word), SCALES[word]];
    if (small >= 0 && group % 10 === 0 && (small < 10 || group % 100 === 0)) group += small;
    else if (tens >= 0 && group % 100 === 0) group += 20 + 10 * tens;
    else if (scale === 100 && group > 0) group *= 100;
    else if (scale !== undefined && group > 0) [all, group] = [all + group * scale, 0];
    else return undefined;
  }
  return all + group;
}
