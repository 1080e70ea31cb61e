/** @file An answer without what people and models put around it, and what it may be read as. */
import { latexOf } from "./spelling.ts";
import { table } from "./table.ts";

const ENTITIES = table<string>({
  lt: "<",
  gt: ">",
  le: "≤",
  ge: "≥",
  nbsp: " ",
  amp: "&",
  times: "×",
  minus: "-",
});
/** Commands as JSON has them, escaped once more than they should be. */
const DOUBLED =
  /(?<!\\)\\\\(?=(?:[dt]?frac|boxed|sqrt|text|left|right|pi|times|cdot|infty|pm|mathbb|mathrm|circ|le|ge|leq|geq|cup|cap)(?![a-zA-Z]))/g;

/** The answer without the marks of mathematics and of Markdown, and without a full stop. */
export function bare(text: string): string {
  let left = text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2012\u2013\u2010\u2011]/g, "-")
    .replace(/[\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]/g, " ")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?<=[\w)}])\*\*(?=[\w({\\-])/g, "^")
    .replace(/^[-*]\s+(?=\*\*)/, "")
    .replace(/\*\*|__(?=\w)|(?<=\w)__|`/g, "")
    .replace(/\\!/g, "")
    .replace(/&(\w+);/g, (written, name: string) => ENTITIES[name] ?? written)
    .replace(
      /<(sup|sub)>([^<>]*)<\/\1>/g,
      (_, tag: string, inner: string) => `${tag === "sup" ? "^" : "_"}{${inner}}`,
    )
    .replace(DOUBLED, "\\")
    .replace(
      /(?:\s|\$)*(?:[✓✔✅∎■]|\\(?:blacksquare|checkmark|qed|square)(?![a-z])|\\(?:tag|label)\{[^{}]*\})(?=[\s$]*$)/u,
      "",
    )
    .replace(/\s+/g, " ")
    .trim();
  left = left
    .replace(/^\*(?=[^*\s])([^*]+)\*$/, "$1")
    .replace(/^(["'“”])([^"'“”]+)["'“”]$/, (written, mark: string, inner: string) =>
      mark === "'" && !/\d/.test(inner) ? written : inner,
    )
    .replace(/^(?:[✓✔✅•]|[-=]?>(?=\s)|\*(?=\s)|→)\s*/u, "")
    .replace(/^(?:negative|minus)\s+(?=[\d\\])/i, "-")
    .replace(/^(?:[\s:=≈]|\\(?:approx|simeq|doteq)(?![a-z]))+/, "")
    .replace(/^(?:approximately|approx\.?|about|roughly|around)\s+(?=[-$\\\d.])/i, "");
  return withoutStop(undelimited(withoutStop(left)).trim());
}

/** Without a full stop or other marks at its end; three dots say that digits go on. */
function withoutStop(text: string): string {
  if (/[^.]\.\.\.$/.test(text.slice(-4))) return text;
  let end = text.length;
  for (;;) {
    // A space of LaTeX is two characters, whose second is a comma by itself; the trimmed one of "7\ " is a backslash.
    const [mark] =
      /\\[,;:! \\]$|(?<!\\)\\$|[\s.,;:。，；]$/.exec(text.slice(Math.max(0, end - 3), end)) ?? [];
    if (mark === undefined) return text.slice(0, end);
    end -= mark.length;
  }
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
  const inner = textIn(left);
  return inner === undefined ? readingsWithin(left) : [...readingsWithin(inner), ...readingsWithin(left)];
}

function readingsWithin(left: string): readonly string[] {
  const depths = depthsOf(left);
  const outside = (at: number) => depths[at] === 0;
  const thousands = left.replace(/(?<![\d.,])\d{1,3}(?:,\s?\d{3})+(?![\d,]|\.\d+,)/g, (digits, at: number) =>
    outside(at) && !/,\s/.test(digits) ? digits.replaceAll(",", "") : digits,
  );
  // In "(1,000, 2,000)" the commas with a space part the numbers.
  const grouped = /\d,\s/.test(thousands)
    ? thousands.replace(/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d.])(?!,\d)/g, (digits) =>
        digits.replaceAll(",", ""),
      )
    : thousands;
  const readings = grouped === thousands ? [thousands] : [grouped, thousands];
  if (thousands !== left && /^[^\d]*\d{1,3},\d{3}[,\d]*$/.test(left)) readings.push(left);
  const commas = thousands.match(/,/g)?.length ?? 0;
  const [, , after] = /(\d),(\d+)/.exec(thousands) ?? [];
  if (commas === 1 && after !== undefined && outside(thousands.indexOf(",")))
    readings.push(thousands.replace(",", "."));
  return readings.map(latexOf);
}

/** What stands in upright text as a whole, if it has figures: "\text{12 cm}". */
function textIn(text: string): string | undefined {
  const inner =
    /^\\(?:text|textbf|textrm|mathrm|mathbf|mbox|hbox|fbox|framebox)\s*\{([^{}]*\d[^{}]*)\}$/.exec(text)?.[1];
  return inner === undefined ? undefined : bare(inner.replace(/\\ /g, " "));
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
