/** @file Rates and means with their uncertainty, so that two policies are only told apart when they differ. */

/** `k` successes of `n` trials; `low` to `high` is the 95 % interval. */
export interface Rate {
  n: number;
  k: number;
  mean: number;
  low: number;
  high: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval (Wilson 1927): right also for few trials and for rates of 0 and 1, where the usual
 * interval shrinks to nothing. Without trials everything is possible: 0 to 1.
 */
export function wilson(k: number, n: number): Rate {
  if (n === 0) return { n, k, mean: 0, low: 0, high: 1 };
  const mean = k / n;
  const centre = (k + (Z * Z) / 2) / (n + Z * Z);
  const half = (Z / (n + Z * Z)) * Math.sqrt(n * mean * (1 - mean) + (Z * Z) / 4);
  // At the ends the interval reaches them exactly; rounding must not push it past or short of them.
  const low = k === 0 ? 0 : Math.max(0, centre - half);
  const high = k === n ? 1 : Math.min(1, centre + half);
  return { n, k, mean, low, high };
}

/** `low` to `high` is the 95 % interval of the mean. */
export interface Mean {
  n: number;
  mean: number;
  low: number;
  high: number;
}

/** By the normal distribution, so for samples of some thirty and more. One value or none tells nothing: no bounds. */
export function meanOf(values: readonly number[]): Mean {
  return meanWithin(values, Z);
}

/** The 97.5 % points of Student's t for 1, 2, 3... degrees of freedom. */
const STUDENT = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157];
/** Of values that `studentMean` takes. */
export const STUDENT_MOST = STUDENT.length + 1;

/** By Student's t (Student 1908), for up to `STUDENT_MOST` values, such as one for each seed of a training. */
export function studentMean(values: readonly number[]): Mean {
  if (values.length > STUDENT_MOST) throw new RangeError(`${values.length} values; at most ${STUDENT_MOST}`);
  return meanWithin(values, STUDENT[values.length - 2] ?? Infinity);
}

/** The mean of `one[i] - other[i]`, by Student's t. */
export function pairedDifference(one: readonly number[], other: readonly number[]): Mean {
  if (one.length !== other.length) throw new RangeError(`${one.length} values beside ${other.length}`);
  return studentMean(one.map((value, i) => value - other[i]!));
}

/** The interval reaches `quantile` standard errors to either side. */
function meanWithin(values: readonly number[], quantile: number): Mean {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { n, mean, low: -Infinity, high: Infinity };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = quantile * Math.sqrt(squares / (n - 1) / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/** Whether the intervals have no point in common. */
export function apart(a: Rate, b: Rate): boolean {
  return a.high < b.low || b.high < a.low;
}
