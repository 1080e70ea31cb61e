/** @file The table that `touchline bench` prints. */
import type { Overall, RunSummary, Score } from "../trainer/benchmark/index.ts";

type Cells = [name: string, n: number, score: string, interval: string];

/** The headline and what several answers come to, then the categories. */
export function summaryRows({ overall, rows }: RunSummary): Cells[] {
  const { n } = overall.success;
  const { headline, repeated, score } = overall;
  const cells = (name: string, one: Score, count = n): Cells => [
    name,
    count,
    points(one.mean),
    interval(one),
  ];
  const isMacro = headline.by !== "micro";
  const many = repeated
    ? [
        ...Object.entries(repeated.any).map(([k, one]) => cells(`pass@${k}`, one)),
        ...Object.entries(repeated.all)
          .filter(([k]) => k !== "1")
          .map(([k, one]) => cells(`pass^${k}`, one)),
        cells(`maj@${repeated.repeats}`, repeated.majority),
      ]
    : [];
  return [
    ...(isMacro ? [cells(`mean by ${headline.by}`, headline)] : []),
    cells("all", score),
    ...many,
    ...rows.map(({ id, score, success }) => cells(id, score, success.n)),
  ];
}

/** What a reader who counts the right answers would miss; undefined where the mean score is their share. */
export function unearnedText({ score, success }: Pick<Overall, "score" | "success">): string | undefined {
  if (success.n === 0 || points(score.mean) === points(success.mean)) return undefined;
  return `Right are ${success.k} of ${success.n}, ${points(success.mean)} %; the score also counts parts of points, and guesses that the rule makes.`;
}

/** Right ones first, then by how many there are. */
export function outcomesText(outcomes: Readonly<Record<string, number>>): string {
  const entries = Object.entries(outcomes).sort(
    ([one, n], [other, m]) => Number(other === "right") - Number(one === "right") || m - n,
  );
  return entries.map(([outcome, n]) => `${n} ${outcome.replaceAll("_", " ")}`).join(", ");
}

export function interval({ low, high }: Score): string {
  return low === null || high === null ? "" : `${points(low)} to ${points(high)}`;
}

export function points(share: number): string {
  return (100 * share).toFixed(1);
}
