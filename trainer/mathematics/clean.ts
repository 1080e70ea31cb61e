/** @file An answer as people and models write it, as LaTeX: signs, plain words, numbers with marks between their digits. */
import { FUNCTIONS, PLAIN_WORDS } from "./notation.ts";
import { knownUnit } from "./unit.ts";
import { UNIT_AT_END, unitAtEnd, unitLetters } from "./unit-text.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const VULGAR: Readonly<Record<string, string>> = {
  "½": "{1}{2}",
  "⅓": "{1}{3}",
  "⅔": "{2}{3}",
  "¼": "{1}{4}",
  "¾": "{3}{4}",
  "⅕": "{1}{5}",
  "⅖": "{2}{5}",
  "⅗": "{3}{5}",
  "⅘": "{4}{5}",
  "⅙": "{1}{6}",
  "⅚": "{5}{6}",
  "⅛": "{1}{8}",
  "⅜": "{3}{8}",
  "⅝": "{5}{8}",
  "⅞": "{7}{8}",
};
const CURRENCIES: Readonly<Record<string, string>> = {
  "\\$": "dollars",
  "€": "euros",
  "£": "pounds sterling",
  "¥": "yen",
  "₹": "rupees",
  "\\euro": "euros",
  "\\pounds": "pounds sterling",
};
const SCALES: Readonly<Record<string, number>> = { thousand: 3, million: 6, billion: 9, trillion: 12 };
const SHORT_WORDS = new Set(
  "an as at by if in is it me my no of on so to up us we he do go or be am pm vs da de la le el en il un et ou oder und y".split(
    " ",
  ),
);

