/** @file Answers in words: yes and no, names, option letters, dates and times. */

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

export interface Option {
  letter: string;
  /** What follows the letter: "(B) 12" says 12 too. */
  rest: string;
}

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
  // (a)(b) and (B) + 1 are formulas.
  if (
    letter === undefined ||
    /^[-+*/^=<>([{_!|]/.test(rest) ||
    (/[a-j]/.test(letter) && /^[^\s:.]/.test(rest))
  )
    return undefined;
  return { letter: letter.toUpperCase(), rest: rest.replace(/^[\s:.]+/, "") };
}

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** "seven", "forty two"; of the normal form of a text. */
export function numberInWords(normal: string): number | undefined {
  const words = normal.split(" ");
  if (words.length > 2) return undefined;
  const [first = "", second] = words;
  const tens = TENS.indexOf(first);
  if (second === undefined)
    return SMALL.includes(first) ? SMALL.indexOf(first) : tens >= 0 ? 20 + 10 * tens : undefined;
  const ones = SMALL.indexOf(second);
  return tens >= 0 && ones > 0 && ones < 10 ? 20 + 10 * tens + ones : undefined;
}
