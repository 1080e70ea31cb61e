/**
 * @file Observations of many envs in one piece of shared memory. A batch has the structure of the space: a typed
 * array for each Box, with the env as the first dimension, inside the same lists and dictionaries. Workers write
 * rows, the reader holds the arrays themselves.
 */
import type { Box, Space } from "../../env/space.ts";

export type Numbers = Uint8Array | Int32Array | Float32Array | Float64Array;

/** Texts are the one thing that the reader gets as a copy. */
export type Batched = Numbers | string[] | Batched[] | { [key: string]: Batched };

export type Row = Numbers | null | Row[] | { [key: string]: Row };

export interface Batch {
  readonly views: Batched;
  /** The numbers of one row, in the structure of the space; null for a text. */
  row(row: number): Row;
  write(row: number, value: unknown): void;
  /** Reads the texts that were written; numbers are there already. */
  refresh(): void;
}

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: SharedArrayBuffer, at: number, length: number): Numbers;
}
const ARRAYS: Readonly<Record<Box["dtype"], ArrayType>> = {
  uint8: Uint8Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};
/** Every array starts at a multiple of this. */
const ALIGNMENT = 8;

/** How much memory `rows` observations need. */
export function batchBytes(space: Space, rows: number): number {
  switch (space.kind) {
    case "tuple":
      return sum(space.spaces.map((one) => batchBytes(one, rows)));
    case "dict":
      return sum(Object.values(space.spaces).map((one) => batchBytes(one, rows)));
    case "text":
      return aligned(rows * 4) + aligned(rows * space.maxLength * 2);
    default: {
      const { length, array } = numbersOf(space);
      return aligned(rows * length * array.BYTES_PER_ELEMENT);
    }
  }
}

/** The batch that lies in this memory, which all threads that open it share. */
export function openBatch(space: Space, rows: number, memory: SharedArrayBuffer, at = 0): Batch {
  switch (space.kind) {
    case "tuple": {
      const parts = openAll(space.spaces, rows, memory, at);
      return {
        views: parts.map((part) => part.views),
        row: (row) => parts.map((part) => part.row(row)),
        write: (row, value) => parts.forEach((part, i) => part.write(row, (value as unknown[])[i])),
        refresh: () => parts.forEach((part) => part.refresh()),
      };
    }
    case "dict": {
      const names = Object.keys(space.spaces);
      const parts = openAll(Object.values(space.spaces), rows, memory, at);
      return {
        views: Object.fromEntries(names.map((name, i) => [name, parts[i]!.views])),
        row: (row) => Object.fromEntries(names.map((name, i) => [name, parts[i]!.row(row)])),
        write: (row, value) =>
          parts.forEach((part, i) => part.write(row, (value as Record<string, unknown>)[names[i]!])),
        refresh: () => parts.forEach((part) => part.refresh()),
      };
    }
    case "text":
      return openTexts(space.maxLength, rows, memory, at);
    default: {
      const { length, array: ArrayOf } = numbersOf(space);
      const view = new ArrayOf(memory, at, rows * length);
      return {
        views: view,
        row: (row) => view.subarray(row * length, (row + 1) * length),
        write: (row, value) => void writeNumbers(view, row * length, value),
        refresh: () => undefined,
      };
    }
  }
}

/** The same structure in memory of its own. */
export function copyBatch(batch: Batched): Batched {
  if (ArrayBuffer.isView(batch)) return batch.slice();
  if (Array.isArray(batch))
    return batch.map((part) => (typeof part === "string" ? part : copyBatch(part))) as Batched;
  return Object.fromEntries(Object.entries(batch).map(([name, part]) => [name, copyBatch(part)]));
}

function openAll(spaces: readonly Space[], rows: number, memory: SharedArrayBuffer, at: number): Batch[] {
  let next = at;
  return spaces.map((one) => {
    const start = next;
    next += batchBytes(one, rows);
    return openBatch(one, rows, memory, start);
  });
}

/** Each text as its length and room for the longest. */
function openTexts(maxLength: number, rows: number, memory: SharedArrayBuffer, at: number): Batch {
  const lengths = new Int32Array(memory, at, rows);
  const characters = new Uint16Array(memory, at + aligned(rows * 4), rows * maxLength);
  const views = Array.from({ length: rows }, () => "");
  return {
    views,
    row: () => null,
    write(row, value) {
      const text = value as string;
      lengths[row] = text.length;
      for (let i = 0; i < text.length; i++) characters[row * maxLength + i] = text.charCodeAt(i);
    },
    refresh() {
      for (let row = 0; row < rows; row++) {
        const start = row * maxLength;
        views[row] = String.fromCharCode(...characters.subarray(start, start + lengths[row]!));
      }
    },
  };
}

type NumberSpace = Exclude<Space, { kind: "tuple" | "dict" | "text" }>;

/** How many numbers one observation has, and of which type. */
function numbersOf(space: NumberSpace): { length: number; array: ArrayType } {
  switch (space.kind) {
    case "discrete":
      return { length: 1, array: Int32Array };
    case "multi-discrete":
      return { length: space.nvec.length, array: Int32Array };
    case "multi-binary":
      return { length: space.n, array: Uint8Array };
    default:
      return { length: space.shape.reduce((product, one) => product * one, 1), array: ARRAYS[space.dtype] };
  }
}

/** Writes a number, nested lists of them, a typed array or a picture from this place on; returns the place after. */
function writeNumbers(view: Numbers, at: number, value: unknown): number {
  if (typeof value === "number" || typeof value === "boolean") {
    view[at] = Number(value);
    return at + 1;
  }
  if (ArrayBuffer.isView(value)) {
    const there =
      value.buffer === view.buffer && value.byteOffset === view.byteOffset + at * view.BYTES_PER_ELEMENT;
    if (!there) view.set(value as Numbers, at);
    return at + (value as Numbers).length;
  }
  if (Array.isArray(value)) {
    let next = at;
    for (const one of value) next = writeNumbers(view, next, one);
    return next;
  }
  return writeNumbers(view, at, (value as { data: Numbers }).data);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
