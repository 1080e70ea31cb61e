/** @file Options that stand in the words of a question. */
import { LETTERS } from "./choice.ts";

const OPTION = /(?:^|[\n,;]|\s)\s*\(?([A-H])\s*[:.)：]\s*/g;

/**
 * The options after "Options:" or "Choices:", as "A: red, B: green" or a line each; undefined where no two letters follow one
 * another.
 */
export function optionsInText(question: string): string[] | undefined {
  const text = question.slice(-8000);
  const start = /\b(?:options|choices)\s*[:：]/i.exec(text);
  const list = start ? text.slice(start.index + start[0].length) : text;
  const marks: { start: number; end: number }[] = [];
  for (const match of list.matchAll(OPTION)) {
    if (match[1] === LETTERS[marks.length])
      marks.push({ start: match.index, end: match.index + match[0].length });
  }
  if (marks.length < 2) return undefined;
  return marks.map(({ end }, i) =>
    list
      .slice(end, marks[i + 1]?.start)
      .trim()
      .replace(/[,;.]$/, ""),
  );
}