/** The answer without the marks of mathematics and of Markdown, and without a full stop. */
export function bare(text: string): string {
  let left = text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2012\u2013\u2010\u2011]/g, "-")
    .replace(/[\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]/g, " ")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?<=[\w)}])\*\*(?=[\w({\\-])/g, "^")
    .replace(/\*\*|__(?=\w)|(?<=\w)__|`/g, "")
    .replace(/\\!/g, "")
    .replace(/\s+/g, " ")
    .trim();
  left = left
    .replace(/^\*(?=[^*\s])([^*]+)\*$/, "$1")
    .replace(/^(?:[\s:=≈]|\\(?:approx|simeq|doteq)(?![a-z]))+/, "")
    .replace(/^(?:approximately|approx\.?|about|roughly|around)\s+(?=[-$\\\d.])/i, "");
  return withoutStop(undelimited(withoutStop(left)).trim());
}

/** Without a full stop or other marks at its end; three dots say that digits go on. */
function withoutStop(text: string): string {
  if (/[^.]\.\.\.$/.test(text.slice(-4))) return text;
  let end = text.length;
  while (
    end > 0 &&
    (/[\s.,;:。，；]/.test(text[end - 1]!) || /\\[,;! \\]$/.test(text.slice(Math.max(0, end - 2), end)))
  )
    end--;
  return text.slice(0, end);
}

/** A dollar before a number is money if it is alone; pairs mark mathematics. */
function undelimited(text: string): string {
  const left = text.replace(/\\[()[\]]/g, (mark, at: number) => (text[at - 1] === "\\" ? mark : " "));
  const marks = left.match(/(?<!\\)\$/g)?.length ?? 0;
  if (marks % 2 === 1) return left.replace(/(?<!\\)\$(?=\s*[-\d.])/g, "\\$").replace(/(?<!\\)\$/g, " ");
  return left.replace(/(?<!\\)\${1,2}/g, " ");
}

/** What the answer may be read as, the likeliest first: a comma is a mark of thousands, of decimals, or between two answers. */
export function readingsOf(text: string): readonly string[] {
  const left = bare(text);
  const depths = depthsOf(left);
  const outside = (at: number) => depths[at] === 0;
  const thousands = left.replace(/(?<![\d.,])\d{1,3}(?:,\s?\d{3})+(?![\d,]|\.\d+,)/g, (digits, at: number) =>
    outside(at) && !/,\s/.test(digits) ? digits.replaceAll(",", "") : digits,
  );
  const readings = [thousands];
  if (thousands !== left && /^[^\d]*\d{1,3},\d{3}[,\d]*$/.test(left)) readings.push(left);
  const commas = thousands.match(/,/g)?.length ?? 0;
  const [, , after] = /(\d),(\d+)/.exec(thousands) ?? [];
  if (commas === 1 && after !== undefined && outside(thousands.indexOf(",")))
    readings.push(thousands.replace(",", "."));
  return readings.map(latexOf);
}

/** How deep in brackets of tuples and sets each character stands; braces that a command takes are none. */
function depthsOf(text: string): readonly number[] {
  let depth = 0;
  const braces: boolean[] = [];
  return Array.from({ length: text.length }, (_, at) => {
    const character = text[at]!;
    if ("([".includes(character)) depth++;
    else if (")]".includes(character)) depth--;
    else if (character === "{") {
      const counts = !/[\w}\]^]/.test(text[at - 1] ?? " ");
      braces.push(counts);
      if (counts) depth++;
    } else if (character === "}" && braces.pop()) depth--;
    return depth;
  });
}

function latexOf(text: string): string {
  return plainWords(
    unitLetters(text)
      .replace(/\\(?:displaystyle|textstyle|limits|nolimits|allowbreak|hfill|par)(?![a-zA-Z])/g, " ")
      .replace(/\\phantom\{[^{}]*\}/g, " ")
      // A number in upright or bold text.
      .replace(/\\(?:text|textbf|textit|textrm|mbox)\s*\{\s*(-?\d+(?:\.\d+)?(?:\/\d+)?)\s*\}/g, "{$1}")
      // Marks of thousands, and the decimal comma as LaTeX writes it.
      .replace(/(?<![\d.])\d{1,3}(?:(?:\{,\}|\\[,;: ]|~| )\d{3})+(?![\d])/g, (digits) =>
        digits.replace(/[^\d]/g, ""),
      )
      .replace(/(?<![\d.,])\d{1,3}(?:\.\d{3})+,(\d+)(?!\d)/g, (digits) =>
        digits.replaceAll(".", "").replace(",", "."),
      )
      .replace(/(?<=\d)\{,\}(?=\d)/g, ".")
      .replace(/;/.test(text) ? /(?<=\d),(?=\d)/g : /(?!)/g, ".")
      .replace(new RegExp(`[${SUPERSCRIPTS}]+`, "g"), (raised) => `^{${plainDigits(raised, SUPERSCRIPTS)}}`)
      .replace(new RegExp(`[${SUBSCRIPTS}]+`, "g"), (lowered) => `_{${plainDigits(lowered, SUBSCRIPTS)}}`)
      .replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/g, (vulgar) => `\\frac${VULGAR[vulgar]}`)
      .replace(
        /(?<![\d./])(\d+)(?:\s+|\s+and\s+|\s*\\[ ,]\s*|~)(\d+)\s*\/\s*(\d+)(?![\d.])/g,
        "$1\\frac{$2}{$3}",
      )
      .replace(/(?<![\w.])(\d+\.?\d*|\.\d+)[eE]([+-]?\d+)(?![\w.{])/g, "$1\\times10^{$2}")
      .replace(
        /(\\\$|[€£¥₹]|\\euro(?![a-z])|\\pounds(?![a-z]))\s*(-?(?:\d+\.?\d*|\.\d+))(?!\s*\\text\{)/g,
        (_, mark: string, amount: string) => `${amount}\\text{ ${CURRENCIES[mark]!} }`,
      )
      .replace(
        /(?<=\d) ?(thousand|million|billion|trillion)(?![a-z])/g,
        (_, scale: string) => `\\times10^{${SCALES[scale]!}}`,
      )
      .replace(
        /(\d)\s*([€£¥₹])/g,
        (_, digit: string, mark: string) => `${digit}\\text{ ${CURRENCIES[mark]!} }`,
      )
      .replace(/(?<!\\)%/g, "\\%")
      .replace(/\+\/?-/g, "\\pm ")
      .replace(/<=|=</g, "≤")
      .replace(/>=/g, "≥")
      .replace(/!=|<>/g, "≠")
      .replace(/==/g, "=")
      .replace(/->/g, "\\to ")
      .replace(/\.\.\.+/g, "\\ldots ")
      .replace(/\^\s*([-+]?(?:\d{2,}|\d+\.\d+)|[-+]\w)/g, "^{$1}")
      .replace(
        /\^\s*(-?\\[dtc]?frac\s*(?:\{[^{}]*\}\{[^{}]*\}|\d\d)|-?\\sqrt\s*(?:\{[^{}]*\}|\d)|-\\[a-z]+)/g,
        "^{$1}",
      )
      .replace(/\^\s*\(/g, "^(")
      .replace(/_\s*(\d{2,})/g, "_{$1}")
      .replace(/([)\]}])\s*U\s*(?=[([\\{])/g, "$1\\cup ")
      .replace(/(?<!\\)&/g, /\\begin|\\matrix/.test(text) ? "&" : "\\land ")
      .replace(UNIT_AT_END, unitAtEnd)
      .replace(/(?<=\d) +(?=\d)/g, "\\;"),
  ).replace(/\^\((.*)/s, raisedBrackets);
}

/** `x^(1/2)` raises the whole bracket. */
function raisedBrackets(found: string): string {
  let text = found;
  for (let at = text.indexOf("^("); at >= 0; at = text.indexOf("^(", at + 2)) {
    let depth = 0;
    let end = at + 1;
    for (; end < text.length; end++) {
      if (text[end] === "(") depth++;
      else if (text[end] === ")" && --depth === 0) break;
      if (depth > 64 || end - at > 200) break;
    }
    if (text[end] === ")" && depth === 0)
      text = `${text.slice(0, at)}^{(${text.slice(at + 2, end)})}${text.slice(end + 1)}`;
  }
  return text;
}

function plainDigits(text: string, alphabet: string): string {
  return Array.from(text, (one) => "0123456789+-n"[alphabet.indexOf(one)]).join("");
}

const PIECE =
  /\\(?:text|textbf|textit|textrm|texttt|textsf|mathrm|mathbf|mathbb|mathit|mathsf|mathcal|mbox|fbox|operatorname|begin|end|color|textcolor)\s*\*?\s*\{[^{}]*\}|\\[a-zA-Z]+|\\.|(?:\p{L}\p{M}?){2,}|(?:(?![A-Za-z\p{Script=Greek}ℝℤℕℚℂℓ])\p{L})+/gu;

/** Words between the formulas, as LaTeX has them. */
function plainWords(text: string): string {
  const worded = text.replace(PIECE, (piece, ...rest) => {
    if (piece.startsWith("\\")) return piece;
    const at = rest.at(-2) as number;
    return wordAt(
      piece,
      text.slice(Math.max(0, at - 60), at),
      text.slice(at + piece.length, at + piece.length + 60),
    );
  });
  return worded.replaceAll(/ \}\s*\\text\{ /g, " ");
}

function wordAt(word: string, before: string, after: string): string {
  const asText = `\\text{ ${word} }`;
  const follows = before.trimEnd().at(-1) ?? "";
  const measures = /[\d})%\]]/.test(follows) || /(?:\bper|\/|\\text\{[^{}]*\})\s*$/.test(before);
  const isUnit = knownUnit(word) !== undefined;
  if (measures && isUnit && !/^\s*\(/.test(after) && !(word in PLAIN_WORDS)) return asText;
  const lower = word.toLowerCase();
  const meant = PLAIN_WORDS[word] ?? (word.length > 2 || lower === "or" ? PLAIN_WORDS[lower] : undefined);
  if (meant !== undefined) return `${meant} `;
  if (lower === "in" && /^\s*(?:[([{]|\\[{m]|R\b)/.test(after) && /[a-z]$/i.test(before.trimEnd()))
    return "\\in ";
  if (FUNCTIONS[word] !== undefined) return ` \\operatorname{${word}}`;
  if (!/^[A-Za-z]+$/.test(word)) return /^\p{Script=Greek}+$/u.test(word) ? word : asText;
  if (SHORT_WORDS.has(lower) && !/[\d(\w^_]$/.test(before)) return asText;
  if (word.length >= 4) return /[aeiouyAEIOUY]/.test(word) && !/^[A-Z]+$/.test(word) ? asText : word;
  if (word.length === 3 && /[aeiouy]/.test(word)) {
    const glued = /[\w)}^_*/+=(-]$/.test(before) || /^[\^_(*/+=-]/.test(after);
    return glued ? word : asText;
  }
  // Letters that name points, or that are multiplied.
  return measures && /^\s/.test(before.slice(-1)) && word.length > 1 ? asText : word;
}
