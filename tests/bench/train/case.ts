/** @file What is measured: a step of AdamW on sequences of text, on both sides the same. */
import type { Device } from "../../../agent/graph/index.ts";

export interface Case {
  directory: string;
  /** Sequences of a step, and tokens of each. */
  batch: number;
  length: number;
  threads: number;
  recompute: boolean;
  /** cpu, webgpu or cuda. */
  device: Device;
}

export interface Measured {
  loss: number;
  gradientNorm: number;
  milliseconds: number;
  /** Of all threads. */
  cpuMilliseconds: number;
  /** The share of the time that is not onnxruntime's. */
  outside: number;
}

/** Tokens that have something to learn in them; train.py makes the same. */
export function idsOf(batch: number, length: number): number[][] {
  return Array.from({ length: batch }, (_, row) =>
    Array.from({ length }, (__, i) => (row * 7 + i * 3) % 400),
  );
}
