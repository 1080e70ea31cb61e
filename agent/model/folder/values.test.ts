import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderOf, safetensorsOf } from "../../../tests/model/tiny-folder.ts";
import { errorOf } from "../../../tests/scenarios/refusal.ts";
import { readHeader, readTensor, writeSafetensors, type NewTensor, type Tensor } from "./index.ts";

function outOfMemory(): Float32Array {
  throw new RangeError("out of device memory");
}

function tensorOf(path: string, name: string): Tensor {
  const tensor = readHeader(path).tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}

/** Values that all three types hold exactly. */
const exact = fc.integer({ min: -255, max: 255 }).chain((n) => fc.constantFrom(n, n / 64, n / 1024));
const newTensor = fc
  .record({
    name: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((name) => name !== "__metadata__"),
    dtype: fc.constantFrom("F32", "F16", "BF16"),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  })
  .chain((tensor) => {
    const length = tensor.shape.reduce((product, size) => product * size, 1);
    const data = fc.array(exact, { minLength: length, maxLength: length });
    return fc.record({ tensor: fc.constant(tensor), data: data.map((data) => Float32Array.from(data)) });
  });

function* newTensors(written: readonly { tensor: Omit<NewTensor, "data">; data: Float32Array }[]) {
  for (const { tensor, data } of written) yield { ...tensor, data };
}

test("what was written is read back: names, types, shapes, values, metadata", () => {
  const path = join(folderOf(), "x.safetensors");
  const list = fc.uniqueArray(newTensor, { selector: ({ tensor }) => tensor.name, maxLength: 6 });
  fc.assert(
    fc.property(list, fc.dictionary(fc.string(), fc.string()), (written, metadata) => {
      writeSafetensors(path, newTensors(written), metadata);
      const header = readHeader(path);
      expect({ ...header.metadata }).toEqual({ ...metadata });
      expect(header.tensors.size).toBe(written.length);
      for (const {
        tensor: { name, dtype, shape },
        data,
      } of written) {
        const tensor = tensorOf(path, name);
        expect(tensor).toMatchObject({ name, dtype, shape, file: path });
        expect(tensor.offset % (dtype === "F32" ? 4 : 2)).toBe(0);
        expect([...readTensor(tensor)]).toEqual([...data]);
      }
    }),
    { numRuns: 200 },
  );
});

test("metadata of any name are read back", () => {
  const path = join(folderOf(), "x.safetensors");
  const metadata = JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, string>;
  writeSafetensors(path, [], metadata);
  expect(Object.entries(readHeader(path).metadata)).toEqual(Object.entries(metadata));
});

test.each(["F32", "F16", "BF16"] as const)("a %s tensor longer than one chunk of conversion", (dtype) => {
  const path = join(folderOf(), "x.safetensors");
  const data = Float32Array.from({ length: 3 * 737_281 }, (_, i) => (i % 251) - 125);
  writeSafetensors(path, [
    { name: "first", dtype, shape: [1], data: Float32Array.of(9) },
    { name: "long", dtype, shape: [3, 737_281], data: () => data },
  ]);
  const read = readTensor(tensorOf(path, "long"));
  expect(Buffer.from(read.buffer).equals(Buffer.from(data.buffer))).toBe(true);
});

test("a file byte for byte: padded header, F32 before the others, format pt", () => {
  const path = join(folderOf(), "x.safetensors");
  writeSafetensors(path, [
    { name: "half", dtype: "F16", shape: [1], data: Float32Array.of(1) },
    { name: "brain", dtype: "BF16", shape: [2], data: Float32Array.of(1, -2) },
    { name: "full", dtype: "F32", shape: [], data: Float32Array.of(1) },
  ]);
  const bytes = readFileSync(path);
  const header =
    '{"__metadata__":{"format":"pt"},"full":{"dtype":"F32","shape":[],"data_offsets":[0,4]},' +
    '"half":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},"brain":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}}';
  const length = Math.ceil(header.length / 8) * 8;
  expect(bytes.readBigUInt64LE()).toBe(BigInt(length));
  expect(bytes.toString("utf8", 8, 8 + length)).toBe(header.padEnd(length, " "));
  expect(bytes.subarray(8 + length).toString("hex")).toBe("0000803f003c803f00c0");
});

