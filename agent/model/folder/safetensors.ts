/**
 * @file The header of a safetensors file: which tensors it holds and where. The data is never read here.
 * Format: https://github.com/huggingface/safetensors#format
 */
import { fstatSync } from "node:fs";
import { z } from "zod";
import { TouchlineError } from "../../../env/error.ts";
import { readInto, withFile } from "./file.ts";

/** Bits of one element. Some are smaller than a byte. */
const BITS = {
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  U16: 16,
  I16: 16,
  F16: 16,
  BF16: 16,
  U32: 32,
  I32: 32,
  F32: 32,
  U64: 64,
  I64: 64,
  F64: 64,
  C64: 64,
} as const;

export type DataType = keyof typeof BITS;

/** Where one tensor lies. Its data is little-endian, rows first. */
export interface Tensor {
  /** As the file spells it. */
  name: string;
  dtype: DataType;
  shape: readonly number[];
  /** The path of its file. */
  file: string;
  /** Bytes from the beginning of the file. */
  offset: number;
  byteLength: number;
}

export interface Header {
  /** By name. */
  tensors: ReadonlyMap<string, Tensor>;
  metadata: Readonly<Record<string, string>>;
}

/** The bound of the reference implementation; a longer one is taken for a file of another kind. */
const MOST_HEADER_BYTES = 100_000_000;

const count = z.int().min(0);
const entrySchema = z.object({
  dtype: z.enum(Object.keys(BITS) as [DataType, ...DataType[]]),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});

/**
 * Reads and checks the header, and holds it against the size of the file.
 * @throws TouchlineError `model/file`; `model/truncated` when the file has fewer bytes than it says;
 * `model/safetensors` for everything else that the format does not allow.
 */
export function readHeader(path: string): Header {
  const { text, dataStart, fileBytes } = withFile(path, (file) => readText(file, path));
  const tensors: Tensor[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of entriesOf(text, path)) {
    if (name === "__metadata__") metadata = readMetadata(value, path);
    else tensors.push(readEntry(name, value, path, dataStart));
  }
  checkLayout(tensors, path, dataStart, fileBytes);
  return { tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])), metadata };
}

function readText(file: number, path: string): { text: string; dataStart: number; fileBytes: number } {
  const fileBytes = fstatSync(file).size;
  const prefix = Buffer.alloc(8);
  if (readInto(file, path, prefix, 0) < 8) {
    throw malformed(
      path,
      `has ${fileBytes} bytes; expected at least the 8 that give the length of its header`,
    );
  }
  const length = prefix.readBigUInt64LE();
  if (length > MOST_HEADER_BYTES) {
    throw malformed(path, `says that its header has ${length} bytes; expected at most ${MOST_HEADER_BYTES}`);
  }
  const header = Buffer.alloc(Math.min(Number(length), Math.max(0, fileBytes - 8)));
  const found = readInto(file, path, header, 8);
  if (found < Number(length)) {
    throw truncated(path, `says that its header has ${length} bytes, and ${found} follow`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(header);
    return { text, dataStart: 8 + header.length, fileBytes };
  } catch (cause) {
    throw malformed(path, "has a header that is not UTF-8; expected a JSON object", cause);
  }
}

function entriesOf(text: string, path: string): [string, unknown][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(path, "has a header that is not JSON; expected a JSON object", cause);
  }
  if (!isRecord(value)) {
    throw malformed(path, "has a header that is not a JSON object; expected one of tensor names");
  }
  return Object.entries(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMetadata(value: unknown, path: string): Record<string, string> {
  // Zod's records leave "__proto__" out, which is a key like any other here.
  if (isRecord(value) && Object.values(value).every((one) => typeof one === "string"))
    return value as Record<string, string>;
  throw malformed(path, "has a __metadata__ with other values than texts; expected texts alone");
}

function readEntry(name: string, value: unknown, path: string, dataStart: number): Tensor {
  const result = entrySchema.safeParse(value);
  if (!result.success) {
    const key = String(result.error.issues[0]?.path[0] ?? "entry");
    const expected: Record<string, string> = {
      dtype: `one of ${Object.keys(BITS).join(", ")}`,
      shape: "a list of integers from 0",
      data_offsets: "two integers from 0, begin and end",
      entry: "an object with dtype, shape and data_offsets",
    };
    throw malformed(path, `describes the tensor "${name}" with a wrong ${key}; expected ${expected[key]}`);
  }
  const { dtype, shape, data_offsets: offsets } = result.data;
  const [begin, end] = offsets;
  if (begin > end) {
    throw malformed(
      path,
      `lets the tensor "${name}" begin at ${begin} and end at ${end}; expected begin <= end`,
    );
  }
  const byteLength = (shape.reduce((product, size) => product * size, 1) * BITS[dtype]) / 8;
  if (byteLength !== end - begin) {
    const found = `gives the tensor "${name}", ${dtype} [${shape.join(", ")}], ${end - begin} bytes`;
    throw malformed(path, `${found}; expected ${byteLength}`);
  }
  return { name, dtype, shape, file: path, offset: dataStart + begin, byteLength };
}

/** The format allows neither holes nor overlaps, so that no byte can mean two things. */
function checkLayout(tensors: readonly Tensor[], path: string, dataStart: number, fileBytes: number): void {
  let end = dataStart;
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset || a.byteLength - b.byteLength)) {
    if (tensor.offset !== end) {
      const found = `lets the tensor "${tensor.name}" begin at byte ${tensor.offset - dataStart} of the data`;
      throw malformed(path, `${found}; expected ${end - dataStart}, where the tensor before it ends`);
    }
    end += tensor.byteLength;
  }
  if (fileBytes < end) throw truncated(path, `has ${fileBytes} bytes; expected ${end} by its header`);
  if (fileBytes > end) throw malformed(path, `has ${fileBytes} bytes; expected ${end} by its header`);
}

/** The file ends before its data does. `says` is the rest of the sentence after the path. */
export function truncated(path: string, says: string): TouchlineError {
  return new TouchlineError("model/truncated", `"${path}" is cut short: it ${says}; fetch it again.`);
}

function malformed(path: string, says: string, cause?: unknown): TouchlineError {
  return new TouchlineError("model/safetensors", `"${path}" is no good safetensors file: it ${says}.`, {
    cause,
  });
}
