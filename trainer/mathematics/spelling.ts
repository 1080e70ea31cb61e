/** @file Plain spellings as LaTeX: signs, words, money, numbers with marks between their digits. */
import { FUNCTIONS, PLAIN_WORDS } from "./notation.ts";
import { table } from "./table.ts";
import { knownUnit } from "./unit.ts";
import { UNIT_AT_END, unitAtEnd, unitLetters } from "./unit-text.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const VULGAR = table<string>({
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
});
const CURRENCIES = table<string>({
  "\\$": "dollars",
  "€": "euros",
  "£": "pounds sterling",
  "¥": "yen",
  "₹": "rupees",
  "¢": "cents",
  "\\euro": "euros",
  "\\pounds": "pounds sterling",
});
const SCALES = table<string>({
  dozen: "12",
  hundred: "10^{2}",
  thousand: "10^{3}",
  million: "10^{6}",
  billion: "10^{9}",
  trillion: "10^{12}",
});
const SCALE = Object.keys(SCALES).join("|");
const SHORT_WORDS = new Set(
  "an as at by if in is it me my no of on so to up us we he do go or be am pm vs da de la le el en il un et ou oder und y".split(
    " ",
  ),
);

/** "2.5 million" is a number, also within upright text and before what is counted. */
const SCALED = new RegExp(String.raw`(?<=\d) ?(${SCALE})(?![a-z])`, "g");
const SCALED_IN_TEXT = new RegExp(
  String.raw`(?<=\d\}?)(?:\s|~|\\[,;: ])*\\(?:text|mathrm|textrm)\{\s*(${SCALE})\b\s*([^{}]*)\}`,
  "g",
);
const RAISED = new RegExp(`[${SUPERSCRIPTS}]+`, "g");
const LOWERED = new RegExp(`[${SUBSCRIPTS}]+`, "g");

const MEASURES = /(?<=\d )([a-z]+)(,? and )(?=\d+(?:\.\d+)? ([a-z]+)(?:\W|$))/g;

/** "k ∈ ℤ" in brackets, and "k an integer": what a letter is, behind the answer. */
const LETTERS =
  /\s*(?:,|\\quad|\\qquad|\\[,;: ])*\s*(?:\(\s*[a-z]\s*\\in\s*\\(?:mathbb\s*\{?[ZNQR]\}?|[ZNQR])\s*\)|(?<=[\s,~])[a-z]\s*\\text\{\s*(?:is )?(?:an? )?(?:any )?(?:integers?|whole numbers?|natural numbers?|real numbers?)\s*\})$/;

export function latexOf(text: string): string {
  return plainWords(
    unitLetters(text.replace(LETTERS, ""))
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
      .replace(RAISED, (raised) => `^{${plainDigits(raised, SUPERSCRIPTS)}}`)
      .replace(LOWERED, (lowered) => `_{${plainDigits(lowered, SUBSCRIPTS)}}`)
      .replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/g, (vulgar) => `\\frac${VULGAR[vulgar]}`)
      .replace(
        /(?<![\d./])(\d+)(?:\s+|\s+and\s+|\s*\\[ ,]\s*|~)(\d+)\s*\/\s*(\d+)(?![\d.])/g,
        "$1\\frac{$2}{$3}",
      )
      .replace(/(?<![\w.])(\d+\.?\d*|\.\d+)[eE]([+-]?\d+)(?![\w.{])/g, "$1\\times10^{$2}")
      .replace(
        SCALED_IN_TEXT,
        (_, scale: string, things: string) =>
          `\\times${SCALES[scale]!}${things === "" ? "" : `\\text{ ${things}}`}`,
      )
      .replace(SCALED, (_, scale: string) => `\\times${SCALES[scale]!}`)
      .replace(
        /(\\\$|[€£¥₹]|\\euro(?![a-z])|\\pounds(?![a-z]))\s*(-?(?:\d+\.?\d*|\.\d+)(?:\\times10\^\{\d+\})?)(?!\s*\\text\{)/g,
        (_, mark: string, amount: string) => `${amount}\\text{ ${CURRENCIES[mark]!} }`,
      )
      .replace(
        /(\d)\s*([€£¥₹¢])/g,
        (_, digit: string, mark: string) => `${digit}\\text{ ${CURRENCIES[mark]!} }`,
      )
      // Degrees with minutes, and with a scale.
      .replace(
        /(\d+)\s*(?:\^\s*(?:\\circ|\{\s*\\circ\s*\})|°|\\degree)\s*(\d+(?:\.\d+)?)\s*(?:'|′|\^\s*(?:\\prime|\{\s*\\prime\s*\}))/g,
        "($1+\\frac{$2}{60})°",
      )
      .replace(
        /(?<=\d) ?degrees? (celsius|fahrenheit|C|F)(?![a-z])/gi,
        (_, scale: string) => `°${scale[0]!.toUpperCase()}`,
      )
      // "2 hours and 30 minutes" is one measure.
      .replace(MEASURES, (written, large: string, and: string, small: string) =>
        knownUnit(large) && knownUnit(small) ? written.replace(and, " ") : written,
      )
      // Digits that repeat, in brackets and between dots.
      .replace(/^(-?\d*\.\d*)\((\d+)\)$/, "$1\\overline{$2}")
      .replace(/\\dot\{?(\d)\}?(\d+)\\dot\{?(\d)\}?/g, "\\overline{$1$2$3}")
      .replace(/(?<=\d)\s*[xX]\s*(?=10\s*\^)/g, "\\times ")
      .replace(/(?:\{\})?(?:_|\^)\s*\{?(\d+)\}?\s*\\?C\s*_\s*\{?(\d+)\}?/g, "\\binom{$1}{$2}")
      .replace(/(?<![\w.])(\d+)C(\d+)(?![\w.]|\s*_)/g, "\\binom{$1}{$2}")
      .replace(/\\(?:text|mathrm)\s*\{\s*([A-Za-z]+)\s*\}/g, (written, name: string) =>
        FUNCTIONS[name] === undefined || name.length < 2 ? written : `\\operatorname{${name}}`,
      )
      .replace(/\\(Re|Im)(?![a-z])/g, "\\operatorname{$1}")
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
  const measures =
    /[\d})%\]]/.test(follows) || /(?:\b(?:per|square|cubic|sq|cu)|\/|\\text\{[^{}]*\})\s*$/.test(before);
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