test("a view into a larger buffer writes its own values only", () => {
  const path = join(folderOf(), "x.safetensors");
  const all = Float32Array.of(1, 2, 3, 4);
  writeSafetensors(path, [
    { name: "a", dtype: "F32", shape: [2], data: all.subarray(1, 3) },
    { name: "b", dtype: "BF16", shape: [2], data: all.subarray(2, 4) },
  ]);
  expect([...readTensor(tensorOf(path, "a")), ...readTensor(tensorOf(path, "b"))]).toEqual([2, 3, 3, 4]);
});

describe("a file that cannot be written leaves what was there, and nothing else", () => {
  const one: NewTensor = { name: "a", dtype: "F32", shape: [1], data: Float32Array.of(1) };
  test.each<[string, NewTensor[], string, string]>([
    ["two of one name", [one, one], "model/tensor-twice", 'cannot hold two tensors of the name "a"'],
    ["the name of the metadata", [{ ...one, name: "__metadata__" }], "model/tensor-twice", '"__metadata__"'],
    [
      "too few values",
      [one, { ...one, name: "b", shape: [2, 3] }],
      "model/tensor-shape",
      'cannot take "b" of 1 values; expected 6 for the shape [2, 3].',
    ],
  ])("%s", (_, tensors, code, sentence) => {
    const directory = folderOf({ "x.safetensors": "before" });
    const path = join(directory, "x.safetensors");
    const error = errorOf(() => writeSafetensors(path, tensors));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`"${path}" ${sentence.startsWith("cannot") ? sentence : ""}`);
    expect(error.message).toContain(sentence);
    expect(readdirSync(directory)).toEqual(["x.safetensors"]);
    expect(readFileSync(path, "utf8")).toBe("before");
  });

  test("data that throws when its turn comes", () => {
    const directory = folderOf({ "x.safetensors": "before" });
    const path = join(directory, "x.safetensors");
    expect(() => writeSafetensors(path, [one, { ...one, name: "b", data: outOfMemory }])).toThrow(RangeError);
    expect(readdirSync(directory)).toEqual(["x.safetensors"]);
    expect(readFileSync(path, "utf8")).toBe("before");
  });

  test.each([
    ["no/such/x.safetensors", "ENOENT"],
    ["taken", "EISDIR"],
  ])("%s", (name, word) => {
    const directory = folderOf();
    mkdirSync(join(directory, "taken"));
    writeFileSync(join(directory, "taken", "file"), "");
    const path = join(directory, name);
    const error = errorOf(() => writeSafetensors(path, [one]));
    expect(error).toMatchObject({ code: "model/write" });
    expect(error.message).toContain(`"${path}" cannot be written (${word})`);
    expect(readdirSync(directory)).toEqual(["taken"]);
  });
});

describe("a tensor that cannot be read", () => {
  test("integers", () => {
    const header = { a: { dtype: "I32", shape: [1], data_offsets: [0, 4] } };
    const path = join(folderOf({ "x.safetensors": safetensorsOf(header, 4) }), "x.safetensors");
    expect(errorOf(() => readTensor(tensorOf(path, "a")))).toMatchObject({
      code: "model/tensor-type",
      message: `"${path}" has "a" as I32; expected F32, F16, BF16.`,
    });
  });

  test.each(["F32", "F16", "BF16"] as const)("a file cut after its header was read, %s", (dtype) => {
    const path = join(folderOf(), "x.safetensors");
    writeSafetensors(path, [{ name: "a", dtype, shape: [4], data: new Float32Array(4) }]);
    const tensor = tensorOf(path, "a");
    const whole = tensor.offset + tensor.byteLength;
    truncateSync(path, whole - 3);
    expect(errorOf(() => readTensor(tensor))).toMatchObject({
      code: "model/truncated",
      message: `"${path}" is cut short: it has ${whole - 3} bytes; expected ${whole}; fetch it again.`,
    });
  });
});
