/**
 * @file Ratings of players who met each other, by the model of Bradley and Terry (1952): of two, one wins with a
 * probability of g / (g + h), where g and h are their strengths. A draw is half a win for both.
 */
import { integer, makeRandom } from "../../env/random.ts";
import type { BootstrapOptions } from "./bootstrap.ts";

/** Two players, by their places, and what the first came away with: 1, 0.5 or 0. */
export interface Meeting {
  one: number;
  other: number;
  score: number;
  /** Meetings of a cluster share their luck. */
  cluster: string;
}

/** In points of Elo (1978), where 400 more win ten times of eleven, around the mean of all players: 0. */
export interface Rating {
  rating: number;
  low: number;
  high: number;
}

const ELO = 400 / Math.LN10;
/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The likeliest ratings, each player having drawn once against one of the mean strength, too: so whoever won or lost all
 * has a rating. The 95 % interval is from draws of whole clusters, and never narrower than what the curvature of the
 * likelihood says, for where all meetings end alike the draws know no doubt.
 */
export function bradleyTerry(
  players: number,
  meetings: readonly Meeting[],
  { seed = 0, resamples = 2000 }: BootstrapOptions = {},
): Rating[] {
  const clusters = tablesOf(players, meetings);
  const all = sumOf(players, clusters);
  const strengths = fit(players, all, new Float64Array(players));
  const errors = errorsOf(players, all, strengths);
  const random = makeRandom(seed, 19);
  const draws = Array.from({ length: clusters.length < 2 ? 0 : resamples }, () => {
    const drawn = clusters.map(() => clusters[integer(random, clusters.length)]!);
    return centred(fit(players, sumOf(players, drawn), strengths));
  });
  return Array.from(centred(strengths), (strength, player) => {
    const values = draws.map((draw) => draw[player]!).sort((a, b) => a - b);
    const half = Z * errors[player]!;
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? strength;
    return {
      rating: ELO * strength,
      low: ELO * Math.min(strength - half, at(0.025)),
      high: ELO * Math.max(strength + half, at(0.975)),
    };
  });
}

/** Points that each player has of each other, [player * players + other]. */
type Table = Float64Array;

/** One of each cluster, in the order of their names. */
function tablesOf(players: number, meetings: readonly Meeting[]): Table[] {
  const clusters = new Map<string, Table>();
  for (const { cluster, one, other, score } of meetings) {
    const table = clusters.get(cluster) ?? new Float64Array(players * players);
    clusters.set(cluster, table);
    table[one * players + other]! += score;
    table[other * players + one]! += 1 - score;
  }
  return [...clusters.keys()].sort().map((name) => clusters.get(name)!);
}

function sumOf(players: number, tables: readonly Table[]): Table {
  const sum = new Float64Array(players * players);
  for (const table of tables) for (let i = 0; i < sum.length; i++) sum[i]! += table[i]!;
  return sum;
}

const STEPS_MAX = 1000;
const ENOUGH = 1e-9;

/** Logarithms of strengths, by Newton's method: the logarithm of the likelihood is concave. */
function fit(players: number, points: Table, start: Float64Array): Float64Array {
  const strengths = Float64Array.from(start);
  for (let step = 0; step < STEPS_MAX; step++) {
    const { gradient, information } = slopesOf(players, points, strengths);
    const change = solve(information, gradient);
    // A step too far would leave the hill; 1 is a factor of e in strength.
    const scale = Math.min(1, 1 / Math.max(...change.map(Math.abs)));
    for (let i = 0; i < players; i++) strengths[i]! += scale * change[i]!;
    if (change.every((one) => Math.abs(one) < ENOUGH)) break;
  }
  return strengths;
}

/** Of the logarithm of the likelihood: its gradient, and its curvature with the sign turned. */
function slopesOf(
  players: number,
  points: Table,
  strengths: Float64Array,
): { gradient: number[]; information: number[][] } {
  const gradient = zeros(players);
  const information = gradient.map(() => zeros(players));
  for (let i = 0; i < players; i++) {
    // The draw against one of strength 1.
    const alone = chance(strengths[i]!);
    gradient[i]! += 0.5 - alone;
    information[i]![i]! += alone * (1 - alone);
    for (let j = 0; j < players; j++) {
      const meetings = points[i * players + j]! + points[j * players + i]!;
      if (i === j || meetings === 0) continue;
      const expected = chance(strengths[i]! - strengths[j]!);
      gradient[i]! += points[i * players + j]! - meetings * expected;
      information[i]![i]! += meetings * expected * (1 - expected);
      information[i]![j]! -= meetings * expected * (1 - expected);
    }
  }
  return { gradient, information };
}

function chance(difference: number): number {
  return 1 / (1 + Math.exp(-difference));
}

/** Standard errors of the centred strengths. */
function errorsOf(players: number, points: Table, strengths: Float64Array): number[] {
  const { information } = slopesOf(players, points, strengths);
  return Array.from({ length: players }, (_, player) => {
    const contrast = Array.from({ length: players }, (_, i) => Number(i === player) - 1 / players);
    const solved = solve(information, contrast);
    return Math.sqrt(solved.reduce((sum, one, i) => sum + one * contrast[i]!, 0));
  });
}

function centred(strengths: Float64Array): Float64Array {
  const mean = strengths.reduce((sum, one) => sum + one, 0) / strengths.length;
  return strengths.map((one) => one - mean);
}

/** Solves A x = b for a positive definite A by Gauss's elimination, which needs no pivots there. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const factor = rows[j]![i]! / rows[i]![i]!;
      for (let k = i; k <= n; k++) rows[j]![k]! -= factor * rows[i]![k]!;
    }
  }
  const solution = zeros(n);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let k = i + 1; k < n; k++) rest -= rows[i]![k]! * solution[k]!;
    solution[i] = rest / rows[i]![i]!;
  }
  return solution;
}

function zeros(n: number): number[] {
  return Array.from({ length: n }, () => 0);
}
