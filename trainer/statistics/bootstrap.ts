/**
 * @file Intervals of means by the bootstrap (Efron 1979), drawn by clusters: versions of one problem or questions of
 * one picture stand or fall together, so whole clusters are drawn, and the interval is as wide as they make it.
 */
import { integer, makeRandom } from "../../env/random.ts";
import type { Mean } from "./interval.ts";

/** A value, and whose lot it shares. */
export interface Clustered {
  cluster: string;
  value: number;
}

export interface BootstrapOptions {
  seed?: number;
  resamples?: number;
}

/** Sums and numbers of values, one heap for each group of a cluster; those of cluster i stand from starts[i] on. */
interface Heaps {
  starts: Int32Array;
  groups: Int32Array;
  sums: Float64Array;
  counts: Float64Array;
}

/** The mean of all values with its 95 % interval; a single cluster tells nothing: no bounds. */
export function bootstrapMean(values: readonly Clustered[], options: BootstrapOptions = {}): Mean {
  return bootstrapMacroMean(
    values.map((value) => ({ ...value, group: "" })),
    options,
  );
}

/** The mean of the means of groups, each group counting alike; groups that a draw leaves empty are left out of it. */
export function bootstrapMacroMean(
  values: readonly (Clustered & { group: string })[],
  { seed = 0, resamples = 10_000 }: BootstrapOptions = {},
): Mean {
  const names = [...new Set(values.map(({ group }) => group))].sort();
  const heaps = heapsOf(values, names);
  const clusters = heaps.starts.length - 1;
  const [sums, counts] = [new Float64Array(names.length), new Float64Array(names.length)];
  const add = (cluster: number): void => {
    for (let heap = heaps.starts[cluster]!; heap < heaps.starts[cluster + 1]!; heap++) {
      const group = heaps.groups[heap]!;
      sums[group]! += heaps.sums[heap]!;
      counts[group]! += heaps.counts[heap]!;
    }
  };
  for (let cluster = 0; cluster < clusters; cluster++) add(cluster);
  const mean = meanOfMeans(sums, counts);
  if (clusters < 2) return { n: values.length, mean, low: -Infinity, high: Infinity };
  const random = makeRandom(seed, 17);
  const means = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    sums.fill(0);
    counts.fill(0);
    for (let i = 0; i < clusters; i++) add(integer(random, clusters));
    means[draw] = meanOfMeans(sums, counts);
  }
  means.sort();
  return { n: values.length, mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

function meanOfMeans(sums: Float64Array, counts: Float64Array): number {
  let [total, filled] = [0, 0];
  for (let group = 0; group < sums.length; group++) {
    if (counts[group] === 0) continue;
    total += sums[group]! / counts[group]!;
    filled++;
  }
  return filled === 0 ? 0 : total / filled;
}

/** In the order of the names of clusters, so that the order of the values plays no part. */
function heapsOf(values: readonly (Clustered & { group: string })[], names: readonly string[]): Heaps {
  const places = new Map(names.map((name, place) => [name, place]));
  const clusters = new Map<string, Map<number, { sum: number; count: number }>>();
  for (const { cluster, group, value } of values) {
    let heaps = clusters.get(cluster);
    if (!heaps) clusters.set(cluster, (heaps = new Map()));
    const heap = heaps.get(places.get(group)!) ?? { sum: 0, count: 0 };
    heaps.set(places.get(group)!, { sum: heap.sum + value, count: heap.count + 1 });
  }
  const ordered = [...clusters.keys()].sort().map((name) => Array.from(clusters.get(name)!));
  const all = ordered.flat();
  let start = 0;
  return {
    starts: Int32Array.from([0, ...ordered.map((heaps) => (start += heaps.length))]),
    groups: Int32Array.from(all, ([group]) => group),
    sums: Float64Array.from(all, ([, { sum }]) => sum),
    counts: Float64Array.from(all, ([, { count }]) => count),
  };
}

/** Of values in order, between the two nearest. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}
