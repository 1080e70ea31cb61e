/**
 * @file Rotary positions (arXiv 2104.09864) over several axes: each pair of a head's dimensions is turned by the
 * position on one axis. Qwen2.5-VL turns text by time, row and column (arXiv 2409.12191, M-RoPE), patches by row and
 * column.
 */
import { type Dimension, type GraphBuilder, MICROSOFT, type Value } from "../../graph/index.ts";
import { cast, cos, matmul, range, reshape, sin } from "../../graph/ops/index.ts";

export interface Rotary {
  /** [rows, pairs] each. */
  cos: Value;
  sin: Value;
  /** int64 [batch, length]: which row of the two belongs to each token. */
  rows: Value;
}

/** `positions`: int64 [batch * length, axes]; `frequencies`: for each axis, how fast it turns each pair. */
export function makeRotary(
  g: GraphBuilder,
  positions: Value,
  frequencies: readonly (readonly number[])[],
  [batch, length]: readonly [Dimension, Dimension],
): Rotary {
  const table = g.constant("float32", frequencies.flat(), [frequencies.length, frequencies[0]!.length]);
  // GPUs are allowed errors of 5e-4 in sines (WGSL, 15.7.4.1); in float64 these few are left to the CPU.
  const angles = cast(g, matmul(g, cast(g, positions, "float32"), table), "float64");
  const all = reshape(g, range(g, positions.shape[0]!), [batch, length]);
  return { cos: cast(g, cos(g, angles), "float32"), sin: cast(g, sin(g, angles), "float32"), rows: all };
}

/** Turns heads of `x` [batch, length, heads * headSize]; a pair is a dimension and the one half a head further. */
export function rotate(g: GraphBuilder, x: Value, rotary: Rotary): Value {
  const inputs = [x, rotary.rows, rotary.cos, rotary.sin];
  return g.node("RotaryEmbedding", inputs, [{ type: x.type, shape: x.shape }], {}, MICROSOFT)[0]!;
}

/** Each pair's frequency in float32, as the reference works it out: 1 / theta^(2 i / headSize). */
export function inverseFrequencies(theta: number, headSize: number): number[] {
  return Array.from({ length: headSize / 2 }, (_, i) =>
    Math.fround(1 / Math.fround(theta ** Math.fround((2 * i) / headSize))),
  );
}

/** Of text: the first pairs turn by time, the next by row, the last by column. */
export function sectionFrequencies(theta: number, headSize: number, sections: readonly number[]): number[][] {
  const all = inverseFrequencies(theta, headSize);
  let start = 0;
  return sections.map((size) => {
    const [from, to] = [start, (start += size)];
    return all.map((frequency, i) => (i >= from && i < to ? frequency : 0));
  });
}

/** Of patches: half of the pairs turn by row, half by column, both from the fastest on (theta 10,000). */
export function patchFrequencies(headSize: number): number[][] {
  const half = inverseFrequencies(10_000, headSize / 2);
  const none = half.map(() => 0);
  return [
    [...half, ...none],
    [...none, ...half],
  ];
}
