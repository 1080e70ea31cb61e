/** @file Formulas within a text, and its sentences, which do not end within them. */

/** Up to a full stop, a new line, or words that begin an explanation. */
export function sentenceOf(text: string): string {
  const mathematics = spansOf(text);
  const isInside = (at: number) => mathematics.some(({ start, end }) => at > start && at < end);
  for (const match of text.matchAll(
    /[.!?](?=["”')\]*]*(?:\s|$))|[。！？\n]|,? (?:because|since|which|as we|where|weil|parce que|porque|так как)\b|<\//g,
  )) {
    if (!isInside(match.index) && match.index > 0) return text.slice(0, match.index).trim();
  }
  return text.trim();
}

export interface Span {
  start: number;
  end: number;
  inner: string;
}

const DELIMITERS: readonly (readonly [opening: string, closing: string])[] = [
  ["$$", "$$"],
  ["$", "$"],
  ["\\(", "\\)"],
  ["\\[", "\\]"],
];

/** Formulas between dollars and LaTeX's brackets, in one pass: what is not closed once is not looked for again. */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  const unclosed = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "$" && text[at] !== "\\") continue;
    const pair = DELIMITERS.find(([opening]) => text.startsWith(opening, at) && !unclosed.has(opening));
    if (!pair) {
      if (text[at] === "\\") at++;
      continue;
    }
    const [opening, closing] = pair;
    const end = text.indexOf(closing, at + opening.length);
    if (end < 0) unclosed.add(opening);
    else if (end > at + opening.length) {
      spans.push({ start: at, end: end + closing.length, inner: text.slice(at + opening.length, end) });
      at = end + closing.length - 1;
    }
  }
  return spans.slice(-500);
}
