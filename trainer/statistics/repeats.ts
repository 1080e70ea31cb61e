/** @file What several answers to one question come to. Of `n` answers `c` are right; `k` of them are drawn. */
import { integer, makeRandom } from "../../env/random.ts";

/** pass@k, that one of k is right at least: 1 - C(n - c, k) / C(n, k), without bias (Chen et al. 2021). */
export function passAny(n: number, c: number, k: number): number {
  return 1 - allOf(n, n - c, k);
}

/** pass^k, that all k are right: C(c, k) / C(n, k). */
export function passAll(n: number, c: number, k: number): number {
  return allOf(n, c, k);
}

/** How likely it is that k drawn of n lie all among those m. */
function allOf(n: number, m: number, k: number): number {
  if (!(k >= 1 && k <= n && m >= 0 && m <= n)) throw new RangeError(`${k} of ${n} answers, ${m} of a kind`);
  let share = 1;
  for (let i = 0; i < k; i++) share *= Math.max(0, m - i) / (n - i);
  return share;
}

/**
 * maj@k: the place of the first answer of the largest group of answers that are the `same`. Among groups as large as one
 * another the seed decides, so that neither order nor spelling is favoured. Undefined without answers.
 */
export function majority<T>(
  answers: readonly T[],
  same: (one: T, other: T) => boolean,
  seed: number,
): number | undefined {
  const groups: number[][] = [];
  answers.forEach((answer, place) => {
    const group = groups.find(([first]) => same(answers[first!]!, answer));
    if (group) group.push(place);
    else groups.push([place]);
  });
  const most = Math.max(...groups.map((group) => group.length));
  const largest = groups.filter((group) => group.length === most);
  return largest.length === 0 ? undefined : largest[integer(makeRandom(seed, 19), largest.length)]![0];
}
