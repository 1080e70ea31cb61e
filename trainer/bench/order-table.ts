/** @file Whether the better side wins, over matches that were decided. */
import type { Played } from "./match/index.ts";
import { wilson, type Rate } from "../statistics/index.ts";

/** A match between a better and a worse side. */
export interface Meeting {
  seed: number;
  betterAtLeft: boolean;
  match: Played;
}

export interface Pairing {
  better: number;
  worse: number;
  /** Decided matches that the better side won. */
  won: Rate;
  /** Matches without a winner, which do not count. */
  draws: number;
  /** Goals of a match, of the better and of the worse side. */
  goals: readonly [number, number];
}

export const REQUIRED_SHARE = 0.7;

/** Ends change with every second pair of seeds, kick-off with every seed. */
export function betterAtLeft(seed: number): boolean {
  return (seed & 2) === 0;
}

export function isDecided({ score }: Played): boolean {
  return score[0] !== score[1];
}

/** The meetings in the order of their seeds until as many as asked for were decided. */
export function untilDecided(meetings: readonly Meeting[], decided: number): Meeting[] {
  const sorted = [...meetings].sort((a, b) => a.seed - b.seed);
  let count = 0;
  const last = sorted.findIndex(({ match }) => isDecided(match) && ++count === decided);
  return last < 0 ? sorted : sorted.slice(0, last + 1);
}

export function pairing(better: number, worse: number, meetings: readonly Meeting[]): Pairing {
  const scores = meetings.map(({ betterAtLeft, match: { score } }) =>
    betterAtLeft ? score : ([score[1], score[0]] as const),
  );
  const mean = (side: 0 | 1) => scores.reduce((sum, score) => sum + score[side], 0) / scores.length;
  const decided = scores.filter(([own, others]) => own !== others);
  return {
    better,
    worse,
    won: wilson(decided.filter(([own, others]) => own > others).length, decided.length),
    draws: scores.length - decided.length,
    goals: [mean(0), mean(1)],
  };
}

export function isOrdered({ won }: Pairing): boolean {
  return won.mean >= REQUIRED_SHARE;
}

/** The table as Markdown. */
export function orderTable(pairings: readonly Pairing[]): string {
  const rows = pairings.map((pairing) => {
    const { better, worse, won, draws, goals } = pairing;
    const rate = `${won.k} of ${won.n}, ${percent(won.mean)} % (${percent(won.low)} to ${percent(won.high)})`;
    const score = goals.map((mean) => mean.toFixed(2)).join(" to ");
    return `| ${better} against ${worse} | ${rate} | ${draws} | ${score} | ${isOrdered(pairing) ? "yes" : "**no**"} |`;
  });
  return [
    `| difficulty | decided matches that the better side won (95 % interval) | drawn besides | goals a match | at least ${percent(REQUIRED_SHARE)} % |`,
    "|---|---:|---:|---:|---|",
    ...rows,
  ].join("\n");
}

function percent(share: number): string {
  return (100 * share).toFixed(0);
}
