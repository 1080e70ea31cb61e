/** @file The data of tensors: read from where they lie, and written as a new safetensors file. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { TouchlineError } from "../../../env/error.ts";
import { fileErrorCode } from "../../../env/file-error.ts";
import { CHUNK_BYTES, readInto, withFile } from "./file.ts";
import { decode, encode, FLOAT_TYPES, type FloatType } from "./numbers.ts";
import { truncated, type Tensor } from "./safetensors.ts";
import { shapeText, wrongType } from "./weights.ts";

/** Elements that are converted at once, so that a large tensor stands in memory only once. */
const CHUNK = 1 << 20;

/**
 * The values of one tensor, rows first. F16 and BF16 widen exactly.
 * @throws TouchlineError `model/tensor-type` when they are not floating point, `model/file`, and `model/truncated`
 * when the file has been cut since its header was read.
 */
export function readTensor(tensor: Tensor): Float32Array {
  const { dtype, file: path } = tensor;
  if (dtype !== "F32" && dtype !== "F16" && dtype !== "BF16") throw wrongType(tensor);
  const values = new Float32Array(tensor.byteLength / FLOAT_TYPES[dtype]);
  withFile(path, (file) => {
    const fill = (bytes: Uint8Array, offset: number) => {
      const found = readInto(file, path, bytes, offset);
      if (found === bytes.length) return;
      throw truncated(path, `has ${offset + found} bytes; expected ${tensor.offset + tensor.byteLength}`);
    };
    if (dtype === "F32") return fill(new Uint8Array(values.buffer), tensor.offset);
    const chunk = new Uint16Array(Math.min(CHUNK, values.length));
    for (let start = 0; start < values.length; start += CHUNK) {
      const part = chunk.subarray(0, values.length - start);
      fill(new Uint8Array(part.buffer, 0, part.byteLength), tensor.offset + 2 * start);
      decode(dtype, part, values, start);
    }
  });
  return values;
}

export interface NewTensor {
  name: string;
  dtype: FloatType;
  shape: readonly number[];
  /** Rows first; a function is called when its turn comes, so that not all need stand in memory. */
  data: Float32Array | (() => Float32Array);
}

/** transformers refuses files whose metadata name no format. */
const METADATA = { format: "pt" };

/**
 * Writes a safetensors file, under another name until it is whole. F16 and BF16 are rounded to the nearest, ties to
 * even. F32 tensors come first, so that all are aligned; else the order is kept.
 * @throws TouchlineError `model/write` when the file cannot be written; `model/tensor-twice` and
 * `model/tensor-shape` for tensors that make no file. What stood at `path` is then as before.
 */
export function writeSafetensors(
  path: string,
  tensors: Iterable<NewTensor>,
  metadata: Readonly<Record<string, string>> = METADATA,
): void {
  const ordered = [...tensors].sort((a, b) => FLOAT_TYPES[b.dtype] - FLOAT_TYPES[a.dtype]);
  const header = headerBytes(ordered, path, metadata);
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = writing(path, () => openSync(temporary, "w"));
    try {
      const write = (bytes: Uint8Array) => writing(path, () => writeAll(file, bytes));
      write(header);
      for (const tensor of ordered) writeValues(tensor, path, write);
      writing(path, () => fsyncSync(file));
    } finally {
      closeSync(file);
    }
    writing(path, () => renameSync(temporary, path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The length of the header, and the header, padded with spaces to a multiple of 8 bytes. */
function headerBytes(
  tensors: readonly NewTensor[],
  path: string,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries = new Map<string, object>([["__metadata__", metadata]]);
  let end = 0;
  for (const { name, dtype, shape } of tensors) {
    if (entries.has(name)) {
      const message = `"${path}" cannot hold two tensors of the name "${name}"; give each a name of its own.`;
      throw new TouchlineError("model/tensor-twice", message);
    }
    const begin = end;
    end += elements(shape) * FLOAT_TYPES[dtype];
    entries.set(name, { dtype, shape, data_offsets: [begin, end] });
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const bytes = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8, " ");
  bytes.writeBigUInt64LE(BigInt(bytes.length - 8));
  text.copy(bytes, 8);
  return bytes;
}

function writeValues(tensor: NewTensor, path: string, write: (bytes: Uint8Array) => void): void {
  const { name, dtype, shape } = tensor;
  const values = typeof tensor.data === "function" ? tensor.data() : tensor.data;
  if (values.length !== elements(shape)) {
    const message = `"${path}" cannot take "${name}" of ${values.length} values; expected ${elements(shape)} for the shape ${shapeText(shape)}.`;
    throw new TouchlineError("model/tensor-shape", message);
  }
  if (dtype === "F32") return write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const chunk = new Uint16Array(Math.min(CHUNK, values.length));
  for (let start = 0; start < values.length; start += CHUNK) {
    const part = values.subarray(start, start + CHUNK);
    encode(dtype, part, chunk);
    write(new Uint8Array(chunk.buffer, 0, 2 * part.length));
  }
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, Math.min(bytes.length - done, CHUNK_BYTES));
  }
}

/** Throws `model/write` for whatever goes wrong in `action`. */
export function writing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const message = `"${path}" cannot be written (${fileErrorCode(cause)}); give a folder that you may write to and with room enough.`;
    throw new TouchlineError("model/write", message, { cause });
  }
}
