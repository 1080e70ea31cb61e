/** @file A graph as plain data: what the builder makes, the encoder writes and the trainer differentiates. */
import type { Value } from "./value.ts";

export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string };

export interface Node {
  readonly op: string;
  /** Empty: ONNX's own operators. */
  readonly domain: string;
  readonly name: string;
  /** Null for an optional input that is left out. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Bytes that lie in a file, as a safetensors file holds them. */
export interface FileRange {
  /** Relative to the folder that the session is opened with; never outside of it. */
  readonly file: string;
  readonly offset: number;
  readonly byteLength: number;
}

export interface Initializer {
  readonly value: Value;
  /** Little-endian, as the machine has it, or the place of it. */
  readonly data: Uint8Array | FileRange;
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly initializers: readonly Initializer[];
}

/** Opset 20 has Gelu; version 9 of the format goes with it. */
export const OPSET = 20;
/** Opset 21 has numbers of 4 bits, and scales of blocks. */
export const INT4_OPSET = 21;
export const IR_VERSION = 9;
/** Operators that onnxruntime adds. */
export const MICROSOFT = "com.microsoft";
