/** @file Rewards taken apart: which terms paid, when, and where the ball was when they did. */
import type { MindNote, RewardNote } from "../../protocol/index.ts";
import type { Timeline } from "../timeline.ts";

/** A stretch of time with what each term paid in it, in the order of `RewardLane.terms`. */
export interface RewardBin {
  from: number;
  to: number;
  values: readonly number[];
}

export interface RewardLane {
  terms: readonly string[];
  bins: readonly RewardBin[];
  /** The highest stack of a bin, above or below zero. */
  most: number;
}

export function rewardNotes(notes: readonly (MindNote | undefined)[]): RewardNote[] {
  return notes.filter((note): note is RewardNote => note?.kind === "reward");
}

/** All terms that have ever paid, by name. */
export function termsOf(notes: readonly RewardNote[]): string[] {
  return [...new Set(notes.flatMap(({ terms }) => Object.keys(terms)))].sort();
}

/** The terms over the time from `first` to `last`, in so many bins; only those that hold anything come back. */
export function rewardLane(
  notes: readonly RewardNote[],
  first: number,
  last: number,
  bins: number,
): RewardLane {
  const terms = termsOf(notes);
  const width = Math.max(1, last - first) / bins;
  const sums = new Map<number, number[]>();
  for (const note of notes) {
    // What a step earned is told at its end, which may be the end of all.
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((note.tick - first) / width)));
    const values = sums.get(bin) ?? terms.map(() => 0);
    terms.forEach((term, i) => (values[i]! += note.terms[term] ?? 0));
    sums.set(bin, values);
  }
  const filled = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([bin, values]) => ({ from: first + bin * width, to: first + (bin + 1) * width, values }));
  const heights = filled.flatMap(({ values }) => [stack(values, 1), stack(values, -1)]);
  return { terms, bins: filled, most: Math.max(0, ...heights) };
}

/** How high the values of one sign are on each other. */
export function stack(values: readonly number[], sign: 1 | -1): number {
  return values.reduce((sum, value) => sum + Math.max(0, sign * value), 0);
}

/** What each term has paid up to a tick, in the order of the terms. */
export function rewardSums(notes: readonly RewardNote[], terms: readonly string[], tick: number): number[] {
  const due = notes.filter((note) => note.tick <= tick);
  return terms.map((term) => due.reduce((sum, note) => sum + (note.terms[term] ?? 0), 0));
}

export interface Payment {
  tick: number;
  /** Where the ball was, in centimetres. */
  x: number;
  y: number;
  term: number;
  value: number;
}

/** The largest payments up to a tick, at most so many, each where the ball was. */
export function payments(
  timeline: Timeline,
  notes: readonly RewardNote[],
  terms: readonly string[],
  tick: number,
  most: number,
): Payment[] {
  const all = notes
    .filter((note) => note.tick <= tick)
    .flatMap((note) =>
      terms.flatMap((term, i) => {
        const value = note.terms[term] ?? 0;
        return value === 0 ? [] : [{ tick: note.tick, term: i, value }];
      }),
    )
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, most);
  return all.flatMap((payment) => {
    const ball = ballOf(timeline, payment.tick);
    return ball === undefined ? [] : [{ ...payment, x: ball.x, y: ball.y }];
  });
}

/**
 * Where the ball was when the step that ends with this tick was still played: after a goal the same step goes on until the
 * ball lies at the centre spot.
 */
function ballOf(timeline: Timeline, tick: number): { x: number; y: number } | undefined {
  const end = Math.max(0, timeline.indexAt(tick - 1));
  const last = timeline.peek(end);
  for (let index = end; index >= 0; index--) {
    const scene = timeline.peek(index);
    if (scene === undefined || last === undefined || scene.step < last.step - 1) break;
    if (scene.mode === "normal") return scene.ball;
  }
  return last?.ball;
}
