/** @file Tables of figures in Markdown, and how means over seeds and their differences are told. */
import type { Mean } from "../statistics/index.ts";

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = head.slice(1).map(() => "---:|");
  return [line(head), `|---|${right.join("")}`, ...rows.map(line)].join("\n");
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A mean of shares of 1; without an interval where there is but one. */
export function shareText({ n, mean, low, high }: Mean): string {
  if (n === 0) return "";
  const share = `${points(mean)} %`;
  return n === 1 ? share : `${share} (${points(Math.max(0, low))} to ${points(Math.min(1, high))})`;
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** A difference of shares over seeds, and whether so many seeds can show one. */
export function differenceText({ n, mean, low, high }: Mean): string {
  const seeds = `${NUMBERS[n] ?? n} ${n === 1 ? "seed" : "seeds"}`;
  if (n === 0) return "not measured";
  if (n === 1) return `${signed(mean)} points; one seed shows no difference`;
  const verdict =
    low <= 0 && high >= 0
      ? `no difference that ${seeds} can show`
      : `${mean > 0 ? "better" : "worse"}, by ${seeds}`;
  return `${signed(mean)} points (${signed(low)} to ${signed(high)}): ${verdict}`;
}

const points = (share: number): string => (100 * share).toFixed(1);

function signed(share: number): string {
  const text = points(share);
  return text.startsWith("-") ? text : `+${text}`;
}
