/** @file Whether memory grows with the matches that are played. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** In megabytes. */
export interface Growth {
  /** Mean after the warm-up. */
  mean: number;
  /** What the straight line through the readings (least squares) gains from the end of the warm-up to the end. */
  growth: number;
  /** The same for 100 matches. */
  slope: number;
}

/** Caches fill and code is compiled during the first part. */
const WARM_UP_SHARE = 0.2;
const MEGABYTE = 1_000_000;

/** `bytes` after each match, in their order. */
export function growthOf(bytes: readonly number[]): Growth {
  const warm = bytes.slice(Math.floor(bytes.length * WARM_UP_SHARE)).map((value) => value / MEGABYTE);
  const n = warm.length;
  const mean = warm.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  const middle = (n - 1) / 2;
  let [along, squares] = [0, 0];
  for (const [i, value] of warm.entries()) {
    along += (i - middle) * (value - mean);
    squares += (i - middle) ** 2;
  }
  const perMatch = squares === 0 ? 0 : along / squares;
  return { mean, growth: perMatch * Math.max(0, n - 1), slope: perMatch * 100 };
}

/** Garbage comes and goes by less than this share of the whole. */
const NOISE = 0.1;

export function grows({ mean, growth }: Growth): boolean {
  return growth > NOISE * mean;
}

let collect: (() => void) | undefined;

/** Frees what is garbage now; what a thread holds is otherwise mostly a matter of when it was last tidied up. */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
