/** @file Whether the game favours a side: who wins when both are equal, by side, by team and by who kicked off. */
import type { Played } from "./match/index.ts";
import { meanOf, type Mean } from "../statistics/index.ts";

export interface Comparison {
  one: string;
  other: string;
  wins: number;
  draws: number;
  losses: number;
  /** Wins less losses as a share of all matches: the difference of the two win rates. */
  difference: Mean;
}

/**
 * Team A plays at the left in the first two of four seeds and at the right in the other two, so that ends and
 * kick-off, which goes by odd and even seeds, are changed apart from each other.
 */
export function teamAtLeft(seed: number): "A" | "B" {
  return (seed & 2) === 0 ? "A" : "B";
}

export function comparisons(matches: readonly Played[]): Comparison[] {
  const compare = (one: string, other: string, sign: (match: Played) => 1 | -1): Comparison => {
    const outcomes = matches.map((match) => sign(match) * Math.sign(match.score[0] - match.score[1]));
    const times = (outcome: number) => outcomes.filter((each) => each === outcome).length;
    return { one, other, wins: times(1), draws: times(0), losses: times(-1), difference: meanOf(outcomes) };
  };
  return [
    compare("left", "right", () => 1),
    compare("team A", "team B", ({ seed }) => (teamAtLeft(seed) === "A" ? 1 : -1)),
    compare("kicked off", "did not", ({ kickOff }) => (kickOff === 0 ? 1 : -1)),
  ];
}

export function isFair({ difference: { low, high } }: Comparison): boolean {
  return low <= 0 && high >= 0;
}

/** The table as Markdown. */
export function fairnessTable(matches: readonly Played[]): string {
  const rows = comparisons(matches).map((comparison) => {
    const { one, other, wins, draws, losses, difference } = comparison;
    const rates = [wins, draws, losses].map((count) => `${count} (${percent(count / matches.length)} %)`);
    const { mean, low, high } = difference;
    const interval = `${percent(mean)} points (${percent(low)} to ${percent(high)})`;
    return `| ${one} against ${other} | ${rates.join(" | ")} | ${interval} | ${isFair(comparison) ? "yes" : "**no**"} |`;
  });
  return [
    "| | won | drawn | lost | win rates' difference (95 % interval) | holds 0 |",
    "|---|---:|---:|---:|---:|---|",
    ...rows,
  ].join("\n");
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
